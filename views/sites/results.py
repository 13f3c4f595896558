"""What the needs give: the count, what each filter excludes, the list, the pager, the shortlist and the comparison."""

from collections.abc import Mapping

from geodata.models.ranking import FilterEffect, Finder
from state.needs import MAX_COMPARED, SORTS, VIEWS, Needs
from views.elements import Html, Node, e
from views.scrolled import scrolled_markup
from views.sites.bars import draw_key
from views.sites.form import FORM
from views.sites.rows import draw_rows
from views.sites.words import filter_names, finder, sheet
from views.text import number, text

Labels = Mapping[str, str]

RESULTS = "sites-results"
_TOGETHER = 4


def draw_results(found: Finder, needs: Needs) -> Html:
    """The part of the page that a change of the needs replaces."""
    labels = filter_names((effect.name for effect in found.effects), needs, found.places)
    return e(
        "section",
        _summary(found, needs),
        _effects(found, needs, labels),
        [draw_key(needs.language), draw_rows(found, needs, labels), _pager(found, needs)]
        if found.sites
        else _empty(found, needs, labels),
        _excluded(found, needs, labels),
        _tray(found, needs),
        id=RESULTS,
        class_="sites-results",
        data_address=finder(needs, page=found.page),
        aria_label=text("finder_results_label", needs.language),
    )


def _summary(found: Finder, needs: Needs) -> Html:
    language = needs.language
    sorts = [
        e("option", text(f"finder_tri_{sort}", language), value=sort, selected=sort == needs.sort) for sort in SORTS
    ]
    views = [
        e(
            "a",
            text(f"finder_vue_{view}", language),
            href=finder(needs, view=view, page=needs.page),
            class_="is-current" if view == needs.view else None,
            aria_current="true" if view == needs.view else None,
        )
        for view in VIEWS
    ]
    n, total = number(found.n_kept, language), number(found.total, language)
    return e(
        "header",
        e("p", e("strong", text("finder_count", language, n=n, total=total)), role="status", class_="sites-count"),
        e(
            "label",
            text("finder_sort", language),
            " ",
            e("select", sorts, name="tri", form=FORM),
            class_="sites-sort",
        ),
        e("button", text("finder_sort_go", language), form=FORM, class_="button no-script"),
        e("nav", views, class_="sites-views", aria_label=text("finder_views_label", language)),
        class_="sites-summary",
    )


# ------------------------------------------------------------------ filters
def _effects(found: Finder, needs: Needs, labels: Labels) -> Node:
    """Each filter in force with what it excludes, alone and with the others, and the link that takes it off."""
    if not found.effects:
        return None
    return e(
        "ul",
        [_effect(effect, found.total, labels[effect.name], needs) for effect in found.effects],
        class_="effects",
        aria_label=text("finder_effects_label", needs.language),
    )


def _effect(effect: FilterEffect, total: int, name: str, needs: Needs) -> Html:
    language = needs.language
    words = [text("finder_effect", language, n=effect.n_excluded, total=total)]
    if effect.n_alone and effect.n_alone != effect.n_excluded:
        words.append(text("finder_effect_alone", language, n=effect.n_alone))
    if effect.n_unknown:
        key = "finder_effect_unknown_kept" if needs.keep_unknowns else "finder_effect_unknown_out"
        words.append(text(key, language, n=effect.n_unknown))
    relax = text("finder_relax", language)
    link = e(
        "a",
        relax,
        href=finder(needs.without(effect.name)),
        class_="effect-relax",
        aria_label=text("finder_relax_label", language, name=name),
    )
    return e("li", e("strong", name), " ", e("span", " · ".join(words)), " ", link)


def _empty(found: Finder, needs: Needs, labels: Labels) -> Html:
    """No site: which filters exclude them, alone and together, and the way back for each."""
    language = needs.language
    ways = []
    fewest = sorted(found.together, key=lambda pair: (len(pair[0]), -pair[1]))
    for names, n in fewest[:_TOGETHER]:
        together = text("finder_and", language).join(labels[name] for name in names)
        relaxed = needs
        for name in names:
            relaxed = relaxed.without(name)
        key = "finder_together_one" if len(names) == 1 else "finder_together"
        words = text(key, language, n=n, total=found.total, filters=together)
        ways.append(
            e("li", words, " ", e("a", text("finder_relax_these", language), href=finder(relaxed), class_="button"))
        )
    return e(
        "div",
        e("h2", text("finder_empty", language)),
        e("ul", ways, class_="ways"),
        e(
            "p",
            e("a", text("finder_reset", language), href=finder(Needs(language=language, shortlist=needs.shortlist))),
        ),
        class_="sites-empty",
    )


