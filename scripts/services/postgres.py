"""A PostgreSQL of our own for one test run: fresh cluster, free port, loopback only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.services import system

VARIABLE = "NEXSM_TEST_DATABASE_URL"
USER = DATABASE = "nexsm"
START_SECONDS = 60
# Nothing here outlives the run, so nothing needs to reach the disk.
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
}


def programs() -> Path | None:
    """The folder with initdb and postgres; Debian keeps it off the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def _prepare(binaries: Path, folder: Path, user: str | None) -> Path:
    data = folder / "data"
    command = [str(binaries / "initdb"), "--pgdata", str(data), "--username", USER]
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    result = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        **system.account(user),
    )
    if result.returncode:
        raise system.UnavailableError(f"initdb failed: {result.stderr.strip().splitlines()[-1]}")
    return data


@contextmanager
def service() -> Iterator[dict[str, str]]:
    """Yield the variable with the database's address. Raises UnavailableError when there is none."""
    given = os.environ.get(VARIABLE)
    if given:
        yield {VARIABLE: given}
        return
    if programs() is None:
        system.install("postgresql")
    binaries = programs()
    if binaries is None:
        raise system.UnavailableError("the package postgresql brought no server")
    user = system.unprivileged_user("postgres", "nobody")
    with system.working_folder("postgres", user) as folder:
        data = _prepare(binaries, folder, user)
        port = system.free_port()
        options = {**OPTIONS, "port": str(port), "unix_socket_directories": str(folder)}
        command = [str(binaries / "postgres"), "-D", str(data)]
        command += [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        log = folder / "server.log"
        address = ["--host=127.0.0.1", f"--port={port}", f"--username={USER}"]

        def ready() -> bool:
            probe = [str(binaries / "pg_isready"), "--quiet", *address]
            return subprocess.run(probe, check=False, cwd=folder).returncode == 0

        fast = signal.SIGINT  # SIGTERM would wait for the last connection to close
        with system.running(
            command, log=log, user=user, environment=os.environ, stop=fast
        ) as process:
            system.wait_until(ready, process=process, log=log, seconds=START_SECONDS)
            subprocess.run([str(binaries / "createdb"), *address, DATABASE], check=True, cwd=folder)
            yield {VARIABLE: f"postgres://{USER}@127.0.0.1:{port}/{DATABASE}"}
