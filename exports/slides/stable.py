"""ZIP files (PPTX, XLSX, the suitcase) that do not tell the time: the same content, the same bytes."""

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKED = (".png", ".jpg", ".zip", ".woff2")  # compressed already
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def pack(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of the files in the order given."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_STORED if name.endswith(_PACKED) else ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def settle(content: bytes) -> bytes:
    """An Office file without the time of its making, the workbooks of its charts included."""
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return pack({name: _settled(name, body) for name, body in files.items()})


def _settled(name: str, body: bytes) -> bytes:
    if name.endswith(".xlsx"):
        return settle(body)
    return _CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z\2", body) if name == "docProps/core.xml" else body
