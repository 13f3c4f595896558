"""Command line: ``python -m etl COMMAND``; ``python -m etl --help`` lists the commands."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from etl import diff, docs, importing, publish_archive, run
from etl.errors import EtlError, ImportFailed
from etl.fetch import FetchReport, fetch_all
from etl.settings import EtlSettings, read_settings
from imports.problems import Problem

EXIT_ERROR = 1
EXIT_IN_PART = 5
NEXT = {
    "kept-down": "The last good file is used. Run again later, or give a copy of the sources with --mirror DIR.",
    "kept-changed": "The last good file is used; the new one waits to be looked at.",
    "missing": "There is no file to use. Run again later, or give a copy of the sources with --mirror DIR.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit status.

    0 good, 1 refused, 2 wrong usage, 3 some sources keep an old file, 4 some sources are missing, 5 a file
    was imported in part.
    """
    options = _parser().parse_args(arguments)
    settings = read_settings()
    if options.mirror is not None:
        settings = replace(settings, mirror=options.mirror)
    if options.output is not None:
        settings = replace(settings, published=options.output)
    command: Callable[[argparse.Namespace, EtlSettings], int] = options.run
    try:
        return command(options, settings)
    except EtlError as error:
        print(error, file=sys.stderr)
        return EXIT_ERROR


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--mirror", type=Path, metavar="DIR", help="folder of raw files, asked first (or ETL_MIRROR)")
    common.add_argument("--output", type=Path, metavar="DIR", help="published folder (default: geodata/published)")
    parser = argparse.ArgumentParser(prog="python -m etl", description="From raw sources to geodata/published.")
    commands = parser.add_subparsers(required=True, metavar="command")

    fetch = commands.add_parser("fetch", parents=[common], help="bring the raw files into the cache, verified")
    fetch.add_argument("names", nargs="*", metavar="source", help="default: all")
    fetch.add_argument("--refresh", action="store_true", help="ask live addresses even for what is cached")
    fetch.set_defaults(run=_fetch)

    build = commands.add_parser("build", parents=[common], help="fetch, build, check, publish")
    build.add_argument("--refresh", action="store_true", help="ask live addresses even for what is cached")
    build.add_argument("--may-shrink", action="store_true", help="accept fewer rows, or other orders of figures")
    build.add_argument("--verify", action="store_true", help="write nothing: rebuild, compare with what is published")
    build.set_defaults(run=_build)

    check = commands.add_parser("check", parents=[common], help="run every check on the published folder")
    check.set_defaults(run=_check)

    compare = commands.add_parser("diff", parents=[common], help="what changed between two published folders")
    compare.add_argument("--against", default="HEAD", metavar="DIR|REF", help="folder or git ref (default: HEAD)")
    compare.add_argument("--lang", choices=("fr", "en"), default="fr", help="language of the sentences (default: fr)")
    compare.set_defaults(run=_diff)

    archive = commands.add_parser("archive", parents=[common], help="rebuild the archive of publications from git")
    archive.set_defaults(run=_archive)

    _add_import(commands, common)
    _add_establishments(commands, common)

    accept = commands.add_parser("accept", parents=[common], help="pin the file that a changed source now gives")
    accept.add_argument("name", metavar="source")
    accept.set_defaults(run=_accept)

    write = commands.add_parser("docs", parents=[common], help="write docs/data.md and DATA-LICENCES.md")
    write.set_defaults(run=_docs)
    return parser


def _add_import(commands: Any, common: argparse.ArgumentParser) -> None:
    bring = commands.add_parser("import", parents=[common], help="check a file of the house and show it in the atlas")
    bring.add_argument("kind", choices=("sites", "projets"), help="sites to place, or facts that complete the projects")
    bring.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX")
    bring.add_argument("--partial", action="store_true", help="import the good rows and leave the others out")
    bring.add_argument("--replace", action="store_true", help="forget what was imported before")
    bring.add_argument("--lang", choices=("fr", "en"), default="en", help="language of the reasons (default: en)")
    bring.set_defaults(run=_import)


def _add_establishments(commands: Any, common: argparse.ArgumentParser) -> None:
    put = commands.add_parser(
        "establishments", parents=[common], help="place establishments, by millions, in communes, EPCI and territoires"
    )
    put.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Parquet or CSV, with columns as in SIRENE")
    put.add_argument("--crs", default="", metavar="EPSG:N", help="system of x and y; official: that of the département")
    put.add_argument("--level", metavar="A,B", help="epci, territoires-2024-07… (default: EPCI and all territoires)")
    put.add_argument("--scheduler", metavar="tcp://HOST:8786", help="Dask scheduler (default: none, in this process)")
    put.add_argument("--part-rows", type=int, metavar="N", help="rows that are in memory at once (default: 250,000)")
    put.set_defaults(run=_establishments)


