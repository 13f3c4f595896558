"""The needs form: profiles, hard filters, weights. One GET form, whose every field is in the address."""

from collections.abc import Mapping, Sequence

import contract
from state.needs import CHOICES, RADII, Needs
from state.needs_presets import GROUPS, MAX_WEIGHT, PRESETS
from views.elements import Html, Node, e
from views.sites.words import criterion_name, finder, option_name
from views.text import number, text

FORM = "needs"
_NAMED = ("autoroute", "rail", "voie_eau", "port")
_DISTANCES = ("gare_fret", "gare_voyageurs", "port", "aeroport", "poste_electrique")

Counts = Mapping[str, int]
Places = Mapping[str, Mapping[str, str]]


def draw_form(needs: Needs, stated: Counts, total: int, places: Places) -> Html:
    """The whole form.

    Args:
        stated: how many sites state each criterion and each fact.
        total: sites of the atlas.
        places: names of regions, départements and territoires by code.
    """
    language = needs.language
    kept = {
        "lang": needs.language if needs.language != contract.DEFAULT_LANGUAGE else "",
        "millesime": needs.millesime if needs.millesime != contract.DEFAULT_MILLESIME else "",
        "profil": needs.preset,
        "liste": ",".join(needs.shortlist),
        "vue": needs.view,
    }
    return e(
        "form",
        [e("input", type="hidden", name=name, value=value) for name, value in kept.items() if value],
        _presets(needs),
        _search(needs),
        _place(needs, places),
        _offer(needs, stated, total),
        _access(needs, stated, total),
        _around(needs),
        _trust(needs),
        e("h2", text("finder_weights", language), class_="needs-title"),
        e("p", text("finder_weights_lead", language), class_="needs-hint"),
        [_weights(group, names, needs, stated, total) for group, names in GROUPS.items()],
        e("p", e("button", text("finder_submit", language), class_="button button-strong"), class_="needs-submit"),
        id=FORM,
        method="get",
        action="/sites",
        class_="needs",
        aria_label=text("finder_form_label", language),
    )


def _presets(needs: Needs) -> Html:
    language = needs.language
    links: list[Node] = [
        e(
            "a",
            text(f"finder_profil_{name}", language),
            href=finder(needs.started_from(name)),
            class_="chip is-current" if name == needs.preset else "chip",
            aria_current="true" if name == needs.preset else None,
        )
        for name in PRESETS
    ]
    if needs.preset or needs.weights:
        links.append(e("a", text("finder_profil_aucun", language), href=finder(needs.started_from("")), class_="chip"))
    changed = bool(needs.preset) and needs.is_preset_changed()
    note = "finder_profil_modifie" if changed else "finder_profil_note"
    return e(
        "div",
        e("h2", text("finder_presets", language), class_="needs-title", id="needs-presets"),
        e("ul", [e("li", link) for link in links], class_="needs-chips", aria_labelledby="needs-presets"),
        e("p", text(note, language), class_="needs-hint"),
    )


def _search(needs: Needs) -> Html:
    field = e("input", type="search", name="q", value=needs.text, autocomplete="off", class_="needs-text")
    return e("label", text("finder_search", needs.language), field, class_="needs-field is-wide")


def _group(title: str, is_open: bool, *children: Node) -> Html:
    return e(
        "details", e("summary", title), e("div", *children, class_="needs-body"), open=is_open, class_="needs-group"
    )


def _place(needs: Needs, places: Places) -> Html:
    language = needs.language
    is_open = any(needs.values_of(name) for name in ("region", "departement", "territoire"))
    return _group(
        text("finder_group_lieu", language),
        is_open or needs.question() == Needs(),
        _checks("region", _chosen_first(places["region"], needs.values_of("region")), needs, is_long=True),
        _select("departement", [(code, f"{code} {name}") for code, name in places["departement"].items()], needs),
        _select("territoire", list(places["territoire"].items()), needs),
    )


def _chosen_first(names: Mapping[str, str], chosen: Sequence[str]) -> list[tuple[str, str]]:
    """A long list scrolls: what is ticked must be seen."""
    return sorted(names.items(), key=lambda pair: pair[0] not in chosen)


def _offer(needs: Needs, stated: Counts, total: int) -> Html:
    language = needs.language
    waves = [(code, item.label(language)) for code, item in contract.codes("vague").items() if "|" not in code]
    asked = [needs.limit_of(name) for name in ("surface_min", "surface_max", "disponible")]
    asked += [needs.values_of(name) or None for name in ("bati", "cession", "vocation", "vague")]  # type: ignore[misc]
    return _group(
        text("finder_group_offre", language),
        any(asked) or needs.question() == Needs(),
        e("div", _number("surface_min", needs, "ha"), _number("surface_max", needs, "ha"), class_="needs-pair"),
        _stated("surface", "finder_surface_note", stated, total, language),
        _number("disponible", needs, "", least=2020, most=2050),
        _stated("fait:disponible", "finder_stated", stated, total, language),
        [_fact(name, needs, stated, total) for name in ("bati", "cession", "vocation")],
        _checks("vague", waves, needs),
    )


def _fact(name: str, needs: Needs, stated: Counts, total: int) -> Node:
    options = [(value, option_name(name, value, needs.language)) for value in CHOICES[name].values]
    return [_checks(name, options, needs), _stated(f"fait:{name}", "finder_stated", stated, total, needs.language)]


