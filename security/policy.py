"""The Content-Security-Policy of each kind of answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

SELF = "'self'"
NONE = "'none'"

# What a browser never shows or runs by itself: nothing of it may load anything, whatever a browser takes it for.
_PASSIVE = (
    *("font/", "image/png", "text/css", "text/csv", "text/calendar", "application/json", "application/geo+json"),
    *("application/zip", "application/vnd.", "application/yaml", "message/rfc822", "application/octet-stream"),
)
_PDF = "application/pdf"
_SCRIPTS = ("text/javascript", "application/javascript")

Rules = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Policies:
    """The policies of one atlas.

    Attributes:
        script_hashes: of the one inline script, Dash's start, quoted as the policy wants them.
        tiles_url: the optional base map; empty when it is not offered: no third party is then named at all.
        embedded_by: origins that may frame a page with ``embed=1``; none: only the atlas itself.
    """

    script_hashes: tuple[str, ...] = ()
    tiles_url: str = ""
    embedded_by: tuple[str, ...] = ()

    def of(self, content_type: str, is_embedded: bool = False) -> str:
        """The policy for an answer of that type."""
        if content_type.startswith(_PASSIVE):
            return _written({"default-src": (NONE,), "frame-ancestors": (NONE,)})
        if content_type == _PDF:  # the browser's own viewer is what runs, and some obey the file's policy
            return _written({"base-uri": (NONE,), "frame-ancestors": (SELF,)})
        if content_type.startswith(_SCRIPTS):
            return _written(self._script())
        return _written(self._document(is_embedded))

    def _script(self) -> Rules:
        """A worker obeys the policy of its own file: it may import ours and fetch, no more."""
        return {"default-src": (NONE,), "script-src": (SELF,), "connect-src": (SELF, *self._tiles())}

    def _document(self, is_embedded: bool) -> Rules:
        framed_by = self.embedded_by if is_embedded else ()
        return {
            "default-src": (NONE,),
            "script-src": (SELF, *self.script_hashes),
            # Bars, swatches and the shapes of a picture are style attributes, and Dash and MapLibre write styles too.
            "style-src": (SELF, "'unsafe-inline'"),
            "img-src": (SELF, "data:", "blob:", *self._tiles()),
            "font-src": (SELF,),
            "connect-src": (SELF, *self._tiles()),
            "worker-src": (SELF, "blob:"),
            "frame-src": (SELF,),
            "manifest-src": (SELF,),
            "object-src": (NONE,),
            "base-uri": (NONE,),
            "form-action": (SELF,),
            "frame-ancestors": (SELF, *framed_by),
        }

    def _tiles(self) -> tuple[str, ...]:
        parts = urlsplit(self.tiles_url)
        return (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()


def _written(rules: Rules) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())
