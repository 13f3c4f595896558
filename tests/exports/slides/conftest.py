"""A short presentation with one scene of each kind, and its deck: made once for all the tests of its files."""

from typing import Any

import pytest

from exports.slides.deck import Deck, Page, pages_of
from geodata.repository import Tables
from press.slides import decks_of
from state.scene import Presentation, read_presentation

DOCUMENT: dict[str, Any] = {
    "titre": {"fr": "Essai : l’atlas en quatre scènes", "en": "A trial: the atlas in four scenes"},
    "scenes": [
        {
            "id": "carte",
            "titre": {"fr": "Les Hauts-de-France", "en": "Hauts-de-France"},
            "phrase": "Ce que la vue laisse.",
            "vue": "region=32&filiere=agroalimentaire,chimie",
            "cadre": "region:32",
            "notes": {"fr": "Dire d’où vient le fichier.\nPuis se taire.", "en": "Say where the file comes from."},
        },
        {"id": "barres", "titre": "Projets", "fond": "aucun", "graphique": "mesure", "vue": "region=32"},
        {"id": "vagues", "titre": "Sites", "fond": "aucun", "graphique": "sites"},
        {"id": "tuiles", "titre": "Régions", "fond": "tuiles", "vue": "date=2021-06-01"},
    ],
}


@pytest.fixture(scope="session")
def presentation() -> Presentation:
    return read_presentation(DOCUMENT)


@pytest.fixture(scope="session")
def deck(tables: Tables, presentation: Presentation) -> Deck:
    return decks_of(tables, presentation, "essai", ("fr",))["fr"]


@pytest.fixture(scope="session")
def pages(deck: Deck) -> tuple[Page, ...]:
    return pages_of(deck)
