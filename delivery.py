"""Static delivery: assets and published files at addresses that hold their hash, compressed once, cached for a year.

The compressed copies live in a cache folder and are named after their content, so a new publication or a new style
sheet makes new addresses and never a stale answer. It knows no page and no data value.
"""

import hashlib
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from geodata.repository import Tables

_FIRST_MODULE = "js/main.mjs"
_IMPORTED = re.compile(r"""\bfrom\s*['"](\.[^'"]+)['"]|\bimport\(?\s*['"](\.[^'"]+)['"]""")
_NO_PICTURE: Mapping[str, "Made"] = MappingProxyType({})
_HEAD = 20_000  # characters: a minified module has its imports at the head, ours are shorter than that
_COMPRESSIBLE = {".js", ".mjs", ".css", ".json", ".svg", ".geojson", ".txt", ".md"}
# Sizes up to which Brotli and gzip work that hard: above, the next step costs seconds for a few per cent.
_LEVELS = ((1_300_000, (11, 9)), (32_000_000, (9, 6)), (float("inf"), (5, 4)))
_GZIP = zlib.MAX_WBITS | 16  # with a gzip head, whose date is 0
_PIECE = 1 << 22
_BROWSER_SUFFIXES = (".geojson", ".json")


@dataclass(frozen=True)
class Made:
    """A static file that the atlas draws itself: ``make`` gives its bytes, ``key`` says when they must be made anew."""

    key: str
    suffix: str
    make: Callable[[], bytes]


class Delivery:
    """Where the browser finds each static file.

    Attributes:
        assets: the address of the assets folder, with a final slash.
        data: the address of each published GeoJSON or JSON file by its stem (``regions-apercu``).
        pictures: the address of each picture that the atlas draws itself, by name.
        modules: the addresses of the browser modules that Carte needs, to be preloaded.
    """

    def __init__(
        self, assets_folder: Path, tables: Tables, cache_folder: Path, pictures: Mapping[str, Made] = _NO_PICTURE
    ) -> None:
        self.assets_folder = assets_folder
        self.assets = f"/assets/{_folder_hash(assets_folder)}/"
        published = [name for name in tables.manifest.files if name.endswith(_BROWSER_SUFFIXES)]
        paths = {name: tables.path_of(name) for name in published}
        hashes = {name: str(tables.manifest.files[name]["sha256"])[:12] for name in published}
        self.data = {name.rpartition(".")[0]: f"/geodata/{_hashed(name, hashes[name])}" for name in published}
        self.modules = tuple(
            self.assets + str(path) for path in _reached_from(assets_folder / _FIRST_MODULE, assets_folder)
        )
        self._wanted = [(self.assets + str(path), assets_folder / path) for path in _files(assets_folder)]
        self._wanted += [(f"/geodata/{_hashed(name, hashes[name])}", path) for name, path in paths.items()]
        known = {paths[name]: hashes[name] for name in published}  # checked against the content by the repository
        keys = {name: hashlib.sha256(made.key.encode()).hexdigest()[:12] for name, made in pictures.items()}
        files = {name: f"{name}.{keys[name]}{made.suffix}" for name, made in pictures.items()}
        self.pictures = {name: f"/geodata/{file}" for name, file in files.items()}
        # Drawn once, beside the compressed copies that are made of them.
        self._drawn = {cache_folder / "drawn" / file: pictures[name] for name, file in files.items()}
        self._wanted += [(f"/geodata/{path.name}", path) for path in self._drawn]
        known |= {path: path.name.split(".")[1] for path in self._drawn}
        self._copies = {source: cache_folder / _content_name(source, known.get(source)) for _, source in self._wanted}

    @property
    def addresses(self) -> frozenset[str]:
        """Every address that holds a hash."""
        return frozenset(url for url, _ in self._wanted)

    def prepare(self) -> None:
        """Writes the compressed copies that are not there yet; a second call does nothing."""
        for path, made in self._drawn.items():
            if not path.exists() or not path.stat().st_size:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, [made.make()])
        missing = {copy: source for source, copy in self._copies.items() if not _is_whole(copy, source)}
        with ThreadPoolExecutor() as pool:
            list(pool.map(_compress, missing.values(), missing.keys()))

    def serve(self, server: Flask) -> None:
        """Puts the static files in front of the app: they never reach Dash."""
        noise = WhiteNoise(
            server.wsgi_app,
            immutable_file_test=lambda path, url: True,
            allow_all_origins=False,
            add_headers_function=_open_data,
        )
        for url, source in self._wanted:
            noise.add_file_to_dictionary(url, str(self._copies[source]))
        server.wsgi_app = noise  # type: ignore[method-assign]


