"""The fields of the file of each chart of Carte: names, kinds and labels in both languages."""

from types import MappingProxyType

import contract
from views.text import text


def chart_table(chart: str) -> contract.Table:
    """The table that ``geodata.queries.chart_rows`` fills.

    Raises:
        KeyError: no chart bears that name.
    """
    fields = _FIELDS[chart]()
    named = MappingProxyType({field.name: field for field in fields})
    title = f"hall_chart_{chart}"
    return contract.Table(f"graphique-{chart}", text(title, "fr"), text(title, "en"), (fields[0].name,), named)


def _mesure() -> list[contract.Field]:
    schemes = [contract.Field(code, "int", item.fr, item.en) for code, item in contract.codes("mesure").items()]
    return [_field("code_region", "string"), _field("nom", "string"), *schemes, _field("total", "int")]


def _filiere() -> list[contract.Field]:
    return [_field("code", "string", is_nullable=True, codes="filiere"), _field("n", "int")]


def _mois() -> list[contract.Field]:
    return [_field("code", "string"), _field("n", "int")]


def _sites() -> list[contract.Field]:
    return [
        _field("vague", "string", codes="vague"),
        _field("annonces", "int", is_nullable=True),
        _field("documentes", "int"),
    ]


def _barometre() -> list[contract.Field]:
    # The rows of the median bear its code and no name.
    return [_field("code", "string"), _field("nom", "string"), _field("date", "date"), _field("valeur", "float")]


_FIELDS = {"mesure": _mesure, "filiere": _filiere, "mois": _mois, "sites": _sites, "barometre": _barometre}


def _field(name: str, kind: contract.Kind, *, is_nullable: bool = False, codes: str | None = None) -> contract.Field:
    key = f"vue_field_{name}"
    return contract.Field(name, kind, text(key, "fr"), text(key, "en"), is_nullable, None, codes)
