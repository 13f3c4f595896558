"""The editor of a presentation that the browser keeps: the form of one scene, as templates that its module fills."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

import contract
from state.scene import CHARTS, GROUNDS, MAX_CLAIMS, MAX_TEXT
from views.elements import Html, as_component, e
from views.hall.address import PATH, PLACES
from views.text import text

_WORDS = (
    *("up", "down", "duplicate", "delete", "select", "saved", "full", "absent", "faults_none", "faults_one"),
    *("faults_other", "failed", "remove", "untitled", "moved", "deleted", "undo"),
)


def draw_editor(frames: Mapping[str, str], claims: Sequence[tuple[str, str]], language: str) -> html.Div:
    """The page; without script it says that it needs some, for the presentation is in the browser.

    Args:
        frames: the name of each place that a list offers, by what the field holds (``region:32``).
        claims: id and statement of each figure of the ledger, in its order.
    """
    return html.Div(
        [
            html.H1(text("presentation_edit_title", language)),
            as_component(e("noscript", e("p", text("presentation_noscript", language)))),
            as_component(_bar(language), id="editor-bar", className="editor-bar", hidden=True),
            html.Div(id="editor-said", role="status"),
            html.Div(
                [
                    html.Section(
                        [html.H2(text("editor_scenes", language)), html.Ol(id="editor-list"), _add(language)],
                        className="editor-scenes",
                    ),
                    as_component(_form(frames, claims, language), className="editor-scene"),
                    as_component(_preview(language), className="editor-preview"),
                ],
                id="editor",
                className="editor",
                hidden=True,
                **{f"data-{word.replace('_', '-')}": text(f"editor_{word}", language, **PLACES) for word in _WORDS},
            ),
            html.P(html.A(text("presentation_back", language), href=_home(language))),
        ],
        className="page is-wide presentation",
    )


def _home(language: str) -> str:
    return f"{PATH}?lang=en#miennes" if language == "en" else f"{PATH}#miennes"


def _add(language: str) -> html.Button:
    return html.Button(text("editor_add", language), className="button", **{"data-act": "add"})


def _bar(language: str) -> Html:
    """The presentation's own title, and what to do with the whole."""
    plays = [
        e("a", text(f"presentation_{mode}", language), class_="button", data_play=mode, href=PATH)
        for mode in ("salle", "console", "kiosk")
    ]
    return e(
        "div",
        e(
            "div",
            [_field(f"titre.{code}", "editor_title", language, code, MAX_TEXT["titre"]) for code in contract.LANGUAGES],
            class_="editor-pair",
        ),
        e(
            "p",
            plays,
            e("button", text("presentation_word_save", language), type="button", class_="button", data_act="save"),
            class_="presentation-plays",
        ),
    )


def _form(frames: Mapping[str, str], claims: Sequence[tuple[str, str]], language: str) -> Html:
    return e(
        "form",
        e("h2", text("editor_scene", language)),
        _pair("titre", "editor_headline", language),
        _pair("phrase", "editor_sentence", language, is_long=True),
        _pair("notes", "editor_notes", language, is_long=True),
        _view(language),
        e(
            "div",
            _place(frames, language),
            _choice("fond", "editor_ground", GROUNDS, "editor_ground_", language),
            _choice("graphique", "editor_chart", CHARTS, "editor_chart_", language),
            class_="editor-trio",
        ),
        _claims(claims, language),
        _field("id", "editor_id", language, None, 40, hint="editor_id_hint"),
        id="editor-form",
        novalidate=True,
        autocomplete="off",
    )


def _pair(name: str, label: str, language: str, *, is_long: bool = False) -> Html:
    """The same words in both languages, side by side."""
    fields = [
        _field(f"{name}.{code}", label, language, code, MAX_TEXT[name], is_long=is_long) for code in contract.LANGUAGES
    ]
    return e("div", fields, class_="editor-pair")


