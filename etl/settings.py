"""Where the ETL reads and writes: the only place of ``etl`` that looks at the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES_FOLDER = ROOT / "etl" / "sources"
TABLES_FOLDER = ROOT / "etl" / "tables"


@dataclass(frozen=True)
class EtlSettings:
    """Folders of one run.

    ``mirror`` is a local copy of the raw files, tried before the network; None means none. ``local`` holds what was
    imported from files of the house: never published, never committed.
    """

    cache: Path
    published: Path
    mirror: Path | None = None
    archive: Path | None = None
    local: Path = ROOT / "geodata" / "local"

    @property
    def archive_folder(self) -> Path:
        """Where past publications are kept: beside the published folder unless said otherwise."""
        return self.archive or self.published.with_name("archive")


def read_settings() -> EtlSettings:
    """Settings from ``ETL_…`` names and ``ATLAS_LOCAL_FOLDER``, which the atlas reads too.

    The defaults are inside the repository.
    """
    mirror = os.environ.get("ETL_MIRROR", "").strip()
    return EtlSettings(
        cache=Path(os.environ.get("ETL_CACHE") or ROOT / ".cache" / "sources"),
        published=Path(os.environ.get("ETL_PUBLISHED") or ROOT / "geodata" / "published"),
        mirror=Path(mirror) if mirror else None,
        local=Path(os.environ.get("ATLAS_LOCAL_FOLDER") or ROOT / "geodata" / "local"),
    )
