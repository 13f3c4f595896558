"""The frozen settings of the atlas, read from the environment once: the only door to it."""

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent


class Settings(BaseSettings):
    """Settings of one running atlas; every name is an environment variable (``ATLAS_PORT``…), ``CACHE_URL`` excepted.

    ``archive_folder`` holds past publications, ``local_folder`` what was imported here and is not published;
    ``cache_url`` is ``memory://`` or a ``redis://`` address; ``ign_tiles_url`` is the
    ``relay_file`` holds the open sessions of remote control, for every worker process;
    optional base map, offered to the visitor and fetched only once a tile has answered.
    """

    model_config = SettingsConfigDict(env_prefix="ATLAS_", frozen=True, populate_by_name=True)

    host: str = "127.0.0.1"
    port: int = 8050
    data_folder: Path = ROOT / "geodata" / "published"
    archive_folder: Path = ROOT / "geodata" / "archive"
    local_folder: Path = ROOT / "geodata" / "local"
    static_cache_folder: Path = ROOT / ".cache" / "static"
    assets_folder: Path = ROOT / "assets"
    cache_url: str = Field("memory://", validation_alias="CACHE_URL")
    cache_seconds: int = 24 * 3600
    ign_tiles_url: str = (
        "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=normal&FORMAT=image/png"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    )
    is_ign_offered: bool = True

    relay_file: Path = ROOT / ".cache" / "relais.sqlite"

@cache
def load_settings() -> Settings:
    return Settings()
