"""An import whose process is killed in the middle: nothing is there, and the next run makes no doubles."""

import os
import signal
from unittest.mock import patch

import pytest
from django.db import connections

from knowledge.models import ImportedRow, Resource
from knowledge.services.imports import ResourceImport, run_import, running
from tests.knowledge.csv_files import counts, resources
from tests.races import another_connection, several_writers

ROWS = 1_000
# More batches than one must be written before the process dies.
BATCHES_BEFORE = 3


def numbers():
    return Resource.objects.count(), ImportedRow.objects.count()


def import_and_die(path, wrote):
    """What a child does: it ends like after ``kill -9``, with rows written and not yet committed."""
    write, batches = running._write, []

    def write_and_die(*arguments, **options):
        write(*arguments, **options)
        batches.append(1)
        if len(batches) == BATCHES_BEFORE:
            os.write(wrote, str(numbers()).encode())
            os.kill(os.getpid(), signal.SIGKILL)

    with patch.object(running, "_write", write_and_die):
        run_import(path=path, importer=ResourceImport("csv"))


def killed_import(path):
    """The signal that ended a child, and what it saw of its own rows just before."""
    seen, wrote = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            connections["default"] = another_connection()  # the parent's is not for two processes
            import_and_die(path, wrote)
        finally:
            os._exit(1)  # only reached by an error
    os.close(wrote)
    _pid, status = os.waitpid(child, 0)
    with os.fdopen(seen) as pipe:
        return -os.waitstatus_to_exitcode(status), pipe.read()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_nothing_and_the_next_one_makes_no_doubles(tmp_path, write_csv):
    path = write_csv(resources(ROWS, body="", summary="", authors="", tags=""))
    with several_writers(tmp_path), patch.object(running, "BATCH", 100):
        written = BATCHES_BEFORE * 100
        assert killed_import(path) == (signal.SIGKILL, str((written, written)))
        assert numbers() == (0, 0)
        first = run_import(path=path, importer=ResourceImport("csv"))
        assert counts(first) == (ROWS, 0, 0)
        again = run_import(path=path, importer=ResourceImport("csv"))
        assert counts(again) == (0, 0, ROWS)
        assert numbers() == (ROWS, ROWS)
