"""A migrated database to begin with.

To migrate an empty one takes half a minute, and each process of a run, each site of its own and each
call of pytest needs one. So it is made once, by `migrate`, and copied: a file for SQLite, a template
on the server for PostgreSQL. It is made anew as soon as something has changed that makes it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
# What a site of its own calls its database, in its data folder.
SQLITE_NAME = "nexsm.sqlite3"
FOLDER = ROOT / ".pytest_cache" / "databases"
# Versions of the libraries, our migrations, and what is written after each migration.
MADE_FROM = (
    "requirements/base.txt",
    "tests/ready_database.py",
    "platform/nexsm/*/migrations/*.py",
    "*/migrations/*.py",
    "platform/nexsm/*/apps.py",
    "*/apps.py",
    "platform/nexsm/base/admin/roles.py",
    "knowledge/services/vocabularies.py",
)


@cache
def key() -> str:
    """Changes when the database has to be made anew."""
    made_from = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            made_from.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return made_from.hexdigest()[:16]


def sqlite_file() -> Path:
    """The file with the migrated database; to be copied, not to be used."""
    path = FOLDER / f"{key()}.sqlite3"
    with _alone("sqlite"):
        if not path.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(path)
    return path


def postgres_template(url: str) -> str:
    """The name of the migrated database on the server with this address."""
    server = url.rpartition("/")[0]
    name = f"ready_{key()}"
    with _alone("postgres"), closing(psycopg.connect(url, autocommit=True)) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            # Others may use the server, too: their lock is not ours.
            unfinished = f"unfinished_{os.getpid()}"
            connection.execute(f"CREATE DATABASE {unfinished}")
            _migrate(f"{server}/{unfinished}")
            connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
    return name


def begin_with(connection) -> None:
    """Let Django make its test database from a migrated one."""
    if connection.vendor == "sqlite":
        connection.creation.create_test_db = lambda **_options: _copy_into(connection)
    else:
        template = postgres_template(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template


def _copy_into(connection) -> str:
    """What Django's ``create_test_db`` does, with tables that are there already."""
    name = connection.creation._get_test_db_name()
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(sqlite_file())) as ready:
        ready.backup(connection.connection)
    call_command("migrate", verbosity=0, interactive=False)
    return name


def _migrate(url: str) -> None:
    """As a site does it: with the settings of the tests its cache would have no table."""
    with TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "nexsm.config.settings.dev",
            "NEXSM_DATA_DIR": folder,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
        }
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _alone(what: str) -> Iterator[None]:
    """One process makes it, the others wait."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
