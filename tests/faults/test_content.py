"""Faults of what a source says: columns, encoding, rows, amounts, ids. The last good figures stay, the reason is told.

A changed file is never used before someone accepts it: each fault is tried both when it arrives, and when it was
accepted by mistake.
"""

import json
from collections.abc import Callable

import httpx
import pytest

from tests.faults.conftest import Served
from tests.faults.world import CONTENTS, World

AIRPORTS, AMOUNTS = CONTENTS["airports"], CONTENTS["amounts"]
Lines = list[str]


def spoil(content: bytes, change: Callable[[Lines], Lines]) -> bytes:
    return ("\n".join(change(content.decode().splitlines())) + "\n").encode()


def arrives(world: World, served: Served, content: bytes, name: str = "airports") -> str:
    """The live file is the spoilt one: the pinned one is kept, the exit status is 3. Gives what was said."""
    kind = world.sources[name].content_types[0]
    world.answer(lambda _: httpx.Response(200, content=content, headers={"content-type": kind}))
    told = world.command("fetch", name, "--refresh")
    assert told.status == 3, told.text
    assert "The last good file is used" in told.text
    served.is_untouched()
    return told.text


def is_accepted(world: World, served: Served, content: bytes, name: str = "airports") -> str:
    """The spoilt file was pinned by mistake: the build refuses it, nothing is touched. Gives what was said."""
    world.put(name, content, is_pinned=True)
    told = world.command("build")
    assert told.status == 1, told.text
    assert "Nothing was published" in told.text
    served.is_untouched()
    return told.text


def test_column_renamed(world: World, served: Served) -> None:
    content = AIRPORTS.replace(b"iata", b"code", 1)
    assert "columns missing: iata; found: code, lat, lon, nom" in arrives(world, served, content)
    said = is_accepted(world, served, content)
    assert "airports" in said
    assert "iata" in said


def test_column_added(world: World, served: Served) -> None:
    """More columns than expected are no fault once looked at: the file is new, so it waits."""
    content = spoil(AIRPORTS, lambda lines: [lines[0] + ",altitude", *(line + ",12" for line in lines[1:])])
    assert "python -m etl accept airports" in arrives(world, served, content)
    world.put("airports", content, is_pinned=True)
    world.settings = world.settings.__class__(
        world.settings.cache, world.folder / "published", world.settings.mirror, local=world.settings.local
    )
    assert world.command("build").status == 0
    assert (world.folder / "published" / "aeroports.parquet").read_bytes() == (
        served.folder / "published" / "aeroports.parquet"
    ).read_bytes()
    served.is_untouched()


def test_column_retyped(world: World, served: Served) -> None:
    content = spoil(AIRPORTS, lambda lines: [lines[0], *(f"{line.rsplit(',', 1)[0]},nord" for line in lines[1:])])
    assert "expected sha256" in arrives(world, served, content)
    said = is_accepted(world, served, content)
    assert "airports: expected the columns, encoding and kinds of the pinned file" in said
    assert "could not convert string to float: 'nord'" in said


def test_encoding_broken(world: World, served: Served) -> None:
    content = AIRPORTS.decode().encode("utf-16")
    assert "columns missing" in arrives(world, served, content)
    latin = (
        spoil(AIRPORTS, lambda lines: [lines[0], "CFE,A\u00e9roport,3.17,45.79", *lines[1:]])
        .decode()
        .encode("latin-1", "replace")
    )
    assert "expected sha256" in arrives(world, served, latin)
    said = is_accepted(world, served, latin)
    assert "UnicodeDecodeError" in said
    assert "It is made from: airports" in said


def test_zero_rows(world: World, served: Served) -> None:
    content = spoil(AIRPORTS, lambda lines: lines[:1])
    assert "expected sha256" in arrives(world, served, content)
    said = is_accepted(world, served, content)
    assert "aeroports.parquet: expected at least one row, found none" in said
    assert "aeroports.parquet: 142 rows before, 0 now: coverage shrank" in said


def test_zero_rows_are_refused_even_when_rows_may_go(world: World, served: Served) -> None:
    world.put("airports", spoil(AIRPORTS, lambda lines: lines[:1]), is_pinned=True)
    told = world.command("build", "--may-shrink")
    assert told.status == 1
    assert "expected at least one row, found none" in told.text
    served.is_untouched()


def test_rows_halved(world: World, served: Served) -> None:
    content = spoil(AIRPORTS, lambda lines: lines[: 1 + len(lines) // 2])
    assert "expected sha256" in arrives(world, served, content)
    said = is_accepted(world, served, content)
    assert "142 rows before, 71 now: coverage shrank" in said
    gone = sorted(line.split(",")[0] for line in AIRPORTS.decode().splitlines()[72:])
    assert f"rows of the last publication that are gone (71 row(s): {gone[0]}, {gone[1]}" in said
    assert "--may-shrink" in said


def test_amounts_a_million_times_too_large(world: World, served: Served) -> None:
    def times(lines: Lines) -> Lines:
        cells = [line.split(",") for line in lines[1:]]
        return [lines[0], *(",".join([a, f"{float(b) * 1e6}" if b else "", c]) for a, b, c in cells)]

    content = spoil(AMOUNTS, times)
    assert "expected sha256" in arrives(world, served, content, "amounts")
    said = is_accepted(world, served, content, "amounts")
    assert "mesures.parquet: enveloppe_eur: another order of magnitude" in said
    first = next(line.split(",") for line in AMOUNTS.decode().splitlines()[1:] if line.split(",")[1])
    assert f"{first[0]}: {float(first[1]):g} before, {float(first[1]) * 1e6:g} now" in said
    assert "ticket_max_eur" not in said


def test_one_amount_in_another_unit(world: World, served: Served) -> None:
    """Thousands of euros in one row among many: the row is named."""
    lines = AMOUNTS.decode().splitlines()
    row = next(index for index, line in enumerate(lines[1:], 1) if line.split(",")[1])
    code, amount, ticket = lines[row].split(",")
    lines[row] = f"{code},{float(amount) / 1000},{ticket}"
    said = is_accepted(world, served, "\n".join(lines).encode(), "amounts")
    assert f"(1 row(s): {code}: {float(amount):g} before, {float(amount) / 1000:g} now)" in said


def test_duplicated_ids(world: World, served: Served) -> None:
    content = spoil(AIRPORTS, lambda lines: [*lines, lines[1]])
    assert "expected sha256" in arrives(world, served, content)
    code = AIRPORTS.decode().splitlines()[1].split(",")[0]
    said = is_accepted(world, served, content)
    assert f"aeroports.parquet: key iata not unique (1 row(s): {code})" in said
    assert f"aeroports.geojson: key iata not unique (1 row(s): {code})" in said


@pytest.mark.parametrize("content", [b"", b"\0" * 500, b'{"features": 3}', json.dumps([[]] * 3).encode()])
def test_a_file_that_is_something_else(world: World, served: Served, content: bytes) -> None:
    assert "columns missing: code_region; found: " in arrives(world, served, content, "outlines")
    assert "outlines: expected the columns, encoding and kinds" in is_accepted(world, served, content, "outlines")
