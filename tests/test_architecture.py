"""The law of the tree, read from the source: who may import whom, one door for each resource, sizes, no shared state.

There is no list of exceptions. When a rule is in the way, the rule changes, with a record in docs/decisions.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
DASH = {"dash"}
STDLIB = set(sys.stdlib_module_names)
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40


class Allowed(NamedTuple):
    """What a module may import besides the standard library and itself."""

    ours: set[str]
    others: set[str]


LAW = {
    "contract": Allowed(set(), set()),
    "ids": Allowed(set(), set()),
    "settings": Allowed(set(), {"pydantic", "pydantic_settings"}),
    "state": Allowed({"contract"}, set()),
    "headline": Allowed(set(), {"pandas"}),
    "imports": Allowed({"contract"}, {"openpyxl"}),
    "geodata": Allowed({"contract", "headline", "imports", "state"}, {"numpy", "pandas", "pyarrow"}),
    "relay": Allowed(set(), set()),
    "presentations": Allowed({"state"}, {"yaml"}),
    "views": Allowed(
        {"contract", "geodata.errors", "geodata.models", "ids", "imports", "state"},
        {"PIL", "babel", "pandas", "plotly", "segno", *DASH},
    ),
    "exports": Allowed(
        {"contract", "geodata.errors", "geodata.models", "views"},
        {
            *("folium", "geopandas", "matplotlib", "numpy", "openpyxl", "orjson", "pandas", "PIL", "pptx"),
            *("shapely", "typst"),
        },
    ),
    "press": Allowed({"contract", "exports", "geodata", "presentations", "settings", "state", "views"}, set()),
    "layouts": Allowed({"contract", "ids", "state", "views"}, DASH),
    "callbacks": Allowed(
        {"contract", "exports", "geodata", "ids", "presentations", "press", "state", "views"},
        {"flask", "flask_caching", "orjson", "redis", *DASH},
    ),
    "delivery": Allowed({"geodata"}, {"brotli", "flask", "whitenoise"}),
    "pages": Allowed(
        {
            "contract",
            "delivery",
            "geodata",
            "ids",
            "imports",
            "layouts",
            "presentations",
            "relay",
            "settings",
            "state",
            "views",
        },
        {"flask", "werkzeug", *DASH},
    ),
    "app": Allowed(
        {
            "callbacks",
            "contract",
            "delivery",
            "geodata",
            "ids",
            "layouts",
            "pages",
            "security",
            "serving",
            "settings",
            "state",
            "views",
        },
        {"flask", "flask_compress", "werkzeug", *DASH},
    ),
    "etl": Allowed(
        {"contract", "headline", "imports"},
        {
            *("geopandas", "httpx", "numpy", "openpyxl", "orjson", "pandas", "pandera", "pyarrow", "pyproj"),
            *("dask", "dask_geopandas", "distributed", "rich", "shapely", "tenacity", "yaml"),
        },
    ),
    "security": Allowed({"settings", "state", "views"}, {"flask", "werkzeug", *DASH}),
    "serving": Allowed({"geodata", "settings"}, {"prometheus_client", "werkzeug"}),
    "deploy": Allowed({"serving", "settings"}, {"prometheus_client"}),
}

APP = tuple(part for part in LAW if part not in ("etl", "deploy"))

# Calls and modules that belong behind one door: what gives them away → the files that may.
DOORS = {
    "the environment": ({"os.environ", "os.getenv"}, ("settings.py", "etl/settings.py")),
    "the cache library": ({"flask_caching", "cachelib", "redis"}, ("callbacks/cache.py",)),
    "the relay's file": ({"sqlite3.connect"}, ("relay/store.py",)),
    "the network": (
        {"httpx", "requests", "socket", "urllib.request", "http.client"},
        ("etl/fetch.py", "etl/fetch_*.py", "geodata/remote.py"),
    ),
    "the published files, read": (
        {"pandas.read_parquet", "pd.read_parquet", "pyarrow.parquet", "pq.read_table"},
        ("geodata/repository.py", "etl/*.py", "etl/establishments/*.py"),
    ),
    "the Dask cluster": ({"dask", "dask_geopandas", "distributed"}, ("etl/establishments/cluster.py",)),
    "the published folder, written": (
        {"os.replace", "os.rename", "shutil.rmtree", "shutil.copytree", "pq.write_table"},
        ("etl/publish.py", "etl/publish_*.py", "etl/fetch*.py", "etl/encode.py"),
    ),
}


@dataclass(frozen=True, eq=False)
class Module:
    """A source file of ours; compared by identity, so that what is read from it can be cached."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """``geodata.queries.filters`` for its file."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def part(self) -> str:
        return self.name.split(".")[0]

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


@cache
def modules() -> tuple[Module, ...]:
    files = [file for part in LAW for file in (ROOT / f"{part}.py", *(ROOT / part).rglob("*.py")) if file.is_file()]
    return tuple(Module(file, ast.parse(file.read_text(encoding="utf-8"))) for file in sorted(files))


