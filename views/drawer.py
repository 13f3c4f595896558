"""The details of one object: facts with their unknowns, what is around it, its sources."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html

import contract
from state import Selection
from views.facts import draw_facts, shorten
from views.imported import draw_imported_site
from views.links import link_to, link_to_object, link_to_sheet
from views.text import is_missing, number, text

Row = dict[str, Any]
SHOWN_ITEMS = 12
_PROJECT_FACTS = [
    *("mesure", "volet", "filiere", "taille", "date_mise_a_jour"),
    *("investissement_eur", "emplois_crees", "emplois_maintenus", "co2_t"),
]
_FACILITIES = ("gare_fret", "gare_voyageurs", "aeroport", "port", "poste_electrique")


def draw_drawer(kind: str, row: Row, related: dict[str, pd.DataFrame], selection: Selection) -> list[Any]:
    """The content of the drawer for an object described by ``queries.objects.describe``."""
    drawers: dict[str, Callable[..., list[Any]]] = {
        "projet": _project,
        "site": _site,
        "territoire": _territoire,
        "region": _region,
        "commune": _commune,
        "importe": draw_imported_site,
    }
    titles = {"projet": "entreprise", "site": "site_nom", "importe": "site_nom"}
    return [
        _head(kind, row[titles.get(kind, "nom")], selection),
        *drawers[kind](row, related, selection),
    ]


def draw_gone(selection: Selection) -> list[Any]:
    """What the drawer says when the link's object is not in the atlas."""
    language = selection.language
    millesime = contract.label_of("millesime", selection.millesime, language)
    sentence = text("drawer_gone_text", language, code=selection.selected, millesime=millesime)
    return [_head(None, text("drawer_gone_title", language), selection), html.P(sentence, className="unknown")]


def _head(kind: str | None, title: str, selection: Selection) -> html.Div:
    close = text("drawer_close", selection.language)
    eyebrow = [html.P(text(f"kind_{kind}", selection.language), className="drawer-kind")] if kind else []
    return html.Div(
        [
            html.Div([*eyebrow, html.H2(title, tabIndex=-1, id="drawer-title")]),
            html.A("×", href=link_to(selection, selected=""), className="drawer-close", title=close),
        ],
        className="drawer-head",
    )


def _project(row: Row, _: dict[str, pd.DataFrame], selection: Selection) -> list[Any]:
    language = selection.language
    siren = row["siren"] if row["siren_statut"] in ("valide", "repare") else None
    link = f"https://annuaire-entreprises.data.gouv.fr/entreprise/{siren}" if siren else None
    status = contract.label_of("siren_statut", row["siren_statut"], language)
    warning = text("drawer_discordant", language, code=row["code_departement_position"])
    return [
        html.P(row["description"], className="drawer-lead") if row["description"] else None,
        html.H3(text("drawer_facts", language)),
        draw_facts(
            "projets",
            row,
            _PROJECT_FACTS,
            language,
        ),
        html.H3(text("drawer_where", language)),
        draw_facts("projets", row, ["nom_commune", "position_quality"], language, _places(row, selection)),
        html.P(warning, className="warning") if row["is_departement_discordant"] else None,
        html.H3(text("drawer_company", language)),
        draw_facts("projets", row, ["siren"], language, [(contract.table("projets").fields["siren_statut"], status)]),
        html.P(html.A(text("drawer_company_link", language), href=link, rel="noopener external")) if link else None,
        _source(["plan-de-relance"], selection),
    ]


def _site(row: Row, _: dict[str, pd.DataFrame], selection: Selection) -> list[Any]:
    language = selection.language
    offer = ["surface_ha", "surface_disponible_ha", "secteurs", "porteur", "etat"]
    access = ["autoroute", "rail", "voie_eau", "port", "aeroport", "atouts"]
    return [
        html.P(_sheet(selection, "site", row["site_id"])),
        html.H3(text("drawer_labels", language)),
        html.Ul([html.Li(_label(label, language)) for label in row["labels_liste"]], className="items"),
        html.H3(text("drawer_facts", language)),
        draw_facts("sites", row, [*offer, *access, "confiance"], language),
        html.H3(text("drawer_where", language)),
        draw_facts("sites", row, ["nom_commune", "position_quality"], language, _places(row, selection)),
        html.H3(text("drawer_access", language)),
        html.Dl([cell for name in _FACILITIES for cell in _distance(row, name, language)], className="facts"),
        html.P(text("drawer_access_note", language), className="source"),
        html.H3(text("drawer_sources", language)),
        html.Ul(
            [html.Li(html.A(shorten(url), href=url, rel="noopener external")) for url in row["sources"]],
            className="items sources-list",
        ),
    ]


