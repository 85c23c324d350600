"""Real processes on a real SQLite file: none loses what another writes, a killed one leaves no ruins."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.site import manage
from tests.house.project import ROOT
from tests.ready_database import SQLITE_NAME, sqlite_file

pytestmark = pytest.mark.slow

PROCESSES, EACH, KILLS = 4, 100, 30
MEMBER = """
from nexsm.accounts.models import User
print(User.objects.create_user(email="m@example.org", password="x").pk)
"""


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """The environment of a site with a database and nothing in it."""
    data = tmp_path_factory.mktemp("site")
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "nexsm.config.settings.dev",
        "NEXSM_DATA_DIR": str(data),
        "NEXSM_UPLOAD_MEMBER_DAY_FILES": "100000",
        "NEXSM_UPLOAD_DISK_PERCENT": "100",
    }
    env.pop("DATABASE_URL", None)
    shutil.copy(sqlite_file(), data / SQLITE_NAME)
    return env


def start(env, *arguments):
    command = [sys.executable, "-m", "tests.uploads.workers", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def ask(env, sql, *values):
    with closing(sqlite3.connect(Path(env["NEXSM_DATA_DIR"]) / SQLITE_NAME)) as database:
        return database.execute(sql, values).fetchall()


def test_four_hundred_uploads_at_once_are_all_there_and_all_counted(env, tmp_path):
    member = manage("shell", "--verbosity=0", "--command", MEMBER, env=env).strip()
    signal = tmp_path / "go"
    writers = [start(env, "write", member, EACH, signal) for _ in range(PROCESSES)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    signal.touch()
    for writer in writers:
        output, _nothing = writer.communicate()
        assert writer.returncode == 0, output
    count = "SELECT count(*) FROM base_document WHERE uploaded_by_user_id = ?"
    assert ask(env, count, member) == [(PROCESSES * EACH,)]
    account = "SELECT day_files FROM base_uploadaccount WHERE user_id = ?"
    assert ask(env, account, member) == [(PROCESSES * EACH,)]


def test_a_killed_upload_leaves_whole_rows_with_whole_files(env):
    killer = start(env, "kill", KILLS, 7)
    output, _nothing = killer.communicate()
    assert killer.returncode == 0, output
    swept = manage("sweep_media", "--older-than", "0", env=env)  # ends with 1 if a file is missing
    assert ", 0 missing" in swept
    assert manage("sweep_media", "--older-than", "0", env=env).startswith("0 stray files")

    media = Path(env["NEXSM_DATA_DIR"]) / "media"
    rows = ask(env, "SELECT file, file_size, file_hash FROM base_document")
    assert rows  # some were finished before the kill
    for name, size, digest in rows:
        content = (media / name).read_bytes()
        assert len(content) == size
        assert hashlib.sha1(content, usedforsecurity=False).hexdigest() == digest
    assert len([path for path in media.rglob("*") if path.is_file()]) == len(rows)
    assert ask(env, "PRAGMA integrity_check") == [("ok",)]
