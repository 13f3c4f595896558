"""The targets that were announced, and what is published of what was reached: almost nothing, and it is said."""

import pandas as pd

from geodata.models.monitoring import Target
from geodata.queries.filters import projects_of
from geodata.queries.suivi.breakdown import sites_by_region
from geodata.queries.suivi.indicators import NATION
from geodata.repository import Tables
from state import Selection

# The figures of the founding documents that are targets or first balances, in the order of the programme.
ANNOUNCED = (
    *("projets-1600", "projets-253", "investissements-1400m", "fonds-400m", "moyens-1-milliard"),
    *("accompagnements-10000", "vte-1000", "accelerateurs-300", "ecoles-production-2m", "ami-cnam-3-vagues"),
    *("sites-78", "booster-cible", "reboost-30m", "amorcage-55m", "douvrin-80m", "agriculture-7-5m", "peche-3-75m"),
    "aap-cvl-budget",
)
_BASELINES = {"booster-cible": "booster-base"}
_FIRST_WAVES = ("2020-01", "2020-07")


def announced_targets(tables: Tables, day: str = "") -> tuple[Target, ...]:
    """The announced figures in order; one whose id the ledger does not hold is left out."""
    ledger = {str(row["chiffre_id"]): row for row in tables["chiffres"].to_dict("records")}
    return tuple(_target(tables, ledger, name, day) for name in ANNOUNCED if name in ledger)


def _target(tables: Tables, ledger: dict[str, dict[str, object]], name: str, day: str) -> Target:
    base = ledger.get(_BASELINES.get(name, ""))
    baseline = None if base is None or pd.isna(base["valeur"]) else float(str(base["valeur"]))
    if name == "sites-78":
        found = sites_by_region(tables, day)[NATION]
        documented = sum(found[wave].documented for wave in _FIRST_WAVES if wave in found)
        return Target(ledger[name], baseline, float(documented), None, "documented")
    if name == "projets-253":
        rows = projects_of(tables, Selection(filters=(("mesure", ("territoires",)),), date=day))
        published = str(tables.manifest.sources["plan-de-relance"]["date_published"])
        return Target(ledger[name], baseline, float(len(rows)), day or published, "fund")
    return Target(ledger[name], baseline)