def _excluded(found: Finder, needs: Needs, labels: Labels) -> Node:
    """Every site left out, with the filters that leave it out."""
    if not found.excluded:
        return None
    language = needs.language
    rows = []
    for item in found.excluded:
        reasons = []
        for name in item.filters:
            label = labels[name]
            reasons.append(text("finder_not_said", language, filter=label) if name in item.unknown else label)
        row = found.rows[item.site_id]
        link = e("a", row["site_nom"], href=sheet(needs, item.site_id))
        rows.append(e("tr", e("th", link, scope="row"), e("td", row["nom_region"]), e("td", " · ".join(reasons))))
    head = [e("th", text(f"finder_col_{name}", language), scope="col") for name in ("site", "region", "reasons")]
    table = e(
        "table",
        e("caption", text("finder_excluded_caption", language), class_="visually-hidden"),
        e("thead", e("tr", head)),
        e("tbody", rows),
        class_="table",
    )
    summary = text("finder_excluded", language, n=len(found.excluded), total=found.total)
    return e(
        "details",
        e("summary", summary),
        scrolled_markup(table, text("finder_excluded_caption", language)),
        class_="excluded",
        id="ecartes",
    )


# ------------------------------------------------------------------ moving on
def _pager(found: Finder, needs: Needs) -> Node:
    if found.pages == 1:
        return None
    language, page = needs.language, found.page
    label = text("list_page", language, page=page, pages=found.pages)
    before = e("a", text("list_previous", language), href=finder(needs, page=page - 1), class_="button", rel="prev")
    after = e("a", text("list_next", language), href=finder(needs, page=page + 1), class_="button", rel="next")
    return e(
        "nav",
        before if page > 1 else None,
        e("span", label),
        after if page < found.pages else None,
        class_="pager",
        aria_label=label,
    )


def _tray(found: Finder, needs: Needs) -> Html:
    """The shortlist, the comparison and the dossier, always in view."""
    language, starred = needs.language, [site for site in needs.shortlist if site in found.rows]
    here = {site.site_id for site in found.sites}
    elsewhere = [site for site in needs.compared if site not in here and site in found.rows]
    compare = e(
        "button",
        text("finder_compare", language, n=MAX_COMPARED),
        form=FORM,
        formaction="/sites/comparer",
        class_="button button-strong",
        data_compare=True,
    )
    kept = [e("input", type="hidden", name="sites", value=site, form=FORM) for site in elsewhere]
    names = [e("li", _starred(site, found, needs)) for site in starred]
    links: list[Node] = []
    if starred:
        dossier = finder(needs, "/telecharger/dossier.zip")
        links.append(e("a", text("finder_dossier", language), href=dossier, class_="button", data_dossier=True))
    if len(starred) > 1:
        both = finder(needs, "/sites/comparer", compared=tuple(starred[:MAX_COMPARED]))
        links.append(e("a", text("finder_compare_shortlist", language), href=both, class_="button"))
    return e(
        "div",
        e("div", compare if found.sites else None, kept, links, class_="tray-actions"),
        e(
            "details",
            e("summary", text("finder_shortlist", language, n=len(starred))),
            e("ul", names),
            class_="tray-list",
            data_shortlist=",".join(starred),
        )
        if starred
        else e("p", text("finder_shortlist_empty", language), class_="tray-list", data_shortlist=""),
        class_="sites-tray",
    )


def _starred(site_id: str, found: Finder, needs: Needs) -> Node:
    name = found.rows[site_id]["site_nom"]
    label = text("finder_unstar", needs.language, name=name)
    off = e(
        "a", "✕", href=finder(needs.toggled(site_id), page=needs.page), aria_label=label, title=label, class_="unstar"
    )
    return [e("a", name, href=sheet(needs, site_id)), " ", off]
