import pytest
from django.utils import timezone
from django.utils.translation import override

from knowledge.models import Resource
from knowledge.services.imports import ImportRefusedError, ResourceImport, run_import
from tests.knowledge.csv_files import text_of


@pytest.fixture
def within_an_hour(time_machine):
    """Time stands still at half past: mails about floods are told apart by the hour they are from."""
    time_machine.move_to(timezone.now().replace(minute=30), tick=False)


@pytest.fixture
def english():
    """Messages in the language of the source code."""
    with override("en"):
        yield


@pytest.fixture
def write_csv(tmp_path):
    """Writes rows, text or bytes to a file and returns its path."""

    def write(content, *, name="rows.csv", encoding="utf-8", **options):
        if isinstance(content, list):
            content = text_of(content, **options)
        data = content if isinstance(content, bytes) else content.encode(encoding)
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def run(db, write_csv):
    """Imports resources and returns the report."""

    def run(content, *, source="csv", publish=True, dry_run=False, **options):
        path = write_csv(content, **options)
        return run_import(
            path=path, importer=ResourceImport(source), publish=publish, dry_run=dry_run
        )

    return run


@pytest.fixture
def refuse(run):
    """Imports resources that have problems and returns what is said of them."""

    def refuse(content, **options):
        with pytest.raises(ImportRefusedError) as caught:
            run(content, **options)
        assert not Resource.objects.exists()
        return [str(problem) for problem in caught.value.problems]

    return refuse
