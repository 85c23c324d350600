"""The commands ``import_resources`` and ``import_organisations`` as people use them."""

import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from knowledge.management.import_command import terminal_language
from knowledge.models import Organisation, Resource
from knowledge.services.imports import OrganisationImport, ResourceImport
from search.models import IndexJob
from tests.knowledge.csv_files import organisation, resource, resources

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def run(name, *arguments, **options):
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_columns_are_those_of_the_contract():
    assert ",".join(ResourceImport.columns) == (
        "id,title,summary,body,type,language,publisher,authors,year,regions,topics,tags,licence,url"
        ",doi,isbn"
    )
    assert ",".join(OrganisationImport.columns) == (
        "id,name,short_name,kind,description,languages,country,region,city,postal_code,topics,"
        "founded,website,social"
    )


def test_both_commands_import(write_csv):
    resources_out = run("import_resources", write_csv(resources(3)), "--publish")
    organisations_out = run("import_organisations", write_csv([organisation()]), "--publish")

    assert resources_out == [
        "Read as UTF-8.",
        "3 created, 0 changed, 0 unchanged.",
        "3 put online.",
    ]
    assert organisations_out[1] == "1 created, 0 changed, 0 unchanged."
    assert Resource.objects.filter(live=True, import_source="csv").count() == 3
    assert Organisation.objects.filter(live=True).count() == 1


def test_the_second_run_reports_no_change(write_csv):
    path = write_csv(resources(3))
    run("import_resources", path, "--publish")

    assert run("import_resources", path, "--publish")[1:] == ["0 created, 0 changed, 3 unchanged."]


def test_without_publish_rows_are_drafts(write_csv):
    assert run("import_resources", write_csv(resources(2)))[1:] == [
        "2 created, 0 changed, 0 unchanged."
    ]
    assert Resource.objects.filter(live=False).count() == 2


def test_a_trial_writes_nothing(write_csv):
    lines = run("import_resources", write_csv(resources(2)), "--dry-run", "--publish")

    assert "2 created, 0 changed, 0 unchanged." in lines
    assert lines[-1] == "This was a trial: nothing was written."
    assert not Resource.objects.exists()


def test_published_rows_wait_for_the_search_index_in_the_same_transaction(write_csv):
    run("import_resources", write_csv(resources(2)))
    assert not IndexJob.objects.exists()
    run("import_resources", write_csv([resource(id="x"), resource(id="y")]), "--publish")
    run("import_organisations", write_csv([organisation()]), "--publish")

    works = Resource.objects.filter(live=True).values_list("translation_key", flat=True)
    profile = Organisation.objects.get().public_id
    assert set(IndexJob.objects.values_list("group", flat=True)) == {
        *(f"resource:{key}" for key in works),
        f"organisation:{profile}",
    }


def test_a_renamed_organisation_is_indexed_with_its_resources(write_csv):
    run("import_organisations", write_csv([organisation()]), "--publish")
    run("import_resources", write_csv([resource(publisher="o001"), resource(id="x")]), "--publish")
    IndexJob.objects.all().delete()
    run("import_organisations", write_csv([organisation(name="Neuer Name")]), "--publish")

    key = Resource.objects.get(import_id="r001").translation_key
    profile = Organisation.objects.get().public_id
    assert set(IndexJob.objects.values_list("group", flat=True)) == {
        f"resource:{key}",
        f"organisation:{profile}",
    }


def test_encoding_and_separator_are_named(write_csv):
    path = write_csv([resource(authors="", title="Müll")], delimiter=";", encoding="cp1252")

    assert run("import_resources", path)[0] == (
        "Read as Windows-1252. The cells are separated by semicolons."
    )


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "de_AT.UTF-8", "LANG": "en_US.UTF-8"}, "de"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "de_DE"}, "de"),
        ({"LC_ALL": "tr_TR.UTF-8"}, "en"),
        ({"LC_ALL": "C"}, "en"),
    ],
)
def test_the_report_is_in_the_language_of_the_terminal(monkeypatch, variables, language):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert terminal_language() == language


def test_problems_are_an_error_with_row_column_and_reason(write_csv):
    path = write_csv([resource(), resource(id="b", language="xx")])
    with pytest.raises(CommandError) as caught:
        run("import_resources", path)

    assert str(caught.value).splitlines() == [
        "Nothing was written. Problems: 1",
        'row 3, column "language": "xx" is not a known language code',
    ]
    assert not Resource.objects.exists()


@pytest.mark.parametrize("trial", [True, False])
def test_a_trial_finds_the_same_problems(write_csv, trial):
    path = write_csv([resource(type="x"), resource(year="y")])
    with pytest.raises(CommandError, match="Problems: 3"):
        run("import_resources", path, dry_run=trial)


def test_many_problems_are_counted_but_not_all_printed(write_csv):
    with pytest.raises(CommandError) as caught:
        run("import_resources", write_csv(resources(300, type="x")))

    lines = str(caught.value).splitlines()
    assert lines[0] == "Nothing was written. Problems: 300"
    assert lines[-1] == "… and 100 more"
    assert len(lines) == 202


def test_locked_and_withdrawn_items_are_reported(write_csv):
    run("import_resources", write_csv(resources(2)), "--publish")
    Resource.objects.filter(import_id="r001").update(locked=True)
    Resource.objects.filter(import_id="r002").update(live=False)
    lines = run("import_resources", write_csv(resources(2, year="2001")), "--publish")

    assert "1 stay offline, because editors withdrew them." in lines
    assert "Left alone, because they are locked or being reviewed: rows 2" in lines


def test_sources_are_told_apart(write_csv):
    path = write_csv([resource()])
    run("import_resources", path, source="a")
    run("import_resources", path, source="b")

    assert set(Resource.objects.values_list("import_source", flat=True)) == {"a", "b"}


@pytest.mark.parametrize("source", ["", "  ", "x" * 61, "a\nb"])
def test_a_source_needs_a_name(write_csv, source):
    with pytest.raises(CommandError, match="The source needs a name"):
        run("import_resources", write_csv([resource()]), source=source)


def test_a_database_that_refuses_is_an_error_in_words(write_csv, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("database is locked")

    monkeypatch.setattr("knowledge.management.import_command.run_import", refuse)
    with pytest.raises(CommandError, match="nothing was written: database is locked"):
        run("import_resources", write_csv([resource()]))


def test_the_exit_code_tells_success_from_problems(tmp_path):
    program = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_resources"]
    environment = {
        "NEXSM_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "nexsm.config.settings.test",
    }
    # This database is empty: the command says so in one line and not with a traceback.
    result = subprocess.run(
        [*program, "rows.csv"], capture_output=True, text=True, check=False, env=environment
    )

    assert result.returncode == 1
    assert "no such table" in result.stderr
    assert "Traceback" not in result.stderr
