"""Builds, checks, repair, the worker, and an engine that breaks."""

import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from knowledge.models import Resource
from nexsm.base import periodic
from nexsm.base.locks import exclusive
from search import generations, worker
from search.asking import SearchRequest
from search.breaker import FAILURES, breaker
from search.engines import get_engine
from search.engines.base import EngineUnavailable
from search.fields import schema_hash
from search.health import health
from search.locks import LEADER, WRITER
from search.models import IndexGeneration, IndexJob
from search.outbox import enqueue
from search.service import run
from tests.factories.base import ContentPageFactory
from tests.factories.conference import SessionPageFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db


def command(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_the_first_round_builds_the_index(index, titles):
    ResourceFactory(title="Schon da")

    index()

    assert titles("da schon") == ["Schon da"]
    record = IndexGeneration.objects.get()
    assert record.documents == 1
    assert record.name == get_engine().current()
    assert record.name.endswith(schema_hash())


def test_an_index_of_another_analysis_is_built_anew(index, monkeypatch):
    index()
    before = get_engine().current()

    monkeypatch.setattr(generations, "schema_hash", lambda: "00000000")
    assert generations.needs_rebuild(get_engine())
    index()

    assert get_engine().current() != before
    assert not generations.needs_rebuild(get_engine())


def test_edits_during_a_build_are_in_the_new_index(index, titles, monkeypatch):
    ResourceFactory(title="Vorher")
    index()
    real = generations._all_documents

    def with_an_edit(refused):
        yield from real(refused)
        enqueue([f"resource:{ResourceFactory(title='Mittendrin').translation_key}"])

    monkeypatch.setattr(generations, "_all_documents", with_an_edit)
    generations.rebuild(get_engine())

    assert titles("Mittendrin") == ["Mittendrin"]
    assert not IndexJob.objects.exists()  # done in the index in use as well


def test_edits_during_the_first_build_stay_for_the_worker(index, titles, monkeypatch):
    real = generations._all_documents

    def with_an_edit(refused):
        yield from real(refused)
        enqueue([f"resource:{ResourceFactory(title='Mittendrin').translation_key}"])

    monkeypatch.setattr(generations, "_all_documents", with_an_edit)
    generations.rebuild(get_engine())

    assert titles("Mittendrin") == ["Mittendrin"]
    assert IndexJob.objects.count() == 1  # the worker looks again, which does no harm


def test_edits_during_a_long_build_are_found_at_once(index, titles, monkeypatch):
    ResourceFactory(title="Eins")
    ResourceFactory(title="Zwei")
    index()
    real = generations._all_documents
    found = []

    def slowly(refused):
        documents = list(real(refused))
        yield documents[0]
        enqueue([f"resource:{ResourceFactory(title='Mittendrin').translation_key}"])
        yield documents[1]
        found.extend(titles("Mittendrin"))

    monkeypatch.setattr(generations, "SECONDS_BETWEEN_EDITS", 0)
    monkeypatch.setattr(generations, "_all_documents", slowly)
    before = get_engine().current()
    generations.rebuild(get_engine())

    assert found == ["Mittendrin"]
    assert get_engine().current() != before
    assert sorted(titles("")) == ["Eins", "Mittendrin", "Zwei"]


def test_a_build_that_fails_leaves_the_old_index_and_no_rubbish(index, titles, monkeypatch):
    ResourceFactory(title="Vorher")
    index()
    engine = get_engine()

    def failing(refused):
        yield from ()
        raise RuntimeError("the database went away")

    monkeypatch.setattr(generations, "_all_documents", failing)
    with pytest.raises((RuntimeError, EngineUnavailable)):
        generations.rebuild(engine)

    assert titles("Vorher") == ["Vorher"]
    folders = [path for path in engine.root.iterdir() if path.is_dir()]
    assert [folder.name for folder in folders] == [engine.current()]


def test_an_item_that_cannot_be_indexed_does_not_stop_a_build(index, titles, unreadable):
    ResourceFactory(title="Gut")
    generations.rebuild(get_engine())

    assert titles("Gut") == ["Gut"]
    assert IndexJob.objects.get().group == f"resource:{unreadable.translation_key}"


def test_check_finds_and_repairs_every_kind_of_difference(index, titles):
    stale = ResourceFactory(title="Veraltet")
    gone = OrganisationFactory(name="Verschwunden")
    index(everything=True)
    assert command("search_check").endswith("2 documents compared\n")

    # Changes that went past every signal.
    Resource.objects.filter(pk=stale.pk).update(title="Erneuert")
    type(gone).objects.filter(pk=gone.pk).update(live=False)
    ContentPageFactory(title="Fehlt")
    with pytest.raises(SystemExit) as stopped:
        command("search_check")
    assert stopped.value.code == 1

    report = command("search_check", "--repair")
    for line in ("missing: 1", "stale: 1", "surplus: 1", "3 groups noted"):
        assert line in report
    assert "3 jobs" in command("search_worker", "--once")
    assert command("search_check") == "2 documents compared\n"
    assert titles("Erneuert") == ["Erneuert"]


def test_rebuild_command_waits_for_nobody_else_and_swaps(index, titles):
    ResourceFactory(title="Neu gebaut")

    assert "1 documents" in command("search_rebuild")
    assert titles("gebaut") == ["Neu gebaut"]


def test_commands_say_when_the_engine_cannot_be_read(index):
    with pytest.raises(CommandError, match="there is no index yet"):
        command("search_check")


def test_analyse_command_prints_terms():
    assert "migrantin  (form for all genders: the feminine)" in command(
        "search_analyse", "Migrant*innen"
    )


def test_only_one_process_leads(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with exclusive(LEADER) as first, exclusive(LEADER) as second, exclusive(WRITER) as other:
        assert first
        assert second is None
        assert other
    with exclusive(LEADER) as again:
        assert again


def test_a_round_of_the_worker_does_what_is_due(index, titles):
    resource = ResourceFactory(title="Rundlauf")
    enqueue([f"resource:{resource.translation_key}"])

    pause = worker.Worker(threading.Event()).round()

    assert pause == worker.IDLE_SECONDS
    assert titles("Rundlauf") == ["Rundlauf"]


def test_the_worker_survives_every_error_and_waits_longer_each_time(index, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("unexpected")

    monkeypatch.setattr(worker.indexer, "bring_up_to_date", broken)
    busy = worker.Worker(threading.Event())

    pauses = [busy.round() for _round in range(8)]

    # Without work the pause is short again; an index that is missing is looked at now and then only.
    assert pauses[0] == 2 * worker.IDLE_SECONDS
    assert all(pause <= worker.LONGEST_PAUSE for pause in pauses)


def test_mail_and_other_jobs_wait_neither_for_the_index_nor_for_files(
    settings, tmp_path, monkeypatch
):
    settings.DATA_DIR = tmp_path
    stop, done = threading.Event(), threading.Event()
    monkeypatch.setattr(worker.Worker, "run", lambda _self: stop.wait(60))
    monkeypatch.setattr(worker.Reader, "run", lambda _self: stop.wait(60))
    monkeypatch.setattr(periodic, "_jobs", {})
    periodic.register("mail", done.set, every=1)

    threads = worker.start(stop)
    is_done = done.wait(timeout=30)
    stop.set()
    for thread in threads:
        thread.join(timeout=30)

    assert is_done


def test_no_worker_starts_in_tests_or_commands(settings):
    worker.ensure_running()

    assert not [thread for thread in threading.enumerate() if thread.name == "search-worker"]


def test_health_reports_engine_and_lag(index):
    enqueue(["resource:1"])
    assert health()["ok"] is False  # there is no index yet

    index()

    state = health()
    assert state["ok"] is True
    assert (state["waiting"], state["parked"], state["lag_seconds"]) == (0, 0, 0)


@pytest.fixture
def broken_engine(index):
    """An index that was fine and whose files are gone or garbage."""
    ResourceFactory(title="Wohnungssuche in Köln", summary="Rat & Tat")
    OrganisationFactory(name="Wohnungshilfe")
    SessionPageFactory(title="Wohnungsfragen")
    index(everything=True)
    engine = get_engine()
    folder = engine.root / engine.current()

    def breaking(how):
        for path in folder.iterdir():
            if how == "gone" or path.suffix == ".lock":
                path.unlink()
            elif how == "garbage":
                path.write_bytes(b"\xff" * 40)
        if how == "pointer":
            (engine.root / "CURRENT").write_bytes(b"\xff\xfe nowhere")

    return breaking


@pytest.mark.parametrize("how", ["gone", "garbage", "pointer"])
def test_with_a_broken_index_the_database_answers_and_says_so(broken_engine, client, how):
    broken_engine(how)

    response = client.get("/de/suche/", {"q": "Wohnung"})

    assert response.status_code == 200
    assert response.context["notice"]
    assert {hit.kind for hit in response.context["page"].hits} == {
        "resource",
        "organisation",
        "session",
    }
    answer = client.get("/api/v1/search", {"q": "Köln", "kind": "resource"}).json()
    assert answer["degraded"] is True
    assert answer["engine"] == "database"
    assert answer["hits"][0]["title_html"] == "Wohnungssuche in <mark>Köln</mark>"
    assert client.get("/api/v1/suggest", {"q": "woh"}).status_code == 200
    assert client.get("/readyz").json()["status"] == "degraded"


@pytest.mark.parametrize("how", ["gone", "garbage", "pointer"])
def test_a_broken_index_heals_without_a_hand(broken_engine, index, search, how):
    broken_engine(how)

    index()

    page = search("Wohnungssuche")
    assert (page.total, page.degraded) == (1, False)


def test_the_database_filters_as_far_as_it_can(broken_engine, search):
    broken_engine("gone")

    assert search("Wohnung", chosen={"kind": ("organisation",)}).total == 1
    assert search("Wohnung", chosen={"type": ("guide",)}).total == 1
    assert search("Wohnung", year_from=1990, year_to=1991).total == 0
    assert search("Wohnung", chosen={"topic": ("health",), "tag": ("x",)}).total == 0
    assert search("", chosen={"region": ("DE",), "language": ("de",)}).total == 0
    assert search("%_'\"\x00").total == 0


def test_a_failing_engine_is_left_alone_for_a_while(index, settings, monkeypatch):
    index()
    calls = []

    def failing(*args, **kwargs):
        calls.append(1)
        raise EngineUnavailable("time is up")

    monkeypatch.setattr(type(get_engine()), "search", failing)
    for _attempt in range(FAILURES + 3):
        assert run(SearchRequest(text="x"), None or anonymous()).degraded

    assert len(calls) == FAILURES
    assert not breaker.allows


def anonymous():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def test_without_an_engine_the_database_answers(settings, db, search):
    settings.SEARCH_URL = "null://"
    ResourceFactory(title="Ohne Maschine")

    page = search("Maschine")

    assert page.degraded
    assert page.total == 1
    assert not generations.needs_rebuild(get_engine())


@pytest.mark.parametrize(
    "url",
    ["tantivy://host/x", "tantivy:///", "tantivy:///../x", "solr://x", "elasticsearch://h:9200"],
)
def test_addresses_that_make_no_sense_are_refused(settings, url):
    from django.core.exceptions import ImproperlyConfigured

    settings.SEARCH_URL = url
    with pytest.raises(ImproperlyConfigured):
        get_engine()


def test_the_embedded_index_lies_in_the_data_folder(settings):
    settings.SEARCH_URL = "tantivy:///somewhere"

    assert get_engine().root == Path(settings.DATA_DIR) / "somewhere"
