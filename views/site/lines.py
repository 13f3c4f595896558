"""Three lines that sum up a site: what and where it is, its offer, its surroundings; each figure with its source."""

import contract
from geodata.models.site_sheet import NearPlace, SiteFact, SiteSheet
from views.sheet.spans import Piece, Span, Spans, fill
from views.site.notes import PLACES, PROJECTS, Notes, label_source
from views.site.values import show_km, show_value
from views.text import day, number, text

_AREAS = (
    ("site_surf_comm_dispo", "site_line_available"),
    ("site_surf_brute", "site_line_total"),
    ("surface_annoncee_ha", "site_line_announced"),
)
_NAMED = ("autoroute_nom", "desserte_route_nom", "voie_eau_nom", "port_nom", "aeroport_nom", "gare_nom")


def site_lines(sheet: SiteSheet, notes: Notes, language: str) -> tuple[Spans, Spans, Spans]:
    """The three lines in pieces; a piece with an address is the mark of a source."""
    return (
        _label_line(sheet, notes, language),
        _offer_line(sheet, notes, language),
        _around_line(sheet, notes, language),
    )


def _mark(number_: int) -> Span:
    return Span(f"[{number_}]", f"#source-{number_}")


def _label_line(sheet: SiteSheet, notes: Notes, language: str) -> Spans:
    waves = ", ".join(
        day(label.date, language) if label.date else contract.label_of("vague", label.wave, language).lower()
        for label in sheet.labels
    )
    departement = sheet.departement.name if sheet.departement else contract.unknown(language)
    area = ", ".join(dict.fromkeys([departement, sheet.region.name]))  # overseas, the two may be one
    if sheet.commune is None:
        place = text("site_line_place_unknown", language, area=area)
    else:
        place = text("site_line_place", language, commune=sheet.commune.name, area=area) + _inside(sheet, language)
    ref = _mark(notes.number(*label_source(sheet)))
    return fill("site_line_label_one", language, name=sheet.name, waves=waves, ref=ref, place=place)


def _inside(sheet: SiteSheet, language: str) -> str:
    if sheet.territoire is not None:
        return text("site_line_inside", language, territoire=sheet.territoire.name)
    if sheet.ti == "hors":
        millesime = contract.label_of("millesime", sheet.millesime, language).lower()
        return text("site_line_outside", language, millesime=millesime.split(" (", maxsplit=1)[0])
    return ""


def _offer_line(sheet: SiteSheet, notes: Notes, language: str) -> Spans:
    items: list[Spans] = []
    for code, key in _offer_fields(sheet):
        fact = sheet.fact(code)
        if fact is not None:
            items.append(_item(key, fact, notes, language))
    if not items:
        return fill("site_line_offer_none", language)
    listed: list[Span] = []
    for position, spans in enumerate(items):
        listed += [*([Span(", ")] if position else []), *spans]
    return fill("site_line_offer", language, items=tuple(listed))


def _offer_fields(sheet: SiteSheet) -> list[tuple[str, str]]:
    """Fields that the line names, with their messages: two areas at most; places only when a document names them."""
    areas = [(code, key) for code, key in _AREAS if sheet.fact(code)]
    if sheet.fact("site_surf_brute"):
        areas = areas[:-1] if areas[-1][0] == "surface_annoncee_ha" else areas
    others = [("disponibilite", "site_line_period"), ("usage_anterieur", "site_line_former")]
    siding = sheet.fact("reseau_fret_ferroviaire")
    if siding is not None and siding.value == "oui":
        others.append(("reseau_fret_ferroviaire", "site_line_siding"))
    named = [(code, sheet.fact(code)) for code in _NAMED]
    return areas + others + [(code, "site_line_named") for code, fact in named if fact and not fact.is_computed]


def _item(key: str, fact: SiteFact, notes: Notes, language: str) -> Spans:
    note = fact.note(language)
    value = show_value(fact, language) + (f" ({note})" if note and fact.field.kind in ("number", "period") else "")
    pieces: dict[str, Piece] = {"value": value, "ref": _mark(notes.of_fact(fact))}
    if key == "site_line_siding":
        pieces.pop("value")
    return fill(key, language, **pieces)


def _around_line(sheet: SiteSheet, notes: Notes, language: str) -> Spans:
    around = sheet.around
    coverage = text("site_line_coverage", language, known=sheet.coverage.known, total=sheet.coverage.total)
    if around is None:
        return (*fill("site_line_no_position", language), Span(coverage))
    near, far = around.n_projects
    stated = [group for group in around.filieres if group.filiere is not None]
    first = ""
    if stated:
        label = contract.label_of("filiere", stated[0].filiere, language)
        first = text("site_line_first", language, filiere=label, n=number(stated[0].n_far, language))
    return (
        *fill(
            "site_line_around",
            language,
            origin=origin_of(sheet, language),
            near=number(near, language),
            far=number(far, language),
            near_km=str(around.radii[0]),
            far_km=str(around.radii[1]),
            first=first,
            ref=_mark(notes.number(PROJECTS)),
            station=_station(around.of_kind("gare_fret"), sheet, notes, language),
        ),
        Span(coverage),
    )


def _station(stations: tuple[NearPlace, ...], sheet: SiteSheet, notes: Notes, language: str) -> Spans:
    if not stations:
        return fill("site_line_station_none", language)
    nearest = stations[0]
    return fill(
        "site_line_station",
        language,
        name=nearest.name or text("site_unnamed", language),
        km=show_km(nearest, sheet.is_commune_point, language),
        ref=_mark(notes.number(PLACES["gare_fret"])),
    )


def origin_of(sheet: SiteSheet, language: str) -> str:
    """« depuis le centre de la commune » or « depuis le site »."""
    return text("site_from_commune" if sheet.is_commune_point else "site_from_site", language)


def plain_lines(sheet: SiteSheet, notes: Notes, language: str) -> tuple[str, ...]:
    """The three lines without their marks, for paper, mail and search engines."""
    lines = site_lines(sheet, notes, language)
    return tuple("".join(span.text for span in spans if span.href is None) for spans in lines)
