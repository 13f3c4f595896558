"""What a reader of the repository relies on: two languages, true documentation, no trace of anybody's machine."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from settings import ROOT, Settings
from state import FACETS

CODE = ("app.py", "delivery.py", "contract.py")
CODE_FOLDERS = ("callbacks", "exports", "geodata", "layouts", "pages", "press", "security", "state", "views")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every message; ``views.text`` refuses a key that two catalogues hold."""
    files = sorted((ROOT / "views" / "messages").glob("*.toml"))
    return {key: row for file in files for key, row in tomllib.loads(file.read_text(encoding="utf-8")).items()}


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the repository, as git lists them."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return tuple(ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file())


@cache
def texts(*suffixes: str) -> dict[Path, str]:
    vendored = ("vendor", "published")
    files = [f for f in tracked() if f.suffix in suffixes and not any(part in vendored for part in f.parts)]
    return {file: file.read_text(encoding="utf-8") for file in files}


@cache
def sources(*folders: str) -> str:
    """The code under some folders, as one text."""
    files = [
        file
        for folder in folders
        for file in sorted((ROOT / folder).rglob("*"))
        if file.suffix in (".py", ".mjs", ".js")
    ]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def code_of_the_app() -> str:
    return sources(*CODE_FOLDERS) + "\n".join((ROOT / name).read_text(encoding="utf-8") for name in CODE)


@pytest.mark.parametrize("key", list(catalogue()))
def test_every_message_is_in_both_languages_with_the_same_placeholders(key: str) -> None:
    row = catalogue()[key]
    assert set(row) == {"fr", "en"}
    assert row["fr"].strip()
    assert row["en"].strip()
    assert set(re.findall(r"{\w*}", row["fr"])) == set(re.findall(r"{\w*}", row["en"]))


@pytest.mark.parametrize("key", list(catalogue()))
def test_no_message_is_unused(key: str) -> None:
    if key.startswith("js_"):
        assert is_used(key.removeprefix("js_"), sources("assets/js"), ("_one", "_other"))
    else:
        assert is_used(key, code_of_the_app(), ())


def is_used(key: str, code: str, endings: tuple[str, ...]) -> bool:
    """The key is written whole, without its plural ending, or made from a part, as ``f"facet_{name}"`` is."""
    whole = [key, *(key.removesuffix(ending) for ending in endings if key.endswith(ending))]
    if any(re.search(rf"[\"'`]{re.escape(word)}[\"'`]", code) for word in whole):
        return True
    made = [pattern for pattern in made_keys(code) if any(re.fullmatch(pattern, word) for word in whole)]
    return bool(made)


@cache
def made_keys(code: str) -> tuple[str, ...]:
    """Patterns of the keys that the code puts together; at least one letter of each is written."""
    python = re.findall(r"f\"([a-z_{}\w.\[\]']*{[^\"]*)\"", code)
    script = [re.sub(r"\$\{", "{", item) for item in re.findall(r"`([a-z_\w]*\$\{[^`]*)`", code)]
    patterns = (
        "".join(r"[\w-]+" if part.startswith("{") else re.escape(part) for part in re.split(r"({[^}]*})", item))
        for item in (*python, *script)
    )
    return tuple(pattern for pattern in patterns if re.search(r"[a-z]{3}", pattern.replace(r"[\w-]+", "")))


def test_every_key_that_the_code_names_exists() -> None:
    named = set(re.findall(r"\btext\(\s*\"([a-z_]+)\"", code_of_the_app()))
    named |= {f"js_{key}" for key in re.findall(r"\btext\(\s*'([a-z_]+)'", sources("assets/js"))}
    counted = {
        f"js_{key}_{form}"
        for key in re.findall(r"\bcounted\(\s*'([a-z_]+)'", sources("assets/js"))
        for form in ("one", "other")
    }
    assert named
    assert not (named | counted) - set(catalogue())


def test_every_facet_has_a_label() -> None:
    assert {f"facet_{item.name}" for item in FACETS} <= set(catalogue())


