import io
import math

import pytest
import shapely
from dash import Dash
from PIL import Image

import contract
from geodata.repository import Tables
from geodata.shapes import load_shapes
from pages.pictures import picture_of, pictures
from state import Selection
from views import picture


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_a_picture_shows_the_territoires_of_the_mainland_and_weighs_little(tables: Tables, millesime: str) -> None:
    drawn = pictures(tables)[f"apercu-{millesime}"].make()
    shown = Image.open(io.BytesIO(drawn)).convert("RGB")
    west, south, east, north = picture.FRAME
    shapes = load_shapes(tables, f"territoires-{millesime}-apercu", "territoire_id").values()
    inside = [shape for shape in map(shapely.geometry.shape, shapes) if shapely.box(*picture.FRAME).contains(shape)]
    assert len(inside) >= 138
    coloured = 0
    for middle in (shape.representative_point() for shape in inside):
        x = (middle.x - west) / (east - west) * shown.width
        y = (_ordinate(north) - _ordinate(middle.y)) / (_ordinate(north) - _ordinate(south)) * shown.height
        red, _, blue = shown.getpixel((int(x), int(y)))  # type: ignore[misc]
        coloured += blue - red > 12 and red < 215  # neither the land nor the sea, unless a project's dot is there
    assert coloured > 0.8 * len(inside)
    assert len(drawn) < 32_000


def _ordinate(latitude: float) -> float:
    return math.asinh(math.tan(math.radians(latitude)))


def test_its_address_changes_with_the_publication(tables: Tables) -> None:
    keys = {made.key for made in pictures(tables).values()}
    assert len(keys) == len(contract.MILLESIMES)
    assert all(tables.manifest.hash in key for key in keys)


@pytest.mark.parametrize("query", ["region=32", "q=saint", "sel=site:scm20a-01", "couches=sites", "vue=liste"])
def test_a_map_that_will_show_something_else_has_no_picture(query: str) -> None:
    assert picture_of(Selection.from_query(query)) is None


def test_the_document_names_the_picture_and_the_server_has_it(app: Dash) -> None:
    client = app.server.test_client()
    page = client.get("/?millesime=2024-07&lang=en").get_data(as_text=True)
    address = page.split("--picture:url(")[1].split(")")[0]
    assert address.startswith("/geodata/apercu-2024-07.")
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.content_type == "image/avif"
        assert Image.open(io.BytesIO(answer.data)).size[0] == picture.WIDTH
    assert "--picture" not in client.get("/?region=32").get_data(as_text=True)
