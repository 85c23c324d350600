"""Sessions that are written many at once are what Wagtail writes when it adds and publishes one."""

import pytest
from treebeard.exceptions import PathOverflow
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from conference.models import Occurrence, Participation, SessionPage
from conference.services.schedule_import import page_internals
from conference.services.schedule_import.bulk import (
    create_sessions,
    new_session,
    plain_pages,
    rewrite_sessions,
)
from tests.factories.conference import ConferencePageFactory, PersonFactory, at

pytestmark = pytest.mark.django_db

# What is another one for each page or each moment.
KEYS = {"id", "page_ptr", "path", "public_id", "translation_key"}
OF_ITS_OWN = KEYS | {"slug", "url_path", "title", "draft_title"}
MOMENTS = {"first_published_at", "last_published_at", "latest_revision_created_at"}
REVISIONS = {"latest_revision", "live_revision"}


def filled(person, slug):
    page = new_session(title=f"Sitzung {slug}", slug=slug)
    page.occurrences.add(Occurrence(start=at("10:00"), end=at("11:00")))
    page.participations.add(Participation(name_as_shown="Ada", person=person))
    return page


@pytest.fixture
def both(db):
    """A page that was written in bulk, and one that Wagtail added and published."""
    conference, person = ConferencePageFactory(), PersonFactory(name="Ada")
    create_sessions(conference, [filled(person, "viele")], publish=True)
    conference.refresh_from_db()
    conference.add_child(instance=filled(person, "eine"))
    SessionPage.objects.get(slug="eine").save_revision().publish()
    return [SessionPage.objects.get(slug=slug) for slug in ("viele", "eine")]


def columns(page):
    left_out = OF_ITS_OWN | MOMENTS | REVISIONS
    return {
        field.name: field.value_from_object(page)
        for field in page._meta.concrete_fields
        if field.name not in left_out
    }


def references(page):
    rows = ReferenceIndex.get_references_for_object(page)
    names = ("base_content_type", "content_type", "to_content_type", "to_object_id", "model_path")
    return sorted(rows.values_list(*names))


def test_their_columns_are_the_same(both):
    many, one = both
    assert columns(many) == columns(one)
    for page in both:
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"
        assert page.draft_title == page.title
        assert all(getattr(page, name) for name in MOMENTS | REVISIONS)


def test_they_stand_in_a_whole_tree(both):
    assert not any(Page.find_problems())
    many, one = both
    assert list(many.get_siblings().specific()) == both
    assert many.get_parent() == one.get_parent()
    assert one.get_parent().numchild == 2


def test_what_belongs_to_them_and_what_they_refer_to_is_the_same(both):
    assert references(both[0]) == references(both[1]) != []
    for page in both:
        assert page.participations.get().name_as_shown == "Ada"
        assert page.occurrences.count() == 1


def test_their_versions_can_be_opened_and_published_again(both):
    for page in both:
        newest = page.get_latest_revision_as_object()
        assert (newest.title, newest.occurrences.count()) == (page.title, 1)
        page.get_latest_revision().publish()
    assert [page.latest_revision.base_content_type for page in both] == [
        both[1].latest_revision.base_content_type
    ] * 2


def test_their_history_says_that_they_were_made_and_published(both):
    many = PageLogEntry.objects.filter(page=both[0].pk).order_by("pk")
    assert list(many.values_list("action", flat=True)) == ["wagtail.create", "wagtail.publish"]


def test_pages_that_are_written_again_keep_their_place_and_get_a_version(both):
    many, one = both
    path, version = many.path, many.latest_revision_id
    assert plain_pages(both) == {many.pk, one.pk}
    many.title = "Neuer Titel"

    rewrite_sessions([many])

    many = SessionPage.objects.get(pk=many.pk)
    assert (many.title, many.draft_title, many.path) == ("Neuer Titel", "Neuer Titel", path)
    assert many.latest_revision_id == many.live_revision_id != version
    assert references(many) == references(one)
    assert not any(Page.find_problems())


def test_a_full_tree_is_an_error_and_not_a_broken_path(both, monkeypatch):
    parent = both[0].get_parent()
    monkeypatch.setattr(Page, "steplen", 1)
    with pytest.raises(PathOverflow):
        page_internals.next_paths(parent, len(Page.alphabet))