def _open_data(headers: Headers, _: str, url: str) -> None:
    """The published data may be read by the pages of others; our style sheets and modules need not."""
    if url.startswith("/geodata/"):
        headers["Access-Control-Allow-Origin"] = "*"


def _content_name(source: Path, digest: str | None) -> str:
    """The name of the cached copy: its content's hash, so that one changed file costs one compression."""
    suffix = ".json" if source.suffix == ".geojson" else source.suffix
    return (digest or hashlib.sha256(source.read_bytes()).hexdigest()[:12]) + suffix


def _hashed(name: str, digest: str) -> str:
    """``regions.geojson`` → ``regions.<hash>.json``: a type that every proxy compresses."""
    return f"{name.rpartition('.')[0]}.{digest}.json"


def _reached_from(module: Path, folder: Path) -> list[Path]:
    """The module and all that it imports, as paths in ``folder``; a worker is fetched by the browser on its own."""
    seen: dict[Path, None] = {}
    waiting = [module]
    while waiting:
        current = waiting.pop()
        if current in seen or not current.is_file() or "worker" in current.name:
            continue
        seen[current] = None
        found = _IMPORTED.finditer(current.read_text(encoding="utf-8")[:_HEAD])
        waiting += [(current.parent / (match[1] or match[2])).resolve() for match in found]
    return sorted(path.relative_to(folder) for path in seen)


def _files(folder: Path) -> Iterable[Path]:
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if path.suffix not in (".br", ".gz")]


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(str(path).encode() + b"\0" + (folder / path).read_bytes())
    return digest.hexdigest()[:12]


def _compress(source: Path, target: Path) -> None:
    """Copies ``source`` and writes its .br and .gz beside; the plain file comes last, so that it proves the others."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in _COMPRESSIBLE:
        br, gz = next(levels for most, levels in _LEVELS if source.stat().st_size <= most)
        brotlied, gzipped = brotli.Compressor(quality=br), zlib.compressobj(gz, wbits=_GZIP)
        _write(target.with_name(target.name + ".br"), _squeezed(source, brotlied.process, brotlied.finish))
        _write(target.with_name(target.name + ".gz"), _squeezed(source, gzipped.compress, gzipped.flush))
    staged = target.with_name(f"{target.name}.{os.getpid()}.part")
    shutil.copyfile(source, staged)
    staged.replace(target)


def _squeezed(source: Path, process: Callable[[bytes], bytes], finish: Callable[[], bytes]) -> Iterator[bytes]:
    """A file through a compressor, a piece at a time: a large publication never lies whole in memory."""
    with source.open("rb") as file:
        while piece := file.read(_PIECE):
            yield process(piece)
    yield finish()


def _is_whole(copy: Path, source: Path) -> bool:
    """The copy and its compressed ones are there, none cut: a machine that lost power may leave an empty file."""
    if not copy.is_file() or copy.stat().st_size != source.stat().st_size:
        return False
    others = [copy.with_name(copy.name + suffix) for suffix in (".br", ".gz")] if source.suffix in _COMPRESSIBLE else []
    return all(other.is_file() and other.stat().st_size for other in others)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    staged = path.with_name(f"{path.name}.{os.getpid()}.part")
    with staged.open("wb") as file:
        file.writelines(pieces)
    staged.replace(path)
