"""The claims ledger: each announced figure, what the data give, the gap and why; contradictions side by side."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

import contract
from geodata.models.claim import Answer, Choices, Claim, Contradiction, Words
from geodata.queries.calculations import compute
from geodata.repository import Tables
from state.dates import sure_from
from state.ledger import NOT_DATED, Ledger

Row = dict[str, Any]

_OPERATORS = {
    "+": lambda left, right: left + right,
    "−": lambda left, right: left - right,
    "×": lambda left, right: left * right,
    "÷": lambda left, right: left / right,
}


@lru_cache(maxsize=4)
def all_claims(tables: Tables) -> tuple[Claim, ...]:
    """Every figure of the ledger: by theme, then by date, undated ones last."""
    rows = tables["chiffres"].merge(tables["chiffres-ecarts"], on="chiffre_id", suffixes=("", "_data"))
    values = dict(tables["chiffres"][["chiffre_id", "valeur"]].itertuples(index=False))
    claims = [_claim(tables, {key: _value(cell) for key, cell in row.items()}, values) for row in _records(rows)]
    themes = list(contract.codes("theme"))
    return tuple(sorted(claims, key=lambda claim: (themes.index(claim.theme), claim.date or "9", claim.claim_id)))


def claims_by_id(tables: Tables) -> Mapping[str, Claim]:
    return {claim.claim_id: claim for claim in all_claims(tables)}


@lru_cache(maxsize=4)
def contradictions_of(tables: Tables) -> tuple[Contradiction, ...]:
    """The groups of figures that do not agree, in reading order."""
    known = claims_by_id(tables)
    return tuple(
        Contradiction(
            row["contradiction_id"],
            Words(row["titre_fr"], row["titre_en"]),
            Words(row["texte_fr"], row["texte_en"]),
            tuple(known[claim_id] for claim_id in row["chiffres"]),
        )
        for row in _records(tables["contradictions"].sort_values("rang"))
    )


def claims_of(tables: Tables, ledger: Ledger) -> tuple[Claim, ...]:
    """The figures that the filters leave, sorted; what has no value to sort by comes last."""
    kept = [claim for claim in all_claims(tables) if _is_kept(claim, ledger)]
    if not ledger.sort:
        return tuple(kept)
    name = ledger.sort.lstrip("-")
    known = [claim for claim in kept if _sort_key(claim, name) is not None]
    known.sort(key=lambda claim: _sort_key(claim, name), reverse=ledger.sort.startswith("-"))  # type: ignore[arg-type,return-value]
    return (*known, *(claim for claim in kept if _sort_key(claim, name) is None))


def choices_of(tables: Tables) -> Choices:
    """What the filters offer."""
    claims = all_claims(tables)
    themes, units = {claim.theme for claim in claims}, {claim.unit for claim in claims}
    authors = sorted({claim.author for claim in claims if claim.author}, key=str.casefold)
    years = sorted({claim.date[:4] for claim in claims if claim.date})
    return Choices(
        tuple(code for code in contract.codes("theme") if code in themes),
        (*authors, NOT_DATED),
        tuple(code for code in contract.codes("unite") if code in units),
        (*years, NOT_DATED),
    )


def ledger_frame(tables: Tables, ledger: Ledger) -> pd.DataFrame:
    """The figures that the filters leave as rows of ``geodata.queries.ledger_table``: what the downloads hold."""
    rows = tables["chiffres"].merge(
        tables["chiffres-ecarts"].rename(columns={"source": "source_donnees"}), on="chiffre_id"
    )
    claims = claims_of(tables, ledger)
    kept = rows.set_index("chiffre_id").loc[[claim.claim_id for claim in claims]].reset_index()
    answers = [claim.answer or Answer(None) for claim in claims]
    return kept.assign(
        valeur_calculee=[answer.value for answer in answers],
        ecart=[claim.gap for claim in claims],
        ecart_pct=[None if claim.gap_share is None else 100 * claim.gap_share for claim in claims],
        statut=[claim.status for claim in claims],
        n_renseignes=[answer.n_stated for answer in answers],
        n_lignes=[answer.n_rows for answer in answers],
    )


def ledger_table() -> contract.Table:
    """The columns of ``ledger_frame``: the announced figure, then the computation."""
    gaps = {
        ("source_donnees" if name == "source" else name): item
        for name, item in contract.table("chiffres-ecarts").fields.items()
    }
    added = (
        contract.Field("valeur_calculee", "float", "Valeur calculée", "Computed value", is_nullable=True),
        contract.Field("ecart", "float", "Écart (calculé − annoncé)", "Gap (computed − announced)", is_nullable=True),
        contract.Field("ecart_pct", "float", "Écart relatif", "Relative gap", is_nullable=True, unit="%"),
        contract.Field("statut", "string", "Concordance", "Agreement"),
        contract.Field("n_renseignes", "int", "Lignes renseignées", "Rows that state it", is_nullable=True),
        contract.Field("n_lignes", "int", "Lignes", "Rows", is_nullable=True),
    )
    base = contract.table("chiffres")
    fields = {**base.fields, **gaps, **{item.name: item for item in added}}
    return contract.Table("registre", "Registre des chiffres", "Ledger of figures", base.key, fields)  # type: ignore[arg-type]


def evaluate(formula: str, values: Mapping[str, float]) -> float:
    """``a + b × 100`` from left to right: ids of figures or numbers, separated by operators and spaces.

    Raises:
        KeyError: an unknown id or operator.
    """
    first, *rest = formula.split(" ")
    total = _operand(first, values)
    for operator, operand in zip(rest[::2], rest[1::2], strict=True):
        total = _OPERATORS[operator](total, _operand(operand, values))
    return total


def _operand(written: str, values: Mapping[str, float]) -> float:
    return float(written) if written.isdigit() else float(values[written])


def _claim(tables: Tables, row: Row, values: Mapping[str, float]) -> Claim:
    explanation = row["explication_fr"] and Words(row["explication_fr"], row["explication_en"])
    return Claim(
        claim_id=row["chiffre_id"],
        fact=row["fait"],
        statement=Words(row["enonce_fr"], row["enonce_en"]),
        value=float(row["valeur"]),
        qualifier=row["qualificatif"] or "exactement",
        unit=row["unite"] or "",
        date=row["date"],
        level=row["niveau"],
        code=row["code"],
        author=row["auteur"],
        source=row["source"],
        url=row["source_url"],
        quote=row["citation"],
        is_derived=bool(row["is_derive"]),
        theme=row["theme"],
        calculation=row["calcul"],
        formula=row["formule"],
        reason=row["motif"],
        explanation=explanation or None,
        answer=_answer(tables, row, values),
    )


def _answer(tables: Tables, row: Row, values: Mapping[str, float]) -> Answer | None:
    if row["calcul"]:
        return compute(tables, row["calcul"])
    return Answer(evaluate(row["formule"], values), page="/chiffres") if row["formule"] else None


def _is_kept(claim: Claim, ledger: Ledger) -> bool:
    year = claim.date[:4] if claim.date else NOT_DATED
    pairs = (
        (ledger.theme, claim.theme),
        (ledger.unit, claim.unit),
        (ledger.author, claim.author or NOT_DATED),
        (ledger.year, year),
    )
    is_said = not (ledger.day and claim.date) or sure_from(claim.date) <= ledger.day
    return is_said and all(not asked or asked == found for asked, found in pairs) and _is_in_state(claim, ledger.state)


def _is_in_state(claim: Claim, state: str) -> bool:
    is_measured = claim.status != "non_mesurable"
    return {"": True, "mesurable": is_measured, "non_mesurable": not is_measured}.get(state, claim.status == state)


def _sort_key(claim: Claim, name: str) -> float | str | None:
    if name == "ecart":
        return None if claim.gap_share is None else abs(claim.gap_share)
    if name == "valeur":
        return claim.value
    found = claim.date if name == "date" else claim.author
    return found.casefold() if found else None


def _records(rows: pd.DataFrame) -> list[Row]:
    return [{str(key): cell for key, cell in row.items()} for row in rows.to_dict("records")]


def _value(cell: Any) -> Any:
    """A cell, its null as None."""
    return None if cell is None or cell != cell else cell
