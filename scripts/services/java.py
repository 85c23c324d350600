"""A Java for Elasticsearch: the newest on this machine, or the system's package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from scripts.services import system

OLDEST = 21
PACKAGES = (
    "openjdk-25-jre-headless",
    "openjdk-21-jre-headless",
    "temurin-25-jre",
    "temurin-21-jre",
)


def _candidates() -> list[Path]:
    homes = [os.environ["JAVA_HOME"]] if os.environ.get("JAVA_HOME") else []
    found = [Path(home, "bin", "java") for home in homes]
    found += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    on_path = shutil.which("java")
    return [*found, Path(on_path)] if on_path else found


def _version(program: Path) -> int:
    result = subprocess.run([str(program), "-version"], check=False, capture_output=True, text=True)
    match = re.search(r'version "(\d+)', result.stderr)
    return int(match[1]) if match else 0


def newest() -> Path | None:
    """The newest Java that Elasticsearch accepts, or None."""
    versions = {program: _version(program) for program in _candidates() if program.exists()}
    good = [program for program, version in versions.items() if version >= OLDEST]
    return max(good, key=lambda program: versions[program], default=None)


def find_or_install() -> Path:
    """A Java that is new enough. Raises UnavailableError when there is none to be had."""
    program = newest()
    if program is None:
        package = system.available_package(*PACKAGES)
        if package is None:
            raise system.UnavailableError(f"no Java {OLDEST} or newer here or in the packages")
        system.install(package)
        program = newest()
    if program is None:
        raise system.UnavailableError(f"no Java {OLDEST} or newer after installing one")
    return program