def imports_of(module: Module) -> Iterator[str]:
    """Every module that is imported, anywhere in the file, with the name taken from it: ``etl.build.sites``."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.where}:{node.lineno}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, allowed: set[str]) -> bool:
    return any(name == item or name.startswith(f"{item}.") for item in allowed)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.where)
def test_imports_only_what_the_law_allows(module: Module) -> None:
    law = LAW[module.part]
    known = law.ours | law.others | {module.part} | STDLIB
    refused = sorted({name for name in imports_of(module) if not is_within(name, known)})
    assert not refused, f"{module.where} may not import {refused}; {module.part} may import {sorted(known - STDLIB)}"


def test_no_module_imports_itself_in_a_circle() -> None:
    names = {module.name for module in modules()}
    graph = {module.name: {_nearest(name, names) for name in imports_of(module)} - {None} for module in modules()}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"circle: {' → '.join((*path[path.index(name) :], name))}"
        if name not in done:
            for other in graph[name] - {name}:
                visit(str(other), (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def _nearest(imported: str, names: set[str]) -> str | None:
    """The module of ours that ``from a.b import c`` loads: ``a.b.c`` if it is a module, else ``a.b``."""
    return next((name for name in (imported, imported.rpartition(".")[0]) if name in names), None)


def test_nothing_imports_the_etl() -> None:
    guilty = [module.where for module in modules() if module.part != "etl" and _touches(module, "etl")]
    assert not guilty


def _touches(module: Module, part: str) -> bool:
    return any(is_within(name, {part}) for name in imports_of(module))


def test_layouts_and_callbacks_never_meet() -> None:
    sides = {"layouts": "callbacks", "callbacks": "layouts"}
    guilty = [module.where for module in modules() if module.part in sides and _touches(module, sides[module.part])]
    assert not guilty


def test_the_app_starts_without_the_heavy_geography_packages() -> None:
    """geopandas, shapely and folium may be imported by an export on first use, never at module level."""
    heavy = {"geopandas", "shapely", "folium", "pyproj"}
    app = [module for module in modules() if module.part in APP]
    guilty = [module.where for module in app if any(is_within(name, heavy) for name in _top_level_imports(module))]
    assert not guilty


@pytest.mark.parametrize(
    "heavy",
    [
        "geopandas",
        "shapely",
        "folium",
        "pyproj",
        "openpyxl",
        "pptx",
        "typst",
        "matplotlib",
        "httpx",
        "prometheus_client",
    ],
)
def test_nothing_heavy_is_loaded_by_the_time_the_app_answers(heavy: str) -> None:
    """An export imports its library on first use: tenths of a second that no start-up needs."""
    assert heavy not in loaded_at_start()


@cache
def loaded_at_start() -> frozenset[str]:
    """The top-level packages that a fresh process has imported once ``app`` is."""
    said = "import app, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, check=True, text=True)
    return frozenset(done.stdout.split())


def _top_level_imports(module: Module) -> Iterator[str]:
    top = [node for node in module.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return imports_of(Module(module.path, ast.Module(body=[*top], type_ignores=[])))


@pytest.mark.parametrize("door", DOORS)
def test_one_door_each(door: str) -> None:
    signs, allowed = DOORS[door]
    outside = [module for module in modules() if not any(module.path.match(f"{ROOT}/{pattern}") for pattern in allowed)]
    guilty = {module.where: sorted(found) for module in outside if (found := _uses(module) & signs)}
    assert not guilty, f"{door}: only {allowed} may"


@cache
def _uses(module: Module) -> set[str]:
    """Imported names with every prefix, and dotted names in the code (``os.environ``)."""
    dotted = {ast.unparse(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    prefixes = (name.split(".") for name in imports_of(module))
    return dotted | {".".join(parts[:size]) for parts in prefixes for size in range(1, len(parts) + 1)}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.where)
def test_files_and_functions_stay_small(module: Module) -> None:
    lines = len(module.path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_FILE_LINES, f"{module.where}: {lines} lines"
    functions = [n for n in ast.walk(module.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: size for node in functions if (size := _code_lines(node)) > MAX_FUNCTION_LINES}
    assert not long, f"{module.where}: {long}"


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    doc = node.body[0] if ast.get_docstring(node) else None
    described = (doc.end_lineno or doc.lineno) - doc.lineno + 1 if doc else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - described


@pytest.mark.parametrize("module", [m for m in modules() if m.part in APP], ids=lambda module: module.where)
def test_the_app_keeps_no_state_between_visitors(module: Module) -> None:
    """Constants in capitals may be literal tables that nothing writes; a growing container or a ``global`` may not."""
    assert not [node for node in ast.walk(module.tree) if isinstance(node, ast.Global)]
    growing = {"append", "extend", "add", "update", "setdefault", "pop", "clear", "insert"}
    constants = {target.id for node in module.tree.body for target in _targets(node) if isinstance(target, ast.Name)}
    written = [
        f"{module.where}:{node.lineno}"
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Call) and _is_method(node.func, constants, growing))
        or (isinstance(node, ast.Assign) and any(_is_item(target, constants) for target in node.targets))
    ]
    assert not written
    growing_names = {
        target.id
        for node in module.tree.body
        for target in _targets(node)
        if isinstance(target, ast.Name) and _may_grow(node)
    }
    assert all(name.lstrip("_").isupper() or name not in growing_names for name in constants), sorted(growing_names)


def _may_grow(node: ast.stmt) -> bool:
    """An assignment of something that can be written to; a name for a type (``Rows = Mapping[str, Any]``) cannot."""
    value = getattr(node, "value", None)
    is_type = isinstance(value, ast.Subscript | ast.Name | ast.Attribute | ast.BinOp)
    return not is_type


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) else []


def _is_method(func: ast.expr, owners: set[str], methods: set[str]) -> bool:
    is_named = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)
    return is_named and func.value.id in owners and func.attr in methods  # type: ignore[attr-defined]


def _is_item(target: ast.expr, owners: set[str]) -> bool:
    return isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and target.value.id in owners


def test_every_package_says_what_it_is_for() -> None:
    assert not [module.where for module in modules() if not ast.get_docstring(module.tree)]
