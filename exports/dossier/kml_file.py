"""KML 2.2 (OGC), for Google Earth, QGIS and site consultants' tools.

Every value is written by the XML library, hence escaped; descriptions are plain text, and since some readers take them
for HTML all the same, « < » and « > » become « ‹ » and « › » there. A site without a position is in the file all the
same, without a point. Coordinates: longitude, latitude, WGS84.
"""

from xml.etree import ElementTree as ET

import contract
from exports.cells import clean_text
from exports.dossier import words
from exports.dossier.model import Dossier, DossierSite
from views.site.values import show_value
from views.text import text

MIMETYPE = "application/vnd.google-earth.kml+xml"
_NAMESPACE = "http://www.opengis.net/kml/2.2"


def export_kml(dossier: Dossier) -> bytes:
    """The sites of the dossier as placemarks with their facts."""
    language, provenance = dossier.language, dossier.provenance
    root = ET.Element("kml", {"xmlns": _NAMESPACE})
    document = ET.SubElement(root, "Document")
    _add(document, "name", provenance.title)
    _describe(document, [f"{label} : {value}" for label, value in provenance.lines(len(dossier.sites))])
    for item in dossier.sites:
        _placemark(document, item, language)
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8", xml_declaration=False)


def _placemark(document: ET.Element, item: DossierSite, language: str) -> None:
    sheet = item.sheet
    mark = ET.SubElement(document, "Placemark", {"id": f"site-{sheet.code}"})
    _add(mark, "name", sheet.name)
    _add(mark, "address", words.where(sheet))
    precision = [text("dossier_commune_point", language)] if sheet.is_commune_point else []
    _describe(mark, [*item.lines, *precision] or [words.label_words(sheet, language)])
    data = ET.SubElement(mark, "ExtendedData")
    for name, label, value in _values(item, language):
        entry = ET.SubElement(data, "Data", {"name": name})
        _add(entry, "displayName", label)
        _add(entry, "value", value)
    if sheet.lon is not None and sheet.lat is not None:
        point = ET.SubElement(mark, "Point")
        _add(point, "coordinates", f"{sheet.lon:.6f},{sheet.lat:.6f}")


def _values(item: DossierSite, language: str) -> list[tuple[str, str, str]]:
    """Name, label and value of each fact; what is not known is not written."""
    sheet, standing = item.sheet, item.standing
    rank = words.rank_words(standing.rank, standing.rank_low, standing.rank_high, language)
    region = contract.table("sites").fields["code_region"].label(language)
    stated = [(fact.field.code, fact.field.label(language), show_value(fact, language)) for fact in sheet.facts]
    return [
        ("site_id", contract.table("sites").fields["site_id"].label(language), sheet.code),
        ("labels", text("dossier_labels", language), words.label_words(sheet, language)),
        ("code_region", region, sheet.region.code),
        ("rang", text("dossier_rank", language), rank),
        *stated,
    ]


def _add(parent: ET.Element, name: str, written: str) -> None:
    ET.SubElement(parent, name).text = clean_text(written)


def _describe(parent: ET.Element, lines: list[str]) -> None:
    _add(parent, "description", "\n".join(lines).replace("<", "‹").replace(">", "›"))
