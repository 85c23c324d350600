"""What the service scripts share: programs, packages of the system, users, ports, waiting."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STOP_SECONDS = 20


class UnavailableError(Exception):
    """A service is neither here nor can it be installed; the text says why in one line."""


def say(text: str) -> None:
    """Tell the person at the terminal what happens."""
    print(f"services: {text}", file=sys.stderr, flush=True)


def _root_prefix() -> list[str] | None:
    """What to write before a command that needs root, or None when we cannot become root."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return [sudo, "-n"]
    return None


def install(*packages: str) -> None:
    """Install packages of the system.

    Raises UnavailableError when there is no apt, no right to use it, or when it fails.
    """
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise UnavailableError(f"{names} not found, and this system has no apt to install it")
    prefix = _root_prefix()
    if prefix is None:
        raise UnavailableError(f"{names} not found; install it as root: apt-get install {names}")
    say(f"installing {names}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    wanted = [*apt, "install", "--no-install-recommends", *packages]
    result = subprocess.run(wanted, check=False, capture_output=True, text=True)
    if result.returncode:  # the package lists may be missing or old
        subprocess.run([*apt, "update"], check=False, capture_output=True)
        result = subprocess.run(wanted, check=False, capture_output=True, text=True)
    if result.returncode:
        last = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UnavailableError(f"{names} could not be installed: {last}")


def available_package(*names: str) -> str | None:
    """The first of these packages that the system can install."""
    if shutil.which("apt-cache") is None:
        return None
    for name in names:
        result = subprocess.run(
            ["apt-cache", "policy", name], check=False, capture_output=True, text=True
        )
        if "Candidate:" in result.stdout and "Candidate: (none)" not in result.stdout:
            return name
    return None


def unprivileged_user(*names: str) -> str | None:
    """The user a server shall run as: None (ourselves), unless we are root.

    PostgreSQL and Elasticsearch refuse to run as root. Raises UnavailableError when none of
    the names exists.
    """
    if os.geteuid() != 0:
        return None
    for name in names:
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise UnavailableError(f"none of the users {', '.join(names)} exists to run the server as")


def account(user: str | None) -> dict[str, Any]:
    """The arguments that make subprocess run a program as this user."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


@contextmanager
def working_folder(name: str, user: str | None) -> Iterator[Path]:
    """A folder for one run of a server, owned by its user and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"nexsm-{name}-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port on the loopback interface nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(
    ready: Callable[[], bool], *, process: subprocess.Popen[bytes], log: Path, seconds: int
) -> None:
    """Wait until a server answers.

    Raises UnavailableError with the last line of its log when it ends before, or never answers.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise UnavailableError(f"it ended with code {process.returncode}: {_last_line(log)}")
        if ready():
            return
        time.sleep(0.2)
    raise UnavailableError(f"no answer within {seconds} s: {_last_line(log)}")


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "its log is empty"


@contextmanager
def running(
    command: Sequence[str],
    *,
    log: Path,
    user: str | None,
    environment: Mapping[str, str],
    stop: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server while the block runs, then end it and what it started."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            cwd=log.parent,
            start_new_session=True,  # Ctrl-C goes to the tests; the server is ended below
            **account(user),
        )
        try:
            yield process
        finally:
            _end(process, stop)


def _end(process: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    for number in (stop, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, number)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"process {process.pid} does not end, trying harder")
