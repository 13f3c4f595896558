"""The announced figures by founding fact: what a page shows beside the fact, each linked to the ledger."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from geodata.repository import Tables


@lru_cache(maxsize=8)
def claims_by_fact(tables: Tables, language: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Fact → (id of the claim, its statement), in the order of the ledger; claims without a fact are left out."""
    rows = tables["chiffres"].dropna(subset=["fait"])
    statements = rows["enonce_en" if language == "en" else "enonce_fr"]
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for fact, claim, statement in zip(rows["fait"], rows["chiffre_id"], statements, strict=True):
        found[str(fact)].append((str(claim), str(statement)))
    return MappingProxyType({fact: tuple(pairs) for fact, pairs in found.items()})
