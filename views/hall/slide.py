"""One scene as the hall reads it: headline, figures, sentence, chart, legend, source; nothing to click."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import html

import contract
from geodata.models.claim import Claim
from geodata.models.slide import ChartBar, Slide, SlideChart
from views.chiffres.words import announced
from views.hall.map import has_points
from views.hall.tiles import draw_tiles
from views.sheet.grammar import form_of
from views.text import day, month, number, text

_UNIT_INSIDE = ("eur", "pct")
_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?")


def fill(words: str, slide: Slide, language: str) -> str:
    """The words with each ``{id}`` of a shown figure written out; what is no figure of the scene stays as it is."""
    for claim in slide.claims:
        words = words.replace(f"{{{claim.claim_id}}}", announced(claim, language))
    return words


def draw_slide(slide: Slide, language: str) -> html.Section:
    """The scene without its map, which all scenes share (``views.hall.map``)."""
    return html.Section(
        [
            html.Div(
                [
                    html.H2(fill(slide.scene.headline.read(language), slide, language)),
                    draw_figures(slide, language),
                    html.P(fill(slide.scene.sentence.read(language), slide, language), className="slide-sentence"),
                    draw_legend(slide, language) if slide.scene.ground == "carte" else None,
                ],
                className="slide-words",
            ),
            html.Div(_body(slide, language), className="slide-body"),
            html.Footer(
                [
                    html.P(source_words(slide, language)),
                    html.P(f"{slide.number} / {slide.total}", className="slide-number"),
                ],
                className="slide-foot",
            ),
        ],
        className=_classes(slide),
        **{"data-scene": slide.scene.scene_id, "data-number": str(slide.number)},
    )


def _classes(slide: Slide) -> str:
    """What the style sheet needs to know: the ground, and what stands on it."""
    told = {"has-chart": slide.chart, "has-points": has_points(slide), "has-figures": slide.claims}
    return " ".join(["slide", f"is-{slide.scene.ground}", *(name for name, is_so in told.items() if is_so)])


def _body(slide: Slide, language: str) -> list[Any]:
    parts: list[Any] = []
    if slide.scene.ground == "tuiles":
        parts.append(draw_tiles(slide, language))
    if slide.chart:
        parts.append(draw_bars(slide, slide.chart, language))
    return parts


def draw_figures(slide: Slide, language: str) -> html.Ul | None:
    """The figures of the ledger, large, each with what it says, who said it and when."""
    if not slide.claims:
        return None
    return html.Ul([_figure(claim, language) for claim in slide.claims], className="slide-figures")


def _figure(claim: Claim, language: str) -> html.Li:
    value, unit = value_and_unit(claim, language)
    return html.Li(
        [
            html.Strong(value, className="slide-value"),
            html.Span(unit, className="slide-unit"),
            html.Span(said_words(claim, language), className="slide-said"),
        ],
        **{"data-chiffre": claim.claim_id},
    )


def said_words(claim: Claim, language: str) -> str:
    """Who said a figure, and when; a figure without a date says so, and one that nobody said was counted."""
    author = claim.author or (text("hall_counted", language) if claim.is_derived else None)
    said = ", ".join(part for part in (author, day(claim.date, language) if claim.date else None) if part)
    return said if claim.date else f"{said} ({text('hall_undated', language)})".strip()


def value_and_unit(claim: Claim, language: str) -> tuple[str, str]:
    """« 148 » and « territoires », so that the number can be larger; money and shares carry their unit."""
    if claim.unit in _UNIT_INSIDE:
        return announced(claim, language), ""
    return announced(replace(claim, unit=""), language), contract.label_of("unite", claim.unit, language)


def draw_legend(slide: Slide, language: str) -> html.Ul:
    """What the map shows, with counts; what it cannot show is counted too."""
    asked = slide.selection.layers
    rows = [kind for kind in ("territoires", "sites", "projets") if kind in asked]
    return html.Ul([_legend_row(slide, kind, language) for kind in rows], className="slide-legend")


def _legend_row(slide: Slide, kind: str, language: str) -> html.Li:
    """Glyph, count, words; the count leads the scene when no figure of the ledger does."""
    words = html.Span(
        [
            html.B(number(slide.counts[kind], language), className="slide-count"),
            f" {legend_words(slide, kind, language)}",
        ]
    )
    return html.Li([html.I(className=f"glyph is-{kind}"), words], className=f"legend-{kind}")


def legend_words(slide: Slide, kind: str, language: str) -> str:
    """« sites documentés (dont 1 non localisé) », to stand after the number of objects."""
    lost = slide.unlocated[kind]
    words = text(f"hall_legend_{kind}_{form_of(slide.counts[kind], language)}", language)
    if not lost:
        return words
    unlocated = text(f"hall_unlocated_{form_of(lost, language)}", language, n=number(lost, language))
    return f"{words} {unlocated}"


def draw_bars(slide: Slide, chart: SlideChart, language: str) -> html.Div:
    """Horizontal bars, a line each; a chosen region stands out; what did not fit is said."""
    most = max((bar.whole or bar.value or 0 for bar in chart.bars), default=0)
    chosen = slide.selection.values_of("region") if chart.kind == "mesure" else ()
    rows = [_bar(chart.kind, bar, most, bar.code in chosen, language) for bar in chart.bars]
    title = html.P(text(f"hall_chart_{chart.kind}", language), className="slide-chart-title")
    if not rows:
        return html.Div([title, html.P(chart_note(chart, language), className="slide-none")], className="slide-chart")
    return html.Div(
        [
            title,
            html.Ol(rows, className=f"bars is-{chart.kind}"),
            html.P(chart_note(chart, language), className="slide-note"),
        ],
        className="slide-chart",
    )


def _bar(kind: str, bar: ChartBar, most: float, is_chosen: bool, language: str) -> html.Li:
    share = 0 if not most or bar.value is None else bar.value / most
    whole = 0 if not most or bar.whole is None else bar.whole / most
    style: dict[str, Any] = {"--share": f"{share:.4f}", "--whole": f"{whole:.4f}"}
    return html.Li(
        [
            html.Span(bar_name(kind, bar, language), className="bar-name"),
            html.Span(className="bar-line", style=style),
            html.Span(bar_value(bar, language), className="bar-value"),
        ],
        className="is-chosen" if is_chosen else None,
    )


def bar_name(kind: str, bar: ChartBar, language: str) -> str:
    if kind == "sites":
        return contract.label_of("vague", bar.code, language)
    return month(bar.code, language) if kind in ("mois", "barometre") else bar.name


def bar_value(bar: ChartBar, language: str) -> str:
    if bar.whole is not None:
        return text(
            "chart_sites_bar", language, documented=number(bar.value, language), announced=number(bar.whole, language)
        )
    return number(bar.value, language)


def chart_note(chart: SlideChart, language: str) -> str:
    """What the bars do not show: how many were left out, the median, the total; that there is none to show."""
    if not chart.bars:
        return text("hall_chart_empty", language)
    parts = []
    if chart.left_out:
        parts.append(text(f"hall_left_out_{form_of(chart.left_out, language)}", language, n=chart.left_out))
    if chart.median is not None:
        parts.append(text("chart_median", language, n=number(chart.median, language, 1)))
    if chart.total is not None:
        parts.append(text("hall_total", language, n=number(chart.total, language)))
    return " · ".join(parts)


def source_words(slide: Slide, language: str) -> str:
    """« Sources : producer, date » of each, then the publication: what a slide must say wherever it is shown."""
    named = [_named(entry, slide.selection.millesime, language) for entry in slide.sources.values()]
    date = (
        f"{text('hall_as_of', language, date=day(slide.selection.date, language))} · " if slide.selection.date else ""
    )
    said = "\u00a0· ".join(dict.fromkeys(named))
    return f"{date}{text('hall_sources', language)} {said}\u00a0· {_kept(f'Atlas Industrie {slide.publication[:12]}')}"


def _kept(words: str) -> str:
    """The words on one line."""
    return words.replace(" ", "\u00a0")


def _named(entry: Mapping[str, Any], millesime: str, language: str) -> str:
    """Who published a source, and when if the source says so; else what time its data are of."""
    producer, date = str(entry["producer"]), entry["date_published"]
    when = day(date, language) if date else _time_of(entry, millesime, language)
    return f"{producer}, {_kept(when)}" if when else producer


def _time_of(entry: Mapping[str, Any], millesime: str, language: str) -> str:
    """« juillet 2024 », « janvier 2020 – avril 2024 »; nothing for a document, whose figures have their own dates."""
    if entry["kind"] == "document":
        return ""
    written = str(entry["millesime"] or "")
    if millesime in written.split(", "):
        return month(millesime, language)
    ends = written.split(" à ")
    if len(ends) > 2 or not all(_YEAR_OR_MONTH.fullmatch(end) for end in ends):
        return ""
    return " – ".join(month(end, language) if "-" in end else end for end in ends)