def _territoire(row: Row, related: dict[str, pd.DataFrame], selection: Selection) -> list[Any]:
    language = selection.language
    millesime = contract.label_of("millesime", selection.millesime, language)
    lead = row["code_region"]
    regions = [
        f"{name} ({text('drawer_lead_region', language)})" if code == lead and len(row["noms_region"]) > 1 else name
        for code, name in row["noms_region"].items()
    ]
    region_field = contract.table("territoires").fields["codes_region"]
    members = related["membres"]
    return [
        html.P(f"{row['territoire_id']} · {millesime}", className="drawer-lead"),
        _actions(selection, "territoire", row["territoire_id"]),
        html.H3(text("drawer_figures", language)),
        draw_facts(
            "territoires",
            row,
            ["n_membres", "n_communes", "population"],
            language,
            [(region_field, ", ".join(regions)), _departements(row)],
        ),
        html.H3(text("drawer_members", language, n=number(len(members), language))),
        html.Ul([html.Li(_member(member, language)) for member in members.to_dict("records")], className="items"),
        *_related(related, selection, {"territoire": row["territoire_id"]}),
        _source(["territoires"], selection),
    ]


def _region(row: Row, related: dict[str, pd.DataFrame], selection: Selection) -> list[Any]:
    language = selection.language
    territoires = related["territoires"]
    return [
        _actions(selection, "region", row["code_region"]),
        html.H3(text("drawer_figures", language)),
        draw_facts("regions", row, ["population", "n_departements", "n_communes"], language),
        html.H3(text("drawer_coverage", language)),
        html.Dl(
            [cell for item in related["couverture"].to_dict("records") for cell in _wave(item, language)],
            className="facts",
        ),
        html.H3(text("drawer_territoires", language, n=number(len(territoires), language))),
        _items(territoires, "territoire", "territoire_id", "nom", selection),
        *_related(related, selection, {"region": row["code_region"]}),
        _source(["communes-2024", "sites-annonces"], selection),
    ]


def _commune(row: Row, related: dict[str, pd.DataFrame], selection: Selection) -> list[Any]:
    language = selection.language
    place = f"{row['nom_departement']} ({row['code_departement']})"
    return [
        html.P(place, className="drawer-lead"),
        *_related(related, selection, None),
        html.P(text("drawer_commune_note", language), className="source"),
    ]


def _related(related: dict[str, pd.DataFrame], selection: Selection, scope: dict[str, str] | None) -> list[Any]:
    sites, projects = related["sites"], related["projets"]
    return [
        html.H3(_counted("drawer_sites", related, "sites", selection.language)),
        _items(sites, "site", "site_id", "site_nom", selection, scope, "sites"),
        html.H3(_counted("drawer_projects", related, "projets", selection.language)),
        _items(projects, "projet", "projet_id", "entreprise", selection, scope, "projets"),
    ]


def _counted(key: str, related: dict[str, pd.DataFrame], name: str, language: str) -> str:
    """« Projets (12) », or « (3 sur 12 avec ces filtres) » when the filters leave some out."""
    n, total = len(related[name]), len(related[f"{name}-tous"])
    if n == total:
        return text(key, language, n=number(n, language))
    return text(f"{key}_some", language, n=number(n, language), total=number(total, language))


def _items(
    rows: pd.DataFrame,
    kind: str,
    key: str,
    title: str,
    selection: Selection,
    scope: dict[str, str] | None = None,
    tab: str = "",
) -> Any:
    """Links to the first objects; with a ``scope``, one more link to all of them in the list."""
    if rows.empty:
        return html.P(text("drawer_none", selection.language), className="unknown")
    shown = rows if scope is None else rows.head(SHOWN_ITEMS)
    links = [
        html.Li([html.A(name, href=link_to_object(selection, kind, code)), *_details(row, kind, selection.language)])
        for code, name, row in zip(shown[key], shown[title], shown.to_dict("records"), strict=True)
    ]
    if scope and len(rows) > len(shown):
        narrowed = selection
        for name, value in scope.items():
            narrowed = narrowed.with_values(name, [value])
        more = text("drawer_more", selection.language, n=number(len(rows), selection.language))
        links.append(html.Li(html.A(more, href=link_to(narrowed, view="liste", tab=tab, selected="", page=1))))
    return html.Ul(links, className="items")


