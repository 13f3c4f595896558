"""Command line: ``python -m press sheets`` makes the sheets as PDF, ``python -m press valise NAME`` a suitcase."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import contract
from exports.slides.stable import pack
from geodata.errors import AppError
from geodata.repository import Tables, load_tables
from press.area import region_pdf, territoire_pdf
from press.site import site_pdf
from press.slides import file_name, presentation_of, unknown_claims
from press.suitcase import make_suitcase_apart
from settings import load_settings
from state import Selection
from state.scene import PresentationError

EXIT_ERROR = 1
_WIDTH = 60  # letters of the line of progress


class Task(NamedTuple):
    """One sheet to make: its folder, its code, what makes it."""

    folder: str
    code: str
    make: Callable[[Tables, str, Selection], bytes | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit status: 0 good, 1 refused, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        tables = load_tables(settings.data_folder)
        return int(options.run(tables, options))
    except (AppError, PresentationError, OSError) as error:
        print(error, file=sys.stderr)
        return EXIT_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m press", description="Files of the atlas, made without a browser.")
    commands = parser.add_subparsers(required=True, metavar="command")
    sheets = commands.add_parser("sheets", aliases=["fiches"], help="the sheets of regions and territoires")
    sheets.add_argument("--output", type=Path, required=True, metavar="DIR", help="folder to write in")
    sheets.add_argument("--lang", type=_languages, default=contract.LANGUAGES, metavar="fr,en", help="default: both")
    sheets.add_argument("--millesime", choices=contract.MILLESIMES, default=contract.DEFAULT_MILLESIME)
    sheets.add_argument("--date", default="", metavar="YYYY-MM-DD", help="what was known on that day")
    sheets.add_argument("--sites", action="store_true", help="the sheets of the sites too")
    sheets.set_defaults(run=_sheets)
    case = commands.add_parser("valise", aliases=["suitcase"], help="a presentation in every format, for no network")
    case.add_argument("presentation", help="a shipped one (assemblee-3), region-32, or the path of a YAML file")
    case.add_argument("--output", type=Path, default=Path(), metavar="DIR", help="folder to write in (default: here)")
    case.add_argument("--lang", type=_languages, default=contract.LANGUAGES, metavar="fr,en", help="default: both")
    case.set_defaults(run=_suitcase)
    return parser


def _languages(written: str) -> tuple[str, ...]:
    found = tuple(written.split(","))
    if not set(found) <= set(contract.LANGUAGES):
        raise argparse.ArgumentTypeError(f"expected some of {','.join(contract.LANGUAGES)}, found {written}")
    return found


def _sheets(tables: Tables, options: argparse.Namespace) -> int:
    """Writes every sheet as ``<DIR>/<language>/<kind>/<code>.pdf``, telling how far it is."""
    start, written, size = time.monotonic(), 0, 0
    tasks = list(tasks_of(tables, _selection(options, contract.DEFAULT_LANGUAGE), has_sites=options.sites))
    total = len(tasks) * len(options.lang)
    for language in options.lang:
        selection = _selection(options, language)
        for task in tasks:
            content = task.make(tables, task.code, selection)
            if content is None:
                print(f"{task.folder}/{task.code}: no such sheet at that date or millesime, left out", file=sys.stderr)
                continue
            path = options.output / language / task.folder / f"{task.code}.pdf"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written, size = written + 1, size + len(content)
            _progress(f"{written}/{total} {language}/{task.folder}/{path.name}")
    seconds = time.monotonic() - start
    _progress("", end="\r")
    print(f"{written} sheets in {options.output}: {size / 1e6:.1f} MB, {seconds:.0f} s")
    return 0


def _suitcase(tables: Tables, options: argparse.Namespace) -> int:
    """Writes ``<DIR>/<name>-valise`` and the ZIP of the same name; what the ledger does not know is said."""
    start = time.monotonic()
    presentation = presentation_of(tables, options.presentation)
    name = file_name(options.presentation)
    files = make_suitcase_apart(tables, presentation, name, options.lang)
    folder = options.output / f"{name}-valise"
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    archive = options.output / f"{name}-valise.zip"
    archive.write_bytes(pack(files))
    for scene, claim in unknown_claims(tables, presentation):
        print(f"scene {scene}: the ledger has no figure « {claim} »; it is not shown", file=sys.stderr)
    size, seconds = sum(map(len, files.values())) / 1e6, time.monotonic() - start
    print(
        f"{len(files)} files in {folder}: {size:.1f} MB ({archive.stat().st_size / 1e6:.1f} MB zipped), {seconds:.0f} s"
    )
    return 0


def _selection(options: argparse.Namespace, language: str) -> Selection:
    query = f"lang={language}&millesime={options.millesime}&date={options.date}"
    return Selection.from_query(query)


def tasks_of(tables: Tables, selection: Selection, *, has_sites: bool) -> Iterator[Task]:
    """Every region, every territoire of the millesime, and the sites if asked for."""
    yield from (Task("regions", code, region_pdf) for code in tables["regions"]["code_region"])
    territoires = tables["territoires"]
    codes = territoires.loc[territoires["millesime"] == selection.millesime, "territoire_id"]
    yield from (Task("territoires", code, territoire_pdf) for code in codes)
    if has_sites:
        yield from (Task("sites", code, site_pdf) for code in tables["sites"]["site_id"])


def _progress(said: str, end: str = "") -> None:
    """One line, written over; nothing when nobody watches."""
    if sys.stderr.isatty():
        print(f"\r{said[:_WIDTH]:<{_WIDTH}}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