def _fetch(options: argparse.Namespace, settings: EtlSettings) -> int:
    report = fetch_all(options.names or None, settings.mirror, cache_folder=settings.cache, refresh=options.refresh)
    _show(report)
    return report.exit_status


def _show(report: FetchReport) -> None:
    for status in report.statuses:
        if status.state != "ok":
            print(f"{status.name}: {status.state}", *status.reasons, NEXT[status.state], sep="\n  ", file=sys.stderr)
    good = sum(status.state == "ok" for status in report.statuses)
    print(f"{good} of {len(report.statuses)} sources good.")


def _build(options: argparse.Namespace, settings: EtlSettings) -> int:
    if options.verify:
        return _verify(settings)
    report, products = run.build(settings, refresh=options.refresh, may_shrink=options.may_shrink)
    _show(report)
    for product in products:
        print(f"{product.filename:<36} {product.n_rows:>6}")
    print(f"{len(products)} files published in {settings.published}.")
    return report.exit_status


def _verify(settings: EtlSettings) -> int:
    found = run.verify(settings)
    for name, reason in found.unchecked.items():
        print(f"not checked: {name}: {reason}")
    for name in found.differing:
        print(f"differs: {name}", file=sys.stderr)
    print(f"{len(found.agreeing)} files agree, {len(found.differing)} differ, {len(found.unchecked)} not checked.")
    return EXIT_ERROR if found.differing else 0


def _check(_options: argparse.Namespace, settings: EtlSettings) -> int:
    print(f"{run.check_published(settings)} files checked in {settings.published}: all good.")
    return 0


def _diff(options: argparse.Namespace, settings: EtlSettings) -> int:
    with diff.opened(options.against, settings.published) as folder:
        print("\n".join(diff.compare(folder, settings.published, options.lang)))
    return 0


def _archive(_options: argparse.Namespace, settings: EtlSettings) -> int:
    written = publish_archive.rebuild(settings.published, settings.archive_folder)
    print("\n".join(path.name for path in written))
    print(f"{len(written)} publications kept in {settings.archive_folder}.")
    return 0


def _import(options: argparse.Namespace, settings: EtlSettings) -> int:
    bring = importing.import_sites if options.kind == "sites" else importing.import_projets
    try:
        done = bring(
            options.file, settings.published, settings.local, is_partial=options.partial, is_replacing=options.replace
        )
    except ImportFailed as error:
        _show_problems(error.problems, options.lang)
        raise
    _show_problems(done.problems, options.lang)
    print(
        f"{done.kept} rows imported, {done.left_out} left out.", *(f"{n} {what}." for what, n in done.summary.items())
    )
    print("\n".join(f"written: {path}" for path in done.written))
    return EXIT_IN_PART if done.left_out else 0


def _establishments(options: argparse.Namespace, settings: EtlSettings) -> int:
    if options.output is None:
        raise EtlError("establishments: expected --output FOLDER, where the result will be; found none.")
    run_module = import_module("etl.establishments.run")  # geopandas takes a second that no other command needs
    asked = {"levels": options.level and tuple(options.level.split(",")), "part_rows": options.part_rows}
    given = {name: value for name, value in asked.items() if value is not None}
    order = run_module.Order(options.files, options.output, crs=options.crs, scheduler=options.scheduler, **given)
    manifest = run_module.place_establishments(order, settings)
    for status, number in manifest["statuses"].items():
        print(f"{status:<24} {number:>12,}")
    print(
        f"{manifest['rows']:,} establishments, {len(manifest['files'])} files in {options.output}: {manifest['hash']}"
    )
    return 0


def _show_problems(problems: Sequence[Problem], language: str) -> None:
    for item in problems:
        print(item.sentence(language), file=sys.stderr if item.is_blocking else sys.stdout)


def _accept(options: argparse.Namespace, settings: EtlSettings) -> int:
    sha256 = run.accept_candidate(options.name, settings)
    print(f"{options.name} is now pinned to {sha256}; review etl/sources/{options.name}.yml, then build.")
    return 0


def _docs(_options: argparse.Namespace, _settings: EtlSettings) -> int:
    changed = docs.write_docs()
    print("\n".join(f"written: {path.name}" for path in changed) or "up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
