"""What the standalone pages carry with them: style sheets, fonts, scripts; nothing is asked of any server."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_STYLES = ("tokens", "shell", "document", "hall", "print")
# Order of dependence: each is an ES module without any other import.
_MODULES = ("presentation/keys.mjs", "presentation/kiosk.mjs", "pages/hall.mjs")
_LEAFLET, _PLOTLY = "vendor/leaflet-1.9.4", "vendor/plotly-basic-4.1.1"
_HERE = Path(__file__).parent / "parts"
_URL = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)[\"']?\s*\)")
_IMPORT = re.compile(r"^import\s.*?;\s*$", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export\s+(?=const|let|function|class|async)", re.MULTILINE)
_FONT_TYPE = "font/woff2"


@dataclass(frozen=True)
class Kit:
    """Texts ready to be put between tags.

    Attributes:
        hall_css, hall_js: the hall's look with its fonts inside, and its modules as one classic script.
        fonts_css: the fonts alone, for the page of the map.
        parts: the skeletons of the pages and what is only theirs, by file name.
    """

    hall_css: str
    hall_js: str
    fonts_css: str
    leaflet_css: str
    leaflet_js: str
    plotly_js: str
    parts: Mapping[str, str]


@lru_cache(maxsize=1)
def read_kit(assets: Path) -> Kit:
    """Reads the assets of the atlas once."""
    sheets = [
        _inlined(assets / "css", (assets / "css" / f"{name}.css").read_text(encoding="utf-8")) for name in _STYLES
    ]
    fonts = re.findall(r"@font-face\s*{.*?}", sheets[0], re.DOTALL)
    scripts = [(assets / "js" / name).read_text(encoding="utf-8") for name in _MODULES]
    return Kit(
        hall_css=as_style("\n".join(sheets)),
        hall_js=as_script(classic(scripts)),
        fonts_css=as_style("\n".join(fonts[:2])),
        leaflet_css=as_style(_URL.sub("none", (assets / _LEAFLET / "leaflet.css").read_text(encoding="utf-8"))),
        leaflet_js=as_script((assets / _LEAFLET / "leaflet.js").read_text(encoding="utf-8")),
        plotly_js=as_script((assets / _PLOTLY / "plotly-basic.min.js").read_text(encoding="utf-8")),
        parts={path.name: path.read_text(encoding="utf-8") for path in sorted(_HERE.iterdir())},
    )


def classic(modules: Sequence[str]) -> str:
    """ES modules as one script: a page opened from a disk may not load modules."""
    body = "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)
    return f"(() => {{\n'use strict';\n{body}\n}})();"


def as_script(code: str) -> str:
    """The code without what would end its element."""
    return re.sub(r"</(?=script)", r"<\\/", code, flags=re.IGNORECASE)


def as_style(rules: str) -> str:
    return re.sub(r"</(?=style)", r"<\\/", rules, flags=re.IGNORECASE)


def _inlined(folder: Path, rules: str) -> str:
    """The style sheet with its files (fonts) inside."""
    return _URL.sub(lambda found: f"url({_data_url(folder / found[1])})", rules)


def _data_url(path: Path) -> str:
    return f"data:{_FONT_TYPE};base64,{base64.b64encode(path.read_bytes()).decode()}"
