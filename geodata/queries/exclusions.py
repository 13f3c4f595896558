"""What the filters exclude: alone, together, and which site for which reason. Nothing disappears without a word."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from geodata.models.ranking import Excluded, FilterEffect


def effects_of(failed: Mapping[str, np.ndarray], judged: Mapping[str, np.ndarray]) -> tuple[FilterEffect, ...]:
    """One effect a filter in force, in the order given."""
    if not failed:
        return ()
    times = np.sum(list(failed.values()), axis=0)
    return tuple(
        FilterEffect(
            name=name,
            n_excluded=int(fails.sum()),
            n_alone=int((fails & (times == 1)).sum()),
            n_unknown=int(np.isnan(judged[name]).sum()),
            n_stated=int((~np.isnan(judged[name])).sum()),
        )
        for name, fails in failed.items()
    )


def excluded_of(
    site_ids: Sequence[str], failed: Mapping[str, np.ndarray], judged: Mapping[str, np.ndarray]
) -> tuple[Excluded, ...]:
    """The sites left out, in the order of the table, each with every filter that it fails."""
    if not failed:
        return ()
    found = []
    for row in np.flatnonzero(np.any(list(failed.values()), axis=0)):
        names = tuple(name for name, fails in failed.items() if fails[row])
        unknown = tuple(name for name in names if np.isnan(judged[name][row]))
        found.append(Excluded(site_ids[int(row)], names, unknown))
    return tuple(sorted(found, key=lambda item: item.site_id))


def combinations(excluded: Sequence[Excluded]) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Filters that exclude sites together, with how many sites come back when all of them are relaxed, most first."""
    counts = Counter(item.filters for item in excluded)
    regained = {names: sum(number for other, number in counts.items() if set(other) <= set(names)) for names in counts}
    return tuple(sorted(regained.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0])))
