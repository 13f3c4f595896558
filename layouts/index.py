"""The HTML document around the app: language, title, preloads, the prerendered page and the browser's configuration."""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from state import Selection
from views.markup import to_html
from views.text import text

_STYLES = (
    "tokens",
    "layout",
    "components",
    "panels",
    "sheets",
    "map",
    "map-over",
    "charts",
    "sources",
    "phone",
    "print",
)
_TITLES = {"/": "title_carte", "/sources": "title_sources"}
_PRELOADED_DATA = ("carte-objets", "regions-apercu", "fond")

_TEMPLATE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{description}">
<link rel="icon" href="{assets}icon.svg" type="image/svg+xml">
{alternates}
{styles}
<link rel="preload" href="{assets}fonts/public-sans-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
{preloads}
</head>
<body>
<div id="boot">{page}</div>
{app}
</body>
</html>"""

_APP = """<noscript><p>{noscript} <a href="/telecharger/projets.csv">CSV</a></p></noscript>
<script type="application/json" id="atlas-config">{config}</script>
<script src="{assets}js/clientside.js"></script>
<script type="module" async src="{assets}js/main.mjs"></script>
{app_entry}
<template id="dash-parts">{dash_config}{scripts}{renderer}</template>"""


def render_document(path: str, selection: Selection, page: Any, assets: str, preloads: str = "", app: str = "") -> str:
    """The whole document of one page; without ``app`` it is a page to read, complete without a line of script.

    Args:
        page: the components of the page, drawn at once.
        assets: the hashed address of the assets folder, with a final slash.
        preloads, app: what ``render_app`` gives.
    """
    language = selection.language
    title_key = _TITLES.get(path, "page_unknown_title")
    return _TEMPLATE.format(
        language=language,
        title=f"{text(title_key, language)} · {text('app_name', language)}",
        description=escape(text("app_description", language)),
        assets=assets,
        alternates="\n".join(_alternate(path, other) for other in ("fr", "en")),
        styles="\n".join(f'<link rel="stylesheet" href="{assets}css/{name}.css">' for name in _STYLES),
        preloads=preloads,
        page=to_html(page),
        app=app,
    )


def render_app(
    selection: Selection, assets: str, modules: Sequence[str], config: Mapping[str, Any], dash_parts: Mapping[str, str]
) -> tuple[str, str]:
    """What turns the Carte page into the app: the preloads of its head and the end of its body.

    Args:
        selection: its millesime says which territoires to fetch first.
        assets: the hashed address of the assets folder, with a final slash.
        modules: the addresses of the browser modules of the first map.
        config: what the browser's modules need: data addresses, facets, messages.
        dash_parts: ``app_entry, config, scripts, renderer`` from Dash.
    """
    # Dash puts its old table's script in every page; we draw none.
    scripts = re.sub(r'<script src="[^"]*/dash_table/[^"]*"></script>\s*', "", dash_parts["scripts"])
    data = config["data"]
    preloads = [f'<link rel="modulepreload" href="{address}"{_when_wanted(address)}>' for address in modules]
    if selection.view == "carte":
        preloads.insert(0, f'<link rel="preload" href="{assets}france.svg" as="image" media="(min-width: 761px)">')
    first = (*_PRELOADED_DATA, f"territoires-{selection.millesime}-apercu") if selection.view == "carte" else ()
    preloads += [f'<link rel="preload" href="{data[name]}" as="fetch" crossorigin>' for name in first if name in data]
    body = _APP.format(
        noscript=escape(text("app_noscript", selection.language)),
        config=json.dumps(config, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        assets=assets,
        app_entry=dash_parts["app_entry"],
        dash_config=dash_parts["config"],
        scripts=scripts,
        renderer=dash_parts["renderer"],
    )
    return "\n".join(preloads), body


def _alternate(path: str, language: str) -> str:
    query = "?lang=en" if language == "en" else ""
    return f'<link rel="alternate" hreflang="{language}" href="{escape(path)}{query}">'


def _when_wanted(address: str) -> str:
    """The map's own modules are for wide screens: a phone shows the list first and loads the map when asked."""
    return ' media="(min-width: 761px)"' if "/vendor/" in address or "/js/map/" in address else ""
