"""A few hundred hostile inputs at every run; ``python -m tools.fuzz`` runs as many as one has time for."""

from pathlib import Path

import pytest

from tools.fuzz import fuzz, layers_of
from tools.fuzz_layers import Layer


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Layer]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    cheap, http = layers_of(folder)
    return {layer.name: layer for layer in (*cheap, *http)}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("address → every state", 1_500),
        ("callback body", 1_500),
        ("file of sites", 400),
        ("presentation", 200),
        ("GET of a page", 60),
        ("GET of a file", 40),
        ("POST of a callback", 150),
        ("POST of a file to check", 60),
        ("POST to the presentation", 80),
    ],
)
def test_nothing_breaks(layers: dict[str, Layer], name: str, count: int) -> None:
    found = fuzz(layers[name], count)
    assert found.n == count
    assert not found.failures, [(said, found.examples[said]) for said in found.failures]
    # A busy machine may stretch one input; a slow kind of input would stretch many.
    assert found.n_slow <= 2, f"{found.n_slow} inputs over the limit; number {found.slowest}: {found.slowest_ms:.0f} ms"


def test_every_layer_is_here(layers: dict[str, Layer]) -> None:
    assert len(layers) == 9
