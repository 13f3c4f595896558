from geodata.repository import Tables
from views.catalogue import note_in, words_in

SAME_IN_ENGLISH = {"Licence Ouverte 2.0", "MIT", "ODbL 1.0", "CC-BY-4.0"}


def test_every_note_of_the_manifest_is_in_french(tables: Tables) -> None:
    notes = {entry["note"] for entry in tables.manifest.sources.values() if entry["note"]}
    assert {note for note in notes if note_in(note, "fr")[1] != "fr"} == set()
    assert all(note_in(note, "en") == (note, "en") for note in notes)


def test_an_unknown_note_keeps_its_language() -> None:
    assert note_in("Brand new.", "fr") == ("Brand new.", "en")


def test_every_licence_of_the_manifest_is_in_english(tables: Tables) -> None:
    licences = {entry["licence"] for entry in tables.manifest.sources.values()}
    assert {licence for licence in licences if words_in(licence, "en") == licence} <= SAME_IN_ENGLISH


def test_french_words_stay_as_they_are() -> None:
    assert words_in("2020 à 2026", "fr") == "2020 à 2026"
    assert words_in("toutes les tables", "en") == "every table"
