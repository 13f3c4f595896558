"""The dossier as one ZIP: every format, a draft e-mail a site, a read-me, and a manifest with the SHA-256 of each file.

The same dossier gives the same bytes: files in a fixed order, without the clock.
"""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from exports.dossier.letter import export_letter
from exports.dossier.model import Dossier
from views.text import text

MIMETYPE = "application/zip"
MANIFEST = "manifest.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def export_archive(dossier: Dossier, files: Mapping[str, bytes]) -> bytes:
    """The ZIP.

    Args:
        files: the documents by name (``dossier-fr.pdf``…), made before; letters, read-me and manifest are added here.
    """
    publication = dossier.provenance.hash
    letters = {f"questions/{item.sheet.code}.eml": export_letter(item.sheet, publication) for item in dossier.sites}
    content = {**files, **letters, **_read_me(dossier)}
    content[MANIFEST] = _manifest(dossier, content)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, body in content.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return stream.getvalue()


def _read_me(dossier: Dossier) -> dict[str, bytes]:
    found = {}
    for name, language in (("LISEZMOI.txt", "fr"), ("README.txt", "en")):
        sites = "\r\n".join(f"- {item.sheet.name} ({item.sheet.code})" for item in dossier.sites)
        written = text(
            "dossier_readme",
            language,
            address=dossier.address,
            hash=dossier.provenance.hash,
            sites=sites,
            n=len(dossier.sites),
        )
        found[name] = written.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return found


def _manifest(dossier: Dossier, content: Mapping[str, bytes]) -> bytes:
    """Which files, how large, with which SHA-256; from which publication and which search."""
    document = {
        "publication": dossier.provenance.hash,
        "address": dossier.address,
        "sites": [item.sheet.code for item in dossier.sites],
        "files": [
            {"name": name, "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
            for name, body in content.items()
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)
