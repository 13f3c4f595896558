"""The HTML document around the app: language, title, preloads, the prerendered page and the browser's configuration."""

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from layouts.prerender import to_html
from state import Selection
from views.text import text

_STYLES = ("tokens", "layout", "components", "panels", "sheets", "map", "map-over", "charts", "sources", "phone", "print")
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
<script src="{assets}js/clientside.js"></script>
</head>
<body>
<script type="application/json" id="atlas-config">{config}</script>
<div id="boot">{boot}</div>
<script type="module" async src="{assets}js/main.mjs"></script>
<noscript><p>{noscript} <a href="/telecharger/projets.csv">CSV</a></p></noscript>
{app_entry}
<template id="dash-parts">{dash_config}{scripts}{renderer}</template>
</body>
</html>"""


def render_index(
    path: str,
    selection: Selection,
    page: Any,
    assets: str,
    modules: tuple[str, ...],
    config: Mapping[str, Any],
    dash_parts: Mapping[str, str],
) -> str:
    """The whole document.

    Args:
        page: the components of the page, drawn at once inside ``#boot``.
        assets: the hashed address of the assets folder, with a final slash.
        modules: the addresses of the browser modules of the first map, preloaded.
        config: what the browser's modules need: data addresses, facets, messages.
        dash_parts: ``app_entry, config, scripts, renderer`` from Dash.
    """
    language = selection.language
    title_key = "title_sources" if path == "/sources" else "title_carte"
    data = config["data"]
    preloads = [f'<link rel="modulepreload" href="{address}">' for address in modules]
    first = (*_PRELOADED_DATA, f"territoires-{selection.millesime}-apercu") if path == "/" else ()
    preloads += [f'<link rel="preload" href="{data[name]}" as="fetch" crossorigin>' for name in first if name in data]
    # Dash starts once the map is painted (js/clientside.js puts the template's scripts in the page): fetched meanwhile.
    preloads += [
        f'<link rel="prefetch" href="{address}" as="script">'
        for address in re.findall(r'src="([^"]+)"', dash_parts["scripts"])
    ]
    return _TEMPLATE.format(
        language=language,
        title=f"{text(title_key, language)} · {text('app_name', language)}",
        description=escape(text("app_description", language)),
        assets=assets,
        alternates="\n".join(_alternate(path, selection, other) for other in ("fr", "en")),
        styles="\n".join(f'<link rel="stylesheet" href="{assets}css/{name}.css">' for name in _STYLES),
        preloads="\n".join(preloads),
        boot=to_html(page),
        noscript=escape(text("app_noscript", language)),
        config=json.dumps(config, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        app_entry=dash_parts["app_entry"],
        dash_config=dash_parts["config"],
        scripts=dash_parts["scripts"],
        renderer=dash_parts["renderer"],
    )


def _alternate(path: str, selection: Selection, language: str) -> str:
    query = "?lang=en" if language == "en" else ""
    return f'<link rel="alternate" hreflang="{language}" href="{path}{query}">'
