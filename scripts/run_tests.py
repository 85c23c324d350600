"""Run all tests with the real services around them: on SQLite, then what touches the database on PostgreSQL.

Arguments go to pytest: `python -m scripts.run_tests tests/knowledge -k visible`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from scripts.services import postgres
from scripts.services.start import all_services

NOTHING_COLLECTED = 5
# A developer's own settings must not reach the tests, nor the tests a developer's data.
OURS = ("DATABASE_URL", "EMAIL_URL", "NEXSM_", "DJANGO_SETTINGS_MODULE")


def clean_environment() -> dict[str, str]:
    """The environment without the settings of the site."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def pytest(title: str, arguments: list[str], environment: Mapping[str, str]) -> int:
    """Run pytest on all cores and return its exit code."""
    print(f"\n=== {title} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-ra", "-q", "--durations=5"]
    command += ["--numprocesses=auto", "--maxprocesses=8", "--dist=loadgroup", *arguments]
    return subprocess.run(command, check=False, env=dict(environment)).returncode


def main() -> int:
    """Return 0 when both runs passed."""
    arguments = sys.argv[1:]
    with all_services() as addresses:
        environment = {**clean_environment(), **addresses}
        codes = [pytest("everything, on SQLite", arguments, environment)]
        database = addresses.get(postgres.VARIABLE)
        if database:
            environment["DATABASE_URL"] = database
            again = ["--database-only", *arguments]
            codes.append(pytest("the database again, on PostgreSQL", again, environment))
    # A chosen part may hold no test for the second run; a whole run always does.
    accepted = {0, NOTHING_COLLECTED} if arguments else {0}
    return 0 if set(codes) <= accepted else 1


if __name__ == "__main__":
    sys.exit(main())