def _details(row: Row, kind: str, language: str) -> list[Any]:
    if kind == "projet":
        return [html.Small(contract.label_of("mesure", row["mesure"], language))]
    if kind == "site" and not is_missing(row["nom_commune"]):
        return [html.Small(row["nom_commune"])]
    return []


def _places(row: Row, selection: Selection) -> list[tuple[Any, Any]]:
    language = selection.language
    fields = contract.table("projets").fields
    unknown = contract.unknown(language)
    code = row["code_departement"]
    departement = f"{row['nom_departement'] or ''} ({code})".strip() if code else unknown
    region = row["nom_region"] or row["code_region"]
    label = contract.label_of("ti", row["ti"], language)
    inside = (
        html.A(row["nom_territoire"], href=link_to_object(selection, "territoire", row["territoire"]))
        if row["nom_territoire"]
        else label
    )
    return [
        (fields["code_departement"], departement),
        (fields["code_region"], html.A(region, href=link_to_object(selection, "region", row["code_region"]))),
        (fields["code_epci"], row["nom_epci"] or unknown),
        (text("kind_territoire", language), inside),
    ]


def _departements(row: Row) -> tuple[contract.Field, str]:
    return contract.table("territoires").fields["codes_departement"], ", ".join(row["codes_departement"])


def _label(label: Row, language: str) -> list[Any]:
    wave = contract.label_of("vague", label["vague"], language)
    confidence = contract.label_of("confiance", label["confiance"], language).lower()
    line = text("drawer_label_line", language, wave=wave, confidence=confidence)
    return [line, html.Small(f"{label['nom']} · {label['source_id']}")]


def _distance(row: Row, name: str, language: str) -> list[Any]:
    term = contract.table("sites").fields[f"{name}_nom"].label(language)
    place, km = row[f"{name}_nom"], row[f"{name}_dist_km"]
    if not place:
        return [html.Dt(term), html.Dd(contract.unknown(language), className="unknown")]
    is_withheld = name in list(row["distances_sous_5_km"])
    shown = text("drawer_under_5", language) if is_withheld else f"{number(km, language, 1)}\u202fkm"
    return [html.Dt(term), html.Dd([shown, html.Small(place)])]


def _member(member: Row, language: str) -> list[Any]:
    total = member["n_communes_total"]
    is_partial = member["membre_type"] == "EPCI_PARTIEL" and not is_missing(total)
    key = "drawer_members_partial" if is_partial else "drawer_members_communes"
    values = {"n": number(member["n_communes"], language), "total": number(total, language)}
    kind = contract.label_of("membre_type", member["membre_type"], language)
    return [member["nom"], html.Small(f"{kind} · {member['membre_code']} · {text(key, language, **values)}")]


def _wave(item: Row, language: str) -> list[Any]:
    shown = text(
        "chart_sites_bar",
        language,
        documented=number(item["documentes"], language),
        announced=number(item["annonces"], language),
    )
    return [html.Dt(contract.label_of("vague", item["vague"], language)), html.Dd(shown)]


def _actions(selection: Selection, facet: str, code: str) -> html.P:
    href = link_to(selection.with_values(facet, [code]), page=1)
    narrow = html.A(text("drawer_filter", selection.language), href=href, className="button")
    return html.P([_sheet(selection, facet, code), " ", narrow])


def _sheet(selection: Selection, kind: str, code: str) -> html.A:
    """The way to the whole sheet of the object."""
    return html.A(
        text("fiche_whole", selection.language), href=link_to_sheet(selection, kind, code), className="button"
    )


def _source(names: list[str], selection: Selection) -> html.P:
    links = [html.A(name, href=link_to(selection, "/sources", selected="") + f"#{name}") for name in names]
    separated = [part for link in links for part in (link, ", ")][:-1]
    return html.P([text("chart_source", selection.language), *separated], className="source")
