"""The columns of a SIRENE-like table, by whichever of their names a file uses, and what is in them."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.errors import ExtractError

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "siret": ("siret",),
        "lon": ("lon", "longitude", "x_longitude"),
        "lat": ("lat", "latitude", "y_latitude"),
        "x": ("x", "coordonneeLambertAbscisseEtablissement"),
        "y": ("y", "coordonneeLambertOrdonneeEtablissement"),
        "epsg": ("epsg",),
        "commune": ("code_commune", "codeCommuneEtablissement", "plg_code_commune"),
        "ape": ("ape", "activitePrincipaleEtablissement"),
        "naf": ("nomenclatureActivitePrincipaleEtablissement",),
        "effectif": ("tranche_effectifs", "trancheEffectifsEtablissement"),
    }
)
"""The names that a column may have: ours first, then those of Insee's stock and geolocation files."""
NOT_GIVEN = ("", "[ND]")
"""Texts that say that nothing is given; Insee writes [ND] for whoever does not want to be found."""
NAF_REV_2 = "NAFRev2"
SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"
_LAST_DIVISIONS = (3, 9, 33, 35, 39, 43, 47, 53, 56, 63, 66, 68, 75, 82, 84, 85, 88, 93, 96, 98, 99)
"""The last division of each of ``SECTIONS`` in NAF rev. 2: 01-03 is A, 05-09 is B…"""
_VACANT_DIVISIONS = (0, 4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89)


@dataclass(frozen=True)
class Columns:
    """The name, in one file, of each thing that is known of an establishment; things that it lacks are absent."""

    names: Mapping[str, str]

    @property
    def is_in_degrees(self) -> bool:
        return "lon" in self.names

    @property
    def pair(self) -> tuple[str, str]:
        """The names of the two coordinates: degrees when the file has them, else metres."""
        return (self.names["lon"], self.names["lat"]) if self.is_in_degrees else (self.names["x"], self.names["y"])


def find_columns(header: Iterable[str], where: str) -> Columns:
    """Which columns of ``header`` hold what.

    Raises:
        ExtractError: without a SIRET, or with neither a pair of coordinates nor the code of a commune.
    """
    there = set(header)
    found = {what: name for what, names in NAMES.items() for name in reversed(names) if name in there}
    for first, second in (("lon", "lat"), ("x", "y")):
        if not {first, second} <= set(found):
            found.pop(first, None)
            found.pop(second, None)
    if "siret" not in found or not {"lon", "x"} & set(found):
        wanted = ", and ".join(
            " with ".join(" or ".join(NAMES[w]) for w in pair) for pair in (("lon", "lat"), ("x", "y"))
        )
        raise ExtractError(
            f"{where}: expected a column siret and a pair of coordinates ({wanted}), found {sorted(there)[:40]}. "
            "Rename the columns, or join the file with Insee's geolocation file by SIRET first."
        )
    return Columns(MappingProxyType(found))


def numbers(column: pa.ChunkedArray) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The values (NaN when they are no number) and where nothing is given, which is not the same as a wrong value."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if _is_text(column.type):
        column = texts(column)
        series = column.to_pandas().str.replace(",", ".", regex=False)
        return pd.to_numeric(series, errors="coerce").to_numpy(np.float64, na_value=np.nan), _is_null(column)
    return column.cast(pa.float64()).to_numpy().astype(np.float64), _is_null(column)


def texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Trimmed texts; null where nothing is given."""
    plain = column.cast(pa.string()) if not pa.types.is_dictionary(column.type) else column.cast(column.type.value_type)
    trimmed = pc.utf8_trim_whitespace(plain.cast(pa.string()))
    return pc.if_else(pc.is_in(trimmed, pa.array(NOT_GIVEN)), pa.scalar(None, pa.string()), trimmed)


def digits(column: pa.ChunkedArray, width: int) -> pa.ChunkedArray:
    """Codes as texts; the leading zeros that a numeric column lost are put back."""
    return pc.utf8_lpad(texts(column), width, "0") if not _is_text(column.type) else texts(column)


def sections_of(ape: pa.ChunkedArray, naf: pa.ChunkedArray | None) -> NDArray[np.int8]:
    """Position in ``SECTIONS`` of each APE code (« 25.62B », « 2562B »), -1 when it is not one of NAF rev. 2.

    Args:
        ape: codes; null: not given.
        naf: the nomenclature of each code, null or absent: taken for NAF rev. 2.
    """
    encoded = pc.utf8_slice_codeunits(texts(ape), 0, 2).combine_chunks().dictionary_encode()
    of_division = np.array([_section_of(division) for division in encoded.dictionary.to_pylist()] + [-1], np.int8)
    found = of_division[encoded.indices.fill_null(len(encoded.dictionary)).to_numpy()]
    if naf is not None:
        is_ours = pc.fill_null(pc.equal(texts(naf), NAF_REV_2), True)
        found[~is_ours.to_numpy()] = -1
    return found


def _section_of(division: str) -> int:
    is_one = len(division) == 2 and division.isascii() and division.isdigit()
    number = int(division) if is_one else 0
    return -1 if number in _VACANT_DIVISIONS else bisect_left(_LAST_DIVISIONS, number)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_null(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), dtype=bool)