def test_the_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", readme, flags=re.MULTILINE))
    assert {"run", "test", "data", "data-check", "check", "bench"} <= named <= targets


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    alias = Settings.model_fields[name].validation_alias
    variable = alias if isinstance(alias, str) else f"ATLAS_{name.upper()}"
    assert f"`{variable}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_links_of_the_documentation_lead_somewhere() -> None:
    for file, written in texts(".md").items():
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", written):
            assert (file.parent / link).exists(), f"{file.name}: {link}"


def test_no_file_names_a_machine_or_a_registry() -> None:
    hosts = ["pypi" + ".org", "registry" + ".npmjs", "files.python" + "hosted", "deb" + ".debian"]
    machine = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/"]
    found = texts(".py", ".md", ".toml", ".yml", ".txt", ".mjs", ".js", ".css", ".csv", ".json", "")
    guilty = [f"{file}: {word}" for file, written in found.items() for word in (*hosts, *machine) if word in written]
    assert not guilty


SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b",
    "a token of a forge": r"\bgh[pousr]_[0-9A-Za-z]{36}|\bgithub_pat_\w{22}|\bglpat-[\w-]{20}",
    "a token of a registry": r"\bnpm_[0-9A-Za-z]{36}|\bpypi-[\w-]{50}",
    "a token of a service": r"\bxox[abprs]-[\w-]{10}|\bsk-[A-Za-z0-9_-]{24}|\beyJ[\w-]{15,}\.eyJ[\w-]{15,}",
    "a password in an address": r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"<>{}$]+:[^\s/:@'\"<>{}$]{3,}@",
    "a value named as a secret": r"(?i)\b(?:passw(?:or)?d|secret|api_?key|token)\s*[:=]\s*[\"'][^\"'\s{}$<>]{8,}[\"']",
}


@pytest.mark.parametrize("what", SECRETS)
def test_no_file_holds_a_secret(what: str) -> None:
    pattern = re.compile(SECRETS[what])
    suffixes = (
        ".py",
        ".md",
        ".toml",
        ".yml",
        ".yaml",
        ".txt",
        ".mjs",
        ".js",
        ".css",
        ".csv",
        ".json",
        ".typ",
        ".sh",
        "",
    )
    guilty = [str(file) for file, written in texts(*suffixes).items() if pattern.search(written)]
    assert not guilty


def test_no_file_is_one_that_holds_secrets() -> None:
    names = re.compile(r"\.env(\..*)?|.*\.(pem|key|p12|pfx|jks|kdbx)|id_(rsa|ed25519|ecdsa)|\.netrc|\.pypirc|\.npmrc")
    assert not [str(file) for file in tracked() if names.fullmatch(file.name)]


@pytest.mark.parametrize(
    "written",
    [
        "-----BEGIN RSA PRIVATE" + " KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a" * 36,
        "redis://atlas:hunt" + "er2@cache",
        "PASS" + "WORD = 'correct-horse'",
        "sk-" + "a1" * 12,
    ],
)
def test_the_scan_finds_what_it_looks_for(written: str) -> None:
    assert any(re.search(pattern, written) for pattern in SECRETS.values())


def test_requirements_are_pinned_and_shared_out() -> None:
    lines = {
        name: (ROOT / name).read_text(encoding="utf-8").splitlines()
        for name in ("requirements.txt", "requirements-dev.txt", "requirements-scale.txt")
    }
    pins = {name: [row for row in rows if row and not row.startswith(("#", "-r"))] for name, rows in lines.items()}
    assert all(re.fullmatch(r"[a-z0-9-]+==[\d.]+", row) for rows in pins.values() for row in rows)
    assert not set(pins["requirements.txt"]) & set(pins["requirements-dev.txt"])


def test_published_files_are_not_too_heavy_for_git() -> None:
    assert sum(file.stat().st_size for file in tracked() if "published" in file.parts) < 40_000_000
