"""The HTML document around the app: language, title, preloads, the prerendered page and the browser's configuration."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from state import Selection
from views.markup import to_html
from views.text import text

_STYLES = ("tokens", "shell", "layout", "components", "panels", "sheets", "charts", "frozen", "share")
_APP_STYLES = ("map", "map-over", "phone")
_LAST_STYLES = ("print",)
SHARE, EMBED = "share.mjs", "embed.mjs"
ADD_VIEW = "../add-view.mjs"
"""In ``assets/js``, beside what Carte loads: there ``main.mjs`` asks for it once the map is drawn."""

_PRELOADED_DATA = ("carte-objets", "regions-apercu", "fond")

ORIGIN = "https://atlas.invalid"
"""Stands in a document for the scheme and the host of whoever asks: a document is kept for all of them."""

_TEMPLATE = """<!DOCTYPE html>
<html lang="{language}"{picture}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="atlas-publication" content="{publication}">
<title>{title}</title>
<meta name="description" content="{description}">
<link rel="icon" href="{assets}icon.svg" type="image/svg+xml">
{alternates}
<link rel="alternate" type="application/atom+xml" title="{feed_title}" href="/changements.atom{feed_query}">
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
{config}
<script src="{assets}js/clientside.js"></script>
<script type="module" async src="{assets}js/main.mjs"></script>
{app_entry}
<template id="dash-parts">{dash_config}{scripts}{renderer}</template>"""

_REGENERATOR = "vendor/regenerator-runtime-0.14.1/runtime.js"


@dataclass(frozen=True)
class Head:
    """What the head of a document says: ``path`` and ``language``, the title without the name of the atlas.

    An embedded page stands in the frame of another site: its links open outside of it.

    ``styles`` are the page's own style sheets, by name; the app has those of the map. ``picture`` is the address of
    what stands in the map's place until it is painted; without one it is the bare shape of the mainland.
    ``publication`` is what the document is made of: its scripts ask for that one and take no other.
    """

    path: str
    language: str
    title: str
    description: str = ""
    styles: tuple[str, ...] = ()
    is_app: bool = False
    is_embedded: bool = False
    picture: str = ""
    publication: str = ""


def render_document(head: Head, page: Any, assets: str, preloads: str = "", body: str = "") -> str:
    """The whole document of one page.

    Args:
        page: the components of the page, drawn at once.
        assets: the hashed address of the assets folder, with a final slash.
        preloads, body: what ``render_app`` gives for the app; ``render_scripts`` for another page.
    """
    language = head.language
    styles = (*_STYLES, *(_APP_STYLES if head.is_app else ("document",)), *head.styles, *_LAST_STYLES)
    styles += ("embed",) if head.is_embedded else ()
    return _TEMPLATE.format(
        language=language,
        publication=escape(head.publication),
        title=escape(f"{head.title} · {text('app_name', language)}"),
        description=escape(head.description or text("app_description", language)),
        assets=assets,
        picture=(f' style="--picture:url({head.picture})"' if head.picture else "")
        + (' data-embed="true"' if head.is_embedded else ""),
        feed_title=escape(text("changements_feed_title", language)),
        feed_query="?lang=en" if language == "en" else "",
        alternates="\n".join(_alternate(head.path, other) for other in ("fr", "en")),
        styles="\n".join(f'<link rel="stylesheet" href="{assets}css/{name}.css">' for name in styles),
        preloads=f'<base target="_blank">\n{preloads}' if head.is_embedded else preloads,
        page=to_html(page),
        app=body,
    )


def render_scripts(
    modules: Sequence[str], data: Mapping[str, Any] | None, config: Mapping[str, Any] | None, assets: str
) -> str:
    """The end of a page to read: what its modules are told, then the modules. Empty for a page without script."""
    parts = [_json(data, "page-data")] if data is not None else []
    parts += [_json(config, "atlas-config")] if config is not None else []
    parts += [f'<script type="module" src="{assets}js/pages/{name}"></script>' for name in modules]
    return "\n".join(parts)


def _json(value: Mapping[str, Any], name: str) -> str:
    """A JSON island: nothing in it can end the element."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{written}</script>'


def render_app(
    selection: Selection,
    assets: str,
    picture: str,
    modules: Sequence[str],
    config: Mapping[str, Any],
    dash_parts: Mapping[str, str],
) -> tuple[str, str]:
    """What turns the Carte page into the app: the preloads of its head and the end of its body.

    Args:
        selection: its millesime says which territoires to fetch first.
        assets: the hashed address of the assets folder, with a final slash.
        picture: the address of what stands in the map's place, if there is one.
        modules: the addresses of the browser modules of the first map.
        config: what the browser's modules need: data addresses, facets, messages.
        dash_parts: ``app_entry, config, scripts, renderer`` from Dash.
    """
    # Dash puts these in every page: its old table (we draw none), and 36 kB for browsers without modules, which cannot
    # show the atlas anyway; of these its components need one part.
    scripts = re.sub(r'<script src="[^"]*/dash_table/[^"]*"></script>\s*', "", dash_parts["scripts"])
    scripts = re.sub(r'src="[^"]*/deps/polyfill[^"]*"', f'src="{assets}{_REGENERATOR}"', scripts)
    data = config["data"]
    preloads = [f'<link rel="modulepreload" href="{address}"{_when_wanted(address)}>' for address in modules]
    if selection.view == "carte":
        first_picture = picture or f"{assets}france.svg"
        link = f'<link rel="preload" href="{first_picture}" as="image" fetchpriority="high" media="(min-width: 761px)">'
        preloads.insert(0, link)
    first = (*_PRELOADED_DATA, f"territoires-{selection.millesime}-apercu") if selection.view == "carte" else ()
    preloads += [f'<link rel="preload" href="{data[name]}" as="fetch" crossorigin>' for name in first if name in data]
    body = _APP.format(
        noscript=escape(text("app_noscript", selection.language)),
        config=_json(config, "atlas-config"),
        assets=assets,
        app_entry=dash_parts["app_entry"],
        dash_config=dash_parts["config"],
        scripts=scripts,
        renderer=dash_parts["renderer"],
    )
    return "\n".join(preloads), body


def _alternate(path: str, language: str) -> str:
    query = "?lang=en" if language == "en" else ""
    return f'<link rel="alternate" hreflang="{language}" href="{ORIGIN}{escape(path)}{query}">'


def _when_wanted(address: str) -> str:
    """The map's own modules are for wide screens: a phone shows the list first and loads the map when asked."""
    return ' media="(min-width: 761px)"' if "/vendor/" in address or "/js/map/" in address else ""
