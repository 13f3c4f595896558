"""The accessibility statement in the form of the RGAA: what was tested, how, what was not, what is known."""

from typing import Any

from dash import html

from views.text import day, text

STATED = "2026-11-25"
AXE = "4.14.1"
"""The version of axe-core in ``tests/browser/vendor``: a test holds the two together."""

_METHOD = "https://accessibilite.numerique.gouv.fr/methode/criteres-et-tests/"
_FORM = "https://formulaire.defenseurdesdroits.fr/"
_DELEGATES = "https://www.defenseurdesdroits.fr/carte-des-delegues"

# Each section: its anchor and title, its paragraphs, then its list.
_SECTIONS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("etat", ("etat_texte", "etat_pourquoi"), ()),
    ("resultats", ("resultats_texte",), ("resultats_axe", "resultats_clavier", "resultats_largeur", "resultats_noms")),
    ("absents", ("absents_texte",), ("absents_audit", "absents_lecteurs", "absents_navigateurs", "absents_fichiers")),
    (
        "contenus",
        ("contenus_texte",),
        ("contenus_carte", "contenus_graphiques", "contenus_salle", "contenus_langue", "contenus_documents"),
    ),
    ("derogations", ("derogations_texte",), ()),
    ("etablissement", ("etablissement_texte",), ()),
    ("technologies", (), ("techno_html", "techno_css", "techno_aria", "techno_js", "techno_svg", "techno_webgl")),
    ("environnement", ("environnement_texte", "environnement_outils"), ()),
    ("pages", ("pages_texte",), ()),
    ("contact", ("contact_texte", "contact_dire"), ()),
)


def draw_statement(language: str) -> html.Div:
    """The whole page."""
    values = {"axe": AXE, "day": day(STATED, language)}
    return html.Div(
        [
            html.H1(_say("titre", language)),
            html.P(_say("lead", language), className="lead"),
            *(_section(*section, values, language) for section in _SECTIONS),
            _remedies(language),
        ],
        className="page statement",
    )


def _section(
    anchor: str, paragraphs: tuple[str, ...], items: tuple[str, ...], values: dict[str, str], language: str
) -> html.Section:
    content: list[Any] = [html.H2(_say(f"{anchor}_titre", language), id=anchor)]
    content += [html.P(_say(key, language, **values)) for key in paragraphs]
    if anchor == "etat":
        content.append(html.P(html.A(_say("etat_methode", language), href=_METHOD, hrefLang="fr", rel="noopener")))
    if items:
        content.append(html.Ul([html.Li(_say(key, language, **values)) for key in items]))
    return html.Section(content)


def _remedies(language: str) -> html.Section:
    """What to do when nobody answers: the words of the official form."""
    form = html.A(_say("recours_formulaire", language), href=_FORM, hrefLang="fr", rel="noopener")
    delegates = html.A(_say("recours_delegue", language), href=_DELEGATES, hrefLang="fr", rel="noopener")
    post = [_say("recours_courrier", language), html.Br(), html.Span(_say("recours_adresse", "fr"), lang="fr")]
    return html.Section(
        [
            html.H2(_say("recours_titre", language), id="recours"),
            html.P(_say("recours_texte", language)),
            html.Ul([html.Li(form), html.Li(delegates), html.Li(post)]),
        ]
    )


def _say(key: str, language: str, **values: str) -> str:
    return text(f"access_{key}", language, **values)
