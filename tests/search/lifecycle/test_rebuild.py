"""The index is built anew while people edit: every edit is in the index in use and in the new one."""

import pytest

from knowledge.models import Resource
from knowledge.services.publication import publish, withdraw
from search import generations
from search.engines import EngineUnavailable, get_engine
from search.models import IndexJob
from search.outbox import enqueue
from tests.factories.knowledge import ResourceFactory

pytestmark = pytest.mark.django_db


def published(title):
    resource = ResourceFactory(title=title, live=False)
    publish(item=resource)
    return resource


def rename(resource, title):
    resource = Resource.objects.get(pk=resource.pk)
    resource.title = title
    publish(item=resource)


class Editors:
    """Three edits of different kinds, at a moment somebody else chooses."""

    def __init__(self):
        self.old = published("Alter Titel")
        self.withdrawn = published("Zurückgezogenes")

    def edit(self):
        rename(self.old, "Neuer Titel")
        withdraw(item=Resource.objects.get(pk=self.withdrawn.pk), reason="veraltet")
        published("Mittendrin")


AFTER_EDITS = ["Mittendrin", "Neuer Titel"]


def test_edits_during_a_build_are_in_the_index_in_use_and_in_the_new_one(
    either_index, site, monkeypatch
):
    editors = Editors()
    either_index()
    engine, before = get_engine(), get_engine().current()
    real, seen = generations._all_documents, []

    def with_edits(refused):
        documents = list(real(refused))  # read before the edits: what stands there is outdated
        yield documents[0]
        editors.edit()
        yield documents[1]
        assert engine.current() == before
        seen.extend(sorted(site.titles()))

    monkeypatch.setattr(generations, "SECONDS_BETWEEN_EDITS", 0)
    monkeypatch.setattr(generations, "_all_documents", with_edits)
    generations.rebuild(engine)

    assert seen == AFTER_EDITS
    assert engine.current() != before
    assert sorted(site.titles()) == AFTER_EDITS
    site.assert_equal()


@pytest.mark.parametrize("moment", ["just before the swap", "just after the swap"])
def test_edits_around_the_swap_are_not_lost(either_index, site, monkeypatch, moment):
    editors = Editors()
    either_index()
    engine = get_engine()
    swap = engine.swap

    def with_edits(generation):
        if moment == "just before the swap":
            editors.edit()
        swap(generation)
        if moment == "just after the swap":
            editors.edit()

    monkeypatch.setattr(engine, "swap", with_edits)
    generations.rebuild(engine)

    assert IndexJob.objects.exists()  # nobody has looked at them yet, so nobody ticked them off
    either_index()
    assert sorted(site.titles()) == AFTER_EDITS
    site.assert_equal()


def test_visitors_find_the_same_before_during_and_after_the_swap(either_index, site, monkeypatch):
    published("Beständig")
    either_index()
    engine = get_engine()
    swap, pages = engine.swap, [site.search("Beständig")]

    def observed(generation):
        pages.append(site.search("Beständig"))
        swap(generation)
        pages.append(site.search("Beständig"))

    monkeypatch.setattr(engine, "swap", observed)
    for _build in range(3):
        generations.rebuild(engine)

    assert {(page.total, page.degraded) for page in pages} == {(1, False)}


def test_old_generations_are_swept(either_index, site):
    published("Etwas")
    either_index()
    engine = get_engine()
    for _build in range(3):
        generations.rebuild(engine)
    engine.create(f"killed_{engine.current().rpartition('_')[2]}")

    site.work()

    assert engine.sweep() == []  # the worker has done it
    assert engine.health().ok


def test_a_job_for_what_cannot_be_indexed_is_never_missing(either_index, unreadable, monkeypatch):
    """Whoever is killed after a build leaves the job of a bad item, old or new."""

    def killed(*_moment):
        raise KeyboardInterrupt

    monkeypatch.setattr(generations.shown, "forget_older_than", killed)
    enqueue([f"resource:{unreadable.translation_key}"])
    with pytest.raises(KeyboardInterrupt):
        generations.rebuild(get_engine())

    assert {job.group for job in IndexJob.objects.all()} == {
        f"resource:{unreadable.translation_key}"
    }


@pytest.mark.es
def test_an_index_that_was_deleted_while_it_was_filled_is_not_used(
    elasticsearch_index, site, monkeypatch
):
    """Elasticsearch makes another one of the same name and guesses its fields."""
    published("Vorher")
    elasticsearch_index()
    engine, before = get_engine(), get_engine().current()
    real = generations._all_documents

    def with_a_deletion(refused):
        ours = [name for name in engine._generations() if name != before]
        engine.client.indices.delete(index=engine._index(ours[0]))
        yield from real(refused)

    with monkeypatch.context() as patch:
        patch.setattr(generations, "_all_documents", with_a_deletion)
        with pytest.raises(EngineUnavailable, match="no whole generation"):
            generations.rebuild(engine)

    assert engine.current() == before
    assert site.titles() == ["Vorher"]
    generations.rebuild(engine)
    site.assert_equal()
