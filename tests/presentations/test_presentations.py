from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import presentations
from state.scene import Presentation, PresentationError, read_presentation, write_presentation
from views.hall.regions import region_words

WORDS = {"fr": "Titre", "en": "Title"}


def scene(**more: object) -> dict[str, object]:
    return {"id": "un", "titre": WORDS, **more}


def document(*scenes: object) -> dict[str, object]:
    return {"titre": WORDS, "scenes": list(scenes)}


def faults_of(written: object) -> tuple[str, ...]:
    with pytest.raises(PresentationError) as caught:
        read_presentation(written)
    return caught.value.errors


@pytest.mark.parametrize("name", presentations.SHIPPED)
def test_a_shipped_presentation_is_whole_in_both_languages(name: str) -> None:
    found = presentations.shipped(name)
    assert all(item.headline.fr and item.headline.en for item in found.scenes)
    assert all(bool(item.sentence.fr) == bool(item.sentence.en) for item in found.scenes)
    assert all(bool(item.notes.fr) == bool(item.notes.en) for item in found.scenes)


def test_writing_and_reading_again_gives_the_same() -> None:
    found = presentations.shipped("assemblee-3")
    assert read_presentation(write_presentation(found)) == found


def test_a_region_fills_every_placeholder() -> None:
    found = presentations.of_region("94", region_words({"94": "Corse"})["94"])
    assert "<" not in str(write_presentation(found))
    assert found.scenes[0].frame == "region:94"
    assert found.scenes[4].headline.fr == "La\u00a0Corse parmi les régions"
    assert all(scene.notes.fr and scene.notes.en for scene in found.scenes)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "expected a mapping"),
        ([], "expected a mapping"),
        ({"titre": WORDS}, "scenes: expected a list"),
        (document(), "at least one scene"),
        (document(*[scene()] * 61), "at most 60"),
        (document(scene(), scene()), "two scenes have this id"),
        (document({"titre": WORDS}), "scenes[1].id"),
        (document(scene(id="../etc")), "scenes[1].id"),
        (document(scene(titre="")), "scenes[1].titre.fr"),
        (document(scene(titre={"fr": "Un"})), "scenes[1].titre.en"),
        (document(scene(titre="x" * 91)), "at most 90"),
        (document(scene(fond="mars")), "scenes[1].fond: expected one of carte, tuiles, aucun, found 'mars'"),
        (document(scene(graphique="camembert")), "scenes[1].graphique"),
        (document(scene(chiffres=["a", "b", "c", "d"])), "at most 3"),
        (document(scene(chiffres="sites-78")), "expected a list"),
        (document(scene(cadre="region:")), "scenes[1].cadre"),
        (document(scene(cadre="5,41,2,51")), "scenes[1].cadre"),
        (document(scene(cadre="1,2,nan,4")), "scenes[1].cadre"),
        (document(scene(vue=12)), "scenes[1].vue"),
        (document(scene(couleur="rouge")), "scenes[1].couleur: not a key"),
    ],
)
def test_a_fault_says_where_and_what(written: object, said: str) -> None:
    assert any(said in fault for fault in faults_of(written)), faults_of(written)


def test_every_fault_is_told_at_once() -> None:
    assert len(faults_of(document(scene(fond="x"), scene(id="deux", graphique="y"), "rien"))) >= 3


LEAVES = st.none() | st.text() | st.floats() | st.booleans()


@given(st.recursive(LEAVES, lambda part: st.lists(part) | st.dictionaries(st.text(), part)))
def test_anything_is_a_presentation_or_a_list_of_faults(written: object) -> None:
    try:
        found: Presentation | PresentationError = read_presentation(written)
    except PresentationError as error:
        found = error
    assert isinstance(found, Presentation) or found.errors


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("titre: [", "line 2, column 1: expected YAML"),
        ("a: &a [1]\nb: *a", "anchors and aliases"),
        ("!!python/object/apply:os.system ['true']", "expected YAML"),
        ("x" * (presentations.MAX_BYTES + 1), "at most"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(written: str, said: str) -> None:
    with pytest.raises(PresentationError, match=said):
        presentations.parse(written)


def test_a_file_that_is_not_there_or_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(PresentationError, match="cannot be read"):
        presentations.load(tmp_path / "absent.yml")
    (tmp_path / "latin.yml").write_bytes("titre: é".encode("latin-1"))
    with pytest.raises(PresentationError, match="UTF-8"):
        presentations.load(tmp_path / "latin.yml")
