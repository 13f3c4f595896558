import contract
from layouts.sources import SECTIONS, build
from views.markup import to_html


def test_each_part_stands_under_its_heading_and_in_the_contents() -> None:
    for language in contract.LANGUAGES:
        drawn = to_html(build(language, ["lead", "cards", "files", "dictionary", "check"]))
        positions = [drawn.index(f'id="{anchor}"') for anchor, _ in SECTIONS]
        assert positions == sorted(positions)
        assert all(f'href="#{anchor}"' in drawn for anchor, _ in SECTIONS)
        assert drawn.index("cards") < drawn.index("files</section>") < drawn.index("dictionary</section>")
        assert drawn.index("dictionary</section>") < drawn.index("check</section>")


def test_the_page_exists_without_content() -> None:
    assert "<h1>" in to_html(build("fr", []))
