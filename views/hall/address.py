"""Addresses of the presentations: ``/presentation?mode=…&p=…``; ``p=moi-…`` is one that only the browser holds."""

import re
from types import MappingProxyType
from urllib.parse import quote, urlencode

PATH = "/presentation"
REMOTE = "/telecommande"
RELAY = "/presentation/relais"
PLACES = MappingProxyType({name: f"{{{name}}}" for name in ("n", "of", "at", "title", "id")})
"""Placeholders left in words that a browser module fills."""

_MINE = re.compile(r"moi-[a-z0-9]{1,40}")


def is_mine(name: str) -> bool:
    """The presentation is kept in the visitor's browser: the server never sees its name in a file or a cache key."""
    return _MINE.fullmatch(name) is not None


def hall_address(name: str, language: str, **more: str) -> str:
    """The address of the hall of one presentation."""
    return address("salle", name, language, **more)


def address(mode: str, name: str, language: str, **more: str) -> str:
    """The address of one presentation in a mode: ``salle``, ``console`` or ``kiosk``."""
    return f"{PATH}?{urlencode({'mode': mode, 'p': name, 'lang': language, **more})}"


def download(name: str, ending: str, language: str) -> str:
    """A shipped presentation as a file: ``pdf``, ``pptx``, ``png.zip``, ``html``, ``yml``, ``valise``."""
    folder = "/telecharger/presentation/"
    file = f"{quote(name)}-valise.zip" if ending == "valise" else f"{quote(name)}.{ending}"
    return f"{folder}{file}?lang={language}"