def _access(needs: Needs, stated: Counts, total: int) -> Html:
    language = needs.language
    named = [(name, text(f"finder_nomme_{name}", language, n=stated[f"nomme:{name}"], total=total)) for name in _NAMED]
    asked = [needs.limit_of(name) for name in _DISTANCES] + [needs.values_of("nomme") or None]
    return _group(
        text("finder_group_acces", language),
        any(asked),
        e("p", text("finder_distance_note", language), class_="needs-hint"),
        [_number(name, needs, "km") for name in _DISTANCES],
        _checks("nomme", named, needs),
    )


def _around(needs: Needs) -> Html:
    language = needs.language
    filieres = [(code, item.label(language)) for code, item in contract.codes("filiere").items()]
    radius = [(str(km), text("finder_km", language, n=km)) for km in RADII]
    chosen = (needs.filiere,) if needs.filiere else ()
    inside = [(code, contract.label_of("ti", code, language)) for code in ("dans", "hors")]
    return _group(
        text("finder_group_ecosysteme", language),
        bool(needs.projects_min or needs.filiere or needs.values_of("ti")),
        _checks("ti", inside, needs),
        _one("filiere", filieres, chosen, language),
        e(
            "div",
            _field("projets", e("input", **_digits("projets", needs.projects_min or "", 0, 500)), language),
            _one("rayon", radius, (str(needs.radius),), language, has_blank=False),
            class_="needs-pair",
        ),
        e("p", text("finder_filiere_note", language), class_="needs-hint"),
    )


def _trust(needs: Needs) -> Html:
    language = needs.language
    levels = [(code, item.label(language)) for code, item in contract.codes("confiance").items()]
    modes = (("oui", "finder_inconnus_oui", True), ("non", "finder_inconnus_non", False))
    radios = [
        e(
            "label",
            e("input", type="radio", name="inconnus", value=value, checked=needs.keep_unknowns is is_kept),
            text(label, language),
            class_="needs-check",
        )
        for value, label, is_kept in modes
    ]
    return _group(
        text("finder_group_inconnus", language),
        not needs.keep_unknowns or bool(dict(needs.choices).get("confiance")),
        e("fieldset", e("legend", text("finder_inconnus", language)), radios),
        _checks("confiance", levels, needs),
    )


# ------------------------------------------------------------------ fields
def _checks(name: str, options: Sequence[tuple[str, str]], needs: Needs, is_long: bool = False) -> Html:
    """Boxes of one filter; values that the form does not offer are carried along."""
    values = needs.values_of(name)
    offered = {value for value, _ in options}
    return e(
        "fieldset",
        e("legend", text(f"finder_choix_{name}", needs.language)),
        e(
            "div",
            [
                e(
                    "label",
                    e("input", type="checkbox", name=name, value=value, checked=value in values),
                    label,
                    class_="needs-check",
                )
                for value, label in options
            ],
            class_="needs-checks is-long" if is_long else "needs-checks",
        ),
        [e("input", type="hidden", name=name, value=value) for value in values if value not in offered],
    )


def _select(name: str, options: Sequence[tuple[str, str]], needs: Needs) -> Html:
    """A list for one value; the others of an address that has several are carried along."""
    values = needs.values_of(name)
    return e(
        "div",
        _one(name, options, values[:1], needs.language),
        [e("input", type="hidden", name=name, value=value) for value in values[1:]],
    )


def _one(
    name: str, options: Sequence[tuple[str, str]], chosen: Sequence[str], language: str, has_blank: bool = True
) -> Html:
    blank = [e("option", text("finder_any", language), value="")] if has_blank else []
    items = [e("option", label, value=value, selected=value in chosen) for value, label in options]
    return _field(name, e("select", blank, items, name=name), language)


def _field(name: str, control: Html, language: str, unit: str = "") -> Html:
    label = e("span", text(f"finder_champ_{name}", language), class_="needs-label")
    return e(
        "label", label, e("span", control, e("span", unit, class_="needs-unit") if unit else None), class_="needs-field"
    )


def _number(name: str, needs: Needs, unit: str, least: int = 0, most: int = 5000) -> Html:
    value = needs.limit_of(name)
    control = e("input", **_digits(name, "" if value is None else f"{value:g}", least, most))
    return _field(name, control, needs.language, unit)


def _digits(name: str, value: object, least: int, most: int) -> dict[str, object]:
    return {
        "type": "number",
        "name": name,
        "value": value,
        "min": least,
        "max": most,
        "step": "any",
        "inputmode": "decimal",
    }


def _stated(name: str, key: str, stated: Counts, total: int, language: str) -> Html:
    return e("p", text(key, language, n=stated[name], total=total), class_="needs-hint")


# ------------------------------------------------------------------ weights
def _weights(group: str, names: Mapping[str, int], needs: Needs, stated: Counts, total: int) -> Html:
    language = needs.language
    sliders = [_slider(name, needs, stated[name], total) for name in names]
    return _group(e("span", text(f"finder_groupe_{group}", language), class_=f"key key-{group}"), True, sliders)


def _slider(name: str, needs: Needs, n: int, total: int) -> Html:
    language, weight = needs.language, needs.weight_of(name)
    hint = text("finder_known_by", language, n=number(n, language), total=number(total, language))
    return e(
        "div",
        e("label", criterion_name(name, language), for_=f"p-{name}", class_="weight-name"),
        e("small", hint, class_="weight-known", id=f"k-{name}"),
        e(
            "input",
            type="range",
            min=0,
            max=MAX_WEIGHT,
            step=1,
            id=f"p-{name}",
            name=f"p_{name}",
            value=weight,
            aria_describedby=f"k-{name}",
        ),
        e("output", weight, for_=f"p-{name}", class_="weight-value"),
        class_="weight",
    )
