"""The frozen settings of the atlas, read from the environment once: the only door to it."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent


class Settings(BaseSettings):
    """Settings of one running atlas: environment variables (``ATLAS_PORT``…), and ``CACHE_URL``, ``DATA_URL``.

    ``archive_folder`` holds past publications, ``local_folder`` what was imported here and is not published;
    ``relay_file`` holds the open sessions of remote control, for every worker process;
    ``cache_url`` is ``memory://`` or a ``redis://`` address; ``ign_tiles_url`` is the
    optional base map, offered to the visitor and fetched only once a tile has answered.

    ``data_url`` is where publications come from: ``https://…``, ``http://…`` or ``file://…``; empty, ``data_folder``
    is shown as it is at the start. It is asked every ``poll_seconds``; a publication is shown ``swap_seconds`` after it
    was put there, so that every replica has it at hand, and the one before is kept ``keep_minutes`` for open pages.
    ``workers`` × ``threads`` is what gunicorn runs.

    ``hosts`` are the names that the atlas answers to, separated by spaces (empty: any; localhost always); ``proxies``
    is how many proxies stand before it, whose ``X-Forwarded-…`` are believed; ``embedded_by`` are the origins that may
    frame a page with ``?embed=1``; ``expensive_per_minute`` limits files and documents for one address (0: no limit).
    """

    model_config = SettingsConfigDict(env_prefix="ATLAS_", frozen=True, populate_by_name=True)

    host: str = "127.0.0.1"
    port: int = 8050
    data_folder: Path = ROOT / "geodata" / "published"
    archive_folder: Path = ROOT / "geodata" / "archive"
    local_folder: Path = ROOT / "geodata" / "local"
    relay_file: Path = ROOT / ".cache" / "relais.sqlite"
    static_cache_folder: Path = ROOT / ".cache" / "static"
    assets_folder: Path = ROOT / "assets"
    cache_url: str = Field("memory://", validation_alias="CACHE_URL")
    cache_seconds: int = 24 * 3600
    data_url: str = Field("", validation_alias="DATA_URL")
    received_folder: Path = ROOT / ".cache" / "publications"
    poll_seconds: float = Field(15.0, gt=0)
    swap_seconds: float = Field(40.0, ge=0)
    keep_minutes: float = Field(30.0, ge=0)
    workers: int = Field(2, ge=1)
    threads: int = Field(4, ge=1)
    log_format: Literal["text", "json"] = "text"
    is_metrics_served: bool = False
    metrics_folder: Path = ROOT / ".cache" / "metrics"
    ign_tiles_url: str = (
        "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=normal&FORMAT=image/png"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    )
    is_ign_offered: bool = True
    hosts: str = ""
    proxies: int = Field(0, ge=0)
    embedded_by: str = "*"
    expensive_per_minute: int = Field(300, ge=0)


@cache
def load_settings() -> Settings:
    return Settings()
