"""Inputs that no browser would send, made from a seed: the same number always gives the same input."""

import io
import json
import random
import string
import zipfile
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

WORDS = (
    *("", "0", "-1", "1e308", "NaN", "Infinity", "9" * 400, "٣", "²", "\x00", "\ud800", "\udfff", "\ufeff", "\u202e"),
    *("é", "İ", "ß", "𝔘", "null", "true", "[]", "{}", "../..", "/etc/passwd", "C:\\", "%", "%00", "%ff%fe", "%u0041"),
    *("<script>alert(1)</script>", '"><img src=x onerror=x()>', "javascript:x()", "' OR 1=1 --", "=1+1", "{{7*7}}"),
    *("${7*7}", "\r\nSet-Cookie: a=b", "__class__", "constructor", "a" * 3_000, "é" * 3_000, ";" * 500, "," * 2_000),
    *("2024-02-30", "2024-13", "0000-00-00", "9999-12-31", "1,2,3,4", "-180,-90,180,90", "1.2.3", "--", "|", "\t"),
    *("region:32", "site:scm20a-01", "territoire:ti-0101", "projet:x", "32", "24", "en", "fr", "liste", "carte"),
)
NAMES = (
    *(
        "region",
        "filiere",
        "mesure",
        "q",
        "sel",
        "vue",
        "lang",
        "page",
        "tri",
        "onglet",
        "millesime",
        "date",
        "couches",
    ),
    *("pub", "vague", "mois", "taille", "etat", "vocation", "surface", "s", "p", "mode", "scene", "theme", "auteur"),
    *("unite", "annee", "niveau", "comparer", "mesures", "embed", "cadre", "pour", "w_rail", "max_gare", "min_surface"),
    *("", "x", "__proto__", "a[b]", "a.b", "region[]", "a" * 300),
)


def a_text(rng: random.Random) -> str:
    """A word of the list, a few of them, or letters from anywhere in Unicode."""
    kind = rng.random()
    if kind < 0.5:
        return rng.choice(WORDS)
    if kind < 0.7:
        return "".join(rng.choice(WORDS)[:40] for _ in range(rng.randrange(4)))
    if kind < 0.85:
        return "".join(rng.choice(string.printable) for _ in range(rng.randrange(30)))
    return "".join(chr(rng.randrange(0x11_0000)) for _ in range(rng.randrange(20)))


def a_query(rng: random.Random) -> str:
    """A query string, encoded well, badly or not at all."""
    parts = []
    for _ in range(rng.randrange(7)):
        written = a_text(rng)
        how = rng.random()
        if how < 0.6:
            written = quote(written.encode("utf-8", "surrogatepass"))
        elif how < 0.7:
            written = written.replace(" ", "+")
        parts.append(f"{rng.choice(NAMES)}{rng.choice(('=', '=', '=', '', '==', '%3D'))}{written}")
    return rng.choice(("&", "&", "&", "&&", ";")).join(parts)


def some_json(rng: random.Random, depth: int = 4) -> Any:
    """Any JSON value, floats that are no numbers included."""
    kind = rng.randrange(8 if depth else 5)
    if kind == 0:
        return a_text(rng)
    if kind == 1:
        return rng.choice((0, -1, 1, 2**63, 10**30, 0.1, 1e308, float("nan"), float("inf")))
    if kind in (2, 3, 4):
        return rng.choice((None, True, False, a_text(rng)))
    if kind in (5, 6):
        return {a_text(rng)[:50]: some_json(rng, depth - 1) for _ in range(rng.randrange(4))}
    return [some_json(rng, depth - 1) for _ in range(rng.randrange(4))]


def mutated_json(rng: random.Random, good: Any) -> Any:
    """A good document with one to three places changed."""
    document = json.loads(json.dumps(good))
    for _ in range(rng.randrange(1, 4)):
        document = _changed(rng, document)
    return document


def _changed(rng: random.Random, value: Any) -> Any:
    if rng.random() < 0.25 or not isinstance(value, (dict, list)) or not value:
        return some_json(rng, 2)
    keys: Sequence[Any] = list(value) if isinstance(value, dict) else range(len(value))
    key = rng.choice(keys)
    how = rng.random()
    if how < 0.15:
        del value[key]
    elif how < 0.25 and isinstance(value, list):
        value.append(value[key])
    elif how < 0.3 and isinstance(value, dict):
        value[a_text(rng)[:30]] = some_json(rng, 1)
    else:
        value[key] = _changed(rng, value[key])
    return value


def a_body(rng: random.Random, good: Sequence[Any]) -> bytes:
    """The bytes of a JSON body: mutated, cut, doubled, or none at all."""
    written = json.dumps(mutated_json(rng, rng.choice(good)), ensure_ascii=rng.random() < 0.8)
    content = written.encode("utf-8", "surrogatepass")
    how = rng.random()
    if how < 0.1:
        return content[: rng.randrange(len(content) + 1)]
    if how < 0.15:
        return mutated_bytes(rng, content)
    if how < 0.17:
        return rng.choice((b"[" * 20_000, b'{"a":' * 8_000, b"9" * 6_000, b"", b"\xff\xfe", b"null", b"\x00"))
    return content


def mutated_bytes(rng: random.Random, content: bytes) -> bytes:
    """Bytes overwritten, cut out, doubled or inserted."""
    changed = bytearray(content)
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(changed) + 1)
        how = rng.randrange(4)
        if how == 0 and at < len(changed):
            changed[at] = rng.randrange(256)
        elif how == 1:
            del changed[at : at + rng.randrange(1, 20)]
        elif how == 2:
            changed[at:at] = rng.choice(WORDS)[:50].encode("utf-8", "surrogatepass")
        else:
            changed[at:at] = changed[at : at + rng.randrange(1, 60)]
    return bytes(changed)


def a_file(rng: random.Random, good: Sequence[bytes]) -> bytes:
    """A file of sites, more or less: cells, bytes or parts of the archive changed."""
    content = rng.choice(good)
    if content.startswith(b"PK") and rng.random() < 0.6:
        return _repacked(rng, content)
    if not content.startswith(b"PK") and rng.random() < 0.6:
        lines = content.decode("utf-8", "replace").split("\n")
        for _ in range(rng.randrange(1, 5)):
            at = rng.randrange(len(lines))
            cells = lines[at].split(";")
            cells[rng.randrange(len(cells))] = a_text(rng)
            lines[at] = ";".join(cells)
        return "\n".join(lines).encode("utf-8", "surrogatepass")
    return mutated_bytes(rng, content)


def _repacked(rng: random.Random, content: bytes) -> bytes:
    """The archive with one part changed inside, so that its checksums hold."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated_bytes(rng, part) if name == chosen else part)
    return stream.getvalue()