def _field(
    name: str, label: str, language: str, code: str | None, most: int, *, is_long: bool = False, hint: str = ""
) -> Html:
    """One labelled field with the place of its fault; ``data_field`` is its place in the file."""
    ident = f"champ-{'presentation-' if label == 'editor_title' else ''}{name.replace('.', '-')}"
    said = text(label, language) + (f" · {text(f'editor_in_{code}', language)}" if code else "")
    attributes: dict[str, Any] = {
        "id": ident,
        "data_field": name,
        "lang": code,
        "maxlength": most,
        "aria_describedby": f"{ident}-faute" + (f" {ident}-aide" if hint else ""),
    }
    field = e("textarea", rows=5 if name.startswith("notes") else 2, **attributes)
    if not is_long:
        field = e("input", type="text", **attributes)
    return _labelled(ident, said, field, text(hint, language) if hint else "")


def _labelled(ident: str, said: str, field: Html, hint: str = "") -> Html:
    return e(
        "div",
        e("label", said, for_=ident),
        field,
        e("p", hint, class_="editor-hint", id=f"{ident}-aide") if hint else None,
        e("p", class_="editor-fault", id=f"{ident}-faute"),
        class_="editor-field",
    )


def _view(language: str) -> Html:
    field = e(
        "input", type="text", id="champ-vue", data_field="vue", maxlength=2000,
        aria_describedby="champ-vue-faute champ-vue-aide", spellcheck="false",
    )  # fmt: skip
    link = e("a", text("editor_view_open", language), id="champ-vue-lien", href="/", target="atlas-vue")
    return e(
        "div",
        _labelled("champ-vue", text("editor_view", language), field, text("editor_view_hint", language)),
        e("p", link),
        class_="editor-view",
    )


def _place(frames: Mapping[str, str], language: str) -> Html:
    options = [e("option", nom, value=frame) for frame, nom in frames.items()]
    field = e(
        "input", type="text", id="champ-cadre", data_field="cadre", list="cadres", maxlength=100,
        aria_describedby="champ-cadre-faute champ-cadre-aide", spellcheck="false",
    )  # fmt: skip
    choices = e("datalist", e("option", "France", value="france"), options, id="cadres")
    labelled = _labelled("champ-cadre", text("editor_frame", language), field, text("editor_frame_hint", language))
    return e("div", labelled, choices)


def _choice(name: str, label: str, codes: Sequence[str], prefix: str, language: str) -> Html:
    options = [e("option", text(f"{prefix}{code or 'none'}", language), value=code) for code in codes]
    ident = f"champ-{name}"
    field = e("select", options, id=ident, data_field=name, aria_describedby=f"{ident}-faute")
    return _labelled(ident, text(label, language), field)


def _claims(claims: Sequence[tuple[str, str]], language: str) -> Html:
    """Figures by id or by words: the list offers the ledger's statements."""
    options = [e("option", statement, value=claim_id) for claim_id, statement in claims]
    ident = "champ-chiffres"
    return e(
        "fieldset",
        e("legend", text("editor_claims", language, most=MAX_CLAIMS)),
        e("ul", id="editor-claims", class_="editor-claims"),
        e(
            "div",
            e("label", text("editor_claim_add", language), for_=ident),
            e(
                "input", type="text", id=ident, list="registre", spellcheck="false",
                aria_describedby=f"{ident}-faute {ident}-aide",
            ),
            e("button", text("editor_claim_button", language), type="button", class_="button", data_act="claim"),
            class_="editor-claim",
        ),
        e("p", text("editor_claims_hint", language), class_="editor-hint", id=f"{ident}-aide"),
        e("p", class_="editor-fault", id=f"{ident}-faute"),
        e("datalist", options, id="registre"),
        data_most=MAX_CLAIMS,
    )  # fmt: skip


def _preview(language: str) -> Html:
    return e(
        "div",
        e("h2", text("editor_preview", language)),
        e("iframe", title=text("editor_preview", language), tabindex="-1", id="editor-frame"),
        e("p", text("editor_preview_hint", language), class_="source"),
        e("h2", text("editor_check", language)),
        e("div", id="editor-faults", role="status"),
    )
