"""An analyst's morning: find a region, read and print its sheet, follow a figure, keep a link and open it later."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from settings import ROOT


def test_from_the_most_concentrated_region_to_its_printed_sheet_and_its_sources(page: Page, tmp_path: Path) -> None:
    page.goto("/suivi")
    page.locator("#regions table").get_by_role("link", name=re.compile("^Première filière")).click()
    name = page.locator("#regions tbody tr").first.get_by_role("link").inner_text()
    page.locator("#regions tbody tr").first.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(name)

    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "fiche.pdf", prefer_css_page_size=True, format="A4")
    printed = PdfReader(tmp_path / "fiche.pdf")
    words = " ".join(sheet.extract_text() for sheet in printed.pages)
    assert name in words
    assert "Agroalimentaire" in words
    page.emulate_media(media="screen")

    page.locator("a[href*='/sources'][href*='#plan-de-relance']").first.click()
    expect(page).to_have_url(re.compile("/sources.*#plan-de-relance$"))
    expect(page.locator("#plan-de-relance")).to_contain_text("Licence Ouverte")


def test_the_pdf_of_a_sheet_says_what_the_page_says(page: Page, tmp_path: Path) -> None:
    page.goto("/regions/94")
    address = page.locator("a[href^='/regions/94.pdf']").first.get_attribute("href")
    (tmp_path / "corse.pdf").write_bytes(page.request.get(str(address)).body())
    words = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "corse.pdf").pages)
    assert "Corse" in words
    lines = page.locator("#a-dire ~ ol li").all_inner_texts()
    assert len(lines) == 5
    for line in lines:
        assert all(word in words for word in re.split(r"[^\w’'-]+", line)[:4]), line


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_link_kept_before_a_new_publication_shows_the_figures_then_and_now(page: Page, language: str) -> None:
    """The archive holds past publications: a link that carries an old hash says what changed, on the sheet itself."""
    folder = ROOT / "geodata" / "archive"
    kept = {path.stem: json.loads(path.read_text(encoding="utf-8"))["figures"] for path in folder.glob("*.json")}
    now = json.loads((ROOT / "geodata" / "published" / "manifest.json").read_text(encoding="utf-8"))["hash"][:12]
    old = next(
        digest for digest, figures in kept.items() if digest != now and figures["chiffres"] != kept[now]["chiffres"]
    )
    page.goto(f"/regions/94?publication={old}&lang={language}")
    banner = page.locator(".frozen")
    expect(banner).to_contain_text(f"{kept[old]['chiffres']} → {kept[now]['chiffres']}")
    banner.locator(".frozen-leave").click()
    expect(page.locator(".frozen")).to_have_count(0)


def test_a_link_of_an_unknown_publication_says_why_it_cannot(page: Page) -> None:
    page.goto("/regions/94?publication=000000000000")
    expect(page.locator(".frozen-unknown")).to_contain_text("000000000000")
