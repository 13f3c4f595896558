"""What a picture shows, measured: the share of it that is something."""

from io import BytesIO

from PIL import Image


def drawn_share(content: bytes, box: tuple[float, float, float, float] = (0, 0, 1, 1)) -> float:
    """The share of the points of a part of a picture that are not of its commonest colour.

    Args:
        box: left, top, right, bottom of the part, as shares of the width and of the height.
    """
    with Image.open(BytesIO(content)) as found:
        wide, high = found.size
        edges = (round(box[0] * wide), round(box[1] * high), round(box[2] * wide), round(box[3] * high))
        part = found.convert("RGB").crop(edges)
    colors = part.getcolors(part.width * part.height) or []
    return 1 - max(n for n, _ in colors) / (part.width * part.height)


def size_of(content: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(content)) as found:
        return found.size
