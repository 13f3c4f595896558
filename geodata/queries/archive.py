"""Questions about past publications: what a link made then showed, and what changed since."""

from collections.abc import Collection, Iterator, Mapping

import headline
from geodata.models.kept import FigureThenNow, Frozen, Publication
from geodata.repository import Tables


def frozen_figures(tables: Tables, asked: str, regions: Collection[str] = ()) -> Frozen | None:
    """The headline figures of the publication whose hash starts with ``asked``, then and now; None when none is asked.

    Args:
        asked: the first twelve digits of a hash, or nothing.
        regions: the regions whose figures are compared too.
    """
    if not asked:
        return None
    now = tables.manifest.hash
    date_now = data_day(tables)
    if now.startswith(asked):
        return Frozen(asked, "same", now, date_now, date_now)
    past = next((item for item in tables.publications if item.hash.startswith(asked)), None)
    if past is None:
        return Frozen(asked, "unknown", now, None, date_now)
    compared = [*_national(tables, past), *_regional(tables, past, regions)]
    changed = tuple(item for item in compared if item.then != item.now)
    return Frozen(asked, "then", now, past.date, date_now, changed, len(compared) - len(changed))


def list_changes(tables: Tables) -> tuple[Publication, ...]:
    """Every archived publication, newest first."""
    return tuple(reversed(tables.publications))


def data_day(tables: Tables) -> str | None:
    """The day that the present publication is dated by: the latest of its sources; None when none says one."""
    return headline.data_date(tables.manifest.sources)


def current_figures(tables: Tables) -> dict[str, float | None]:
    """The headline figures of the present publication."""
    return headline.headline_figures(tables.get)


def _national(tables: Tables, past: Publication) -> Iterator[FigureThenNow]:
    for key, value in current_figures(tables).items():
        yield FigureThenNow(key, past.figures.get(key), value)


def _regional(tables: Tables, past: Publication, regions: Collection[str]) -> Iterator[FigureThenNow]:
    present: Mapping[str, Mapping[str, int]] = headline.regional_figures(tables.get) if regions else {}
    for code in sorted(set(regions) & present.keys()):
        for key, value in present[code].items():
            yield FigureThenNow(key, past.regions.get(code, {}).get(key), value, code)
