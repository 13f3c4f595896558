from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy.cluster import Redis, Replica, all_up
from tools.services import NoServiceError, ensure_services


@pytest.fixture(scope="session")
def services() -> dict[str, Path]:
    """Redis and nginx, installed when this is a Debian and we are root."""
    try:
        return ensure_services()
    except NoServiceError as error:
        pytest.skip(str(error))


@dataclass
class Cluster:
    port: int
    replicas: list[Replica]
    redis: Redis
    folder: Path


@pytest.fixture(scope="module")
def running(services: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    redis = Redis(services["redis-server"], folder)
    env = {"CACHE_URL": redis.url, "ATLAS_LOG_FORMAT": "json", "ATLAS_IS_METRICS_SERVED": "1"}
    replicas = [Replica(folder, {**env, "ATLAS_WORKERS": workers}) for workers in ("2", "1")]
    with all_up(services["nginx"], redis, replicas, folder) as port:
        yield Cluster(port, replicas, redis, folder)


@pytest.fixture
def cluster(running: Cluster) -> Cluster:
    """Everything up, whatever the test before did."""
    running.redis.start()
    for replica in running.replicas:
        replica.start()
    for replica in running.replicas:
        replica.wait()
    return running
