"""Where the ETL reads and writes: the only place of ``etl`` that looks at the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES_FOLDER = ROOT / "etl" / "sources"
TABLES_FOLDER = ROOT / "etl" / "tables"


@dataclass(frozen=True)
class EtlSettings:
    """Folders of one run. ``mirror`` is a local copy of the raw files, tried before the network; None means none."""

    cache: Path
    published: Path
    mirror: Path | None = None


def read_settings() -> EtlSettings:
    """Settings from ``ETL_CACHE``, ``ETL_PUBLISHED`` and ``ETL_MIRROR``, with defaults inside the repository."""
    mirror = os.environ.get("ETL_MIRROR", "").strip()
    return EtlSettings(
        cache=Path(os.environ.get("ETL_CACHE") or ROOT / ".cache" / "sources"),
        published=Path(os.environ.get("ETL_PUBLISHED") or ROOT / "geodata" / "published"),
        mirror=Path(mirror) if mirror else None,
    )
