"""The UUID of a row outlives drafts, roll-back and translation, and is renewed by copying."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from conference.models import (
    ConferenceDocumentation,
    ConferencePage,
    Occurrence,
    Round,
    ScheduleItem,
    SessionPage,
)
from tests.conference.admin_form import add_row, read_form, row_template
from tests.factories.accounts import SuperuserFactory
from tests.factories.base import language_locale
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, at, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(SuperuserFactory())
    return client


@pytest.fixture
def session():
    return publish(SessionPageFactory(occurrences=[Occurrence(start=at("12:00"))]))


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def save(client, page, data, *, publish=False):
    """Save the edit form; returns the response."""
    buttons = {"action-publish": ["1"]} if publish else {}
    return client.post(edit_url(page), {**data, **buttons})


def draft(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def uids(rows):
    return [row.uid for row in rows.all()]


def test_a_new_row_keeps_its_uid_from_draft_to_draft_to_publication_and_back(editor, session):
    data = read_form(editor, edit_url(session))
    template = row_template(editor, edit_url(session), "occurrences")
    add_row(data, "occurrences", template, start="2024-06-04 14:00", status="confirmed")

    assert save(editor, session, data).status_code == 302
    first_revision = type(session).objects.get(pk=session.pk).latest_revision
    old, new = uids(draft(session).occurrences)
    assert old == session.occurrences.get().uid

    data = read_form(editor, edit_url(session))
    data["title"] = ["Anderer Titel"]
    assert save(editor, session, data).status_code == 302
    assert uids(draft(session).occurrences) == [old, new]

    data = read_form(editor, edit_url(session))
    assert save(editor, session, data, publish=True).status_code == 302
    published = SessionPage.objects.get(pk=session.pk)
    assert uids(published.occurrences) == [old, new]
    assert published.title == "Anderer Titel"

    first_revision.publish()
    again = SessionPage.objects.get(pk=session.pk)
    in_time = again.occurrences.order_by("start")
    assert uids(in_time) == [old, new]
    assert [row.start for row in in_time] == [at("12:00"), at("14:00")]


def test_rolling_back_in_the_admin_keeps_the_uids(editor, session):
    before = uids(session.occurrences)
    revision = session.latest_revision
    session.occurrences.set([Occurrence(start=at("16:00"))])
    session = publish(session)
    assert uids(session.occurrences) != before

    url = reverse("wagtailadmin_pages:revisions_revert", args=[session.pk, revision.pk])
    data = read_form(editor, url)
    assert editor.post(url, {**data, "action-publish": ["1"]}).status_code == 302

    assert uids(SessionPage.objects.get(pk=session.pk).occurrences) == before


def test_rows_added_in_one_go_get_different_uids(editor, session):
    data = read_form(editor, edit_url(session))
    template = row_template(editor, edit_url(session), "occurrences")
    add_row(data, "occurrences", template, start="2024-06-04 14:00", status="confirmed")
    add_row(data, "occurrences", template, start="2024-06-04 16:00", status="confirmed")

    assert save(editor, session, data).status_code == 302

    assert len(set(uids(draft(session).occurrences))) == 3


def test_saving_the_same_new_row_again_and_again_gives_the_same_uid(editor, session):
    data = read_form(editor, edit_url(session))
    template = row_template(editor, edit_url(session), "occurrences")
    add_row(data, "occurrences", template, start="2024-06-04 14:00", status="confirmed")

    found = []
    for _ in range(2):
        assert save(editor, session, data).status_code == 302
        found.append(uids(draft(session).occurrences))

    assert found[0] == found[1]


def test_rows_of_a_conference_keep_their_uids_too(editor):
    conference = publish(ConferencePageFactory(rounds=[Round(start=at("12:00"))]))
    url = edit_url(conference)
    data = read_form(editor, url)
    round_template = row_template(editor, url, "rounds")
    item_template = row_template(editor, url, "schedule_items")
    add_row(data, "rounds", round_template, label="II", start="2024-06-04 14:00", results="null")
    add_row(data, "schedule_items", item_template, kind="break", status="confirmed")
    assert save(editor, conference, data).status_code == 302
    rounds, items = uids(draft(conference).rounds), uids(draft(conference).schedule_items)

    assert save(editor, conference, read_form(editor, url), publish=True).status_code == 302

    published = ConferencePage.objects.get(pk=conference.pk)
    assert uids(published.rounds) == rounds
    assert uids(published.schedule_items) == items
    assert len(rounds) == 2
    assert len(items) == 1


def test_times_are_entered_in_the_zone_of_the_conference(editor):
    conference = ConferencePageFactory(timezone="Asia/Tokyo")
    session = publish(
        SessionPageFactory(
            parent=conference, occurrences=[Occurrence(start=at("12:00", zone=conference.zone))]
        )
    )

    data = read_form(editor, edit_url(session))
    assert data["occurrences-0-start"][0].startswith("2024-06-04 12:00")
    data["occurrences-0-start"] = ["2024-06-04 13:00"]
    assert save(editor, session, data, publish=True).status_code == 302

    row = SessionPage.objects.get(pk=session.pk).occurrences.get()
    assert row.start == at("13:00", zone=conference.zone)


def test_the_form_offers_the_rounds_of_the_conference(editor):
    round_ = Round(label="Runde I", start=at("12:00"))
    conference = publish(ConferencePageFactory(rounds=[round_]))
    lost = uuid.uuid4()
    session = publish(
        SessionPageFactory(parent=conference, occurrences=[Occurrence(round_uid=lost)])
    )

    page = editor.get(edit_url(session)).content.decode()
    assert "Runde I" in page
    assert str(round_.uid) in page

    data = read_form(editor, edit_url(session))
    assert data["occurrences-0-round_uid"] == [str(lost)]
    data["occurrences-0-round_uid"] = [str(round_.uid)]
    assert save(editor, session, data, publish=True).status_code == 302
    assert SessionPage.objects.get(pk=session.pk).occurrences.get().round_uid == round_.uid


def test_a_row_that_comes_without_a_uid_gets_one(editor, session):
    data = read_form(editor, edit_url(session))
    add_row(data, "occurrences", "", start="2024-06-04 14:00", status="confirmed")

    assert save(editor, session, data).status_code == 302

    assert len(set(uids(draft(session).occurrences))) == 2


@pytest.mark.parametrize("value", ["kein-uuid", "0", "new", "\u202e"])
def test_a_damaged_uid_is_an_error_message(editor, session, value):
    data = read_form(editor, edit_url(session))
    data["occurrences-0-uid"] = [value]

    response = save(editor, session, data)

    assert response.status_code == 200
    assert SessionPage.objects.get(pk=session.pk).occurrences.get().uid == (
        session.occurrences.get().uid
    )


def test_a_uid_used_twice_in_a_page_is_refused(editor, session):
    data = read_form(editor, edit_url(session))
    uid = session.occurrences.get().uid
    add_row(data, "occurrences", uid, start="2024-06-04 14:00", status="confirmed")

    response = save(editor, session, data)

    assert response.status_code == 200
    assert not response.context["form"].is_valid()


def test_a_uid_of_another_page_is_refused_by_form_and_model(editor, session):
    other = SessionPageFactory(parent=session.get_parent().specific)
    uid = session.occurrences.get().uid
    data = read_form(editor, edit_url(other))
    add_row(data, "occurrences", uid, start="2024-06-04 14:00", status="confirmed")

    assert save(editor, other, data).status_code == 200

    other.occurrences.set([Occurrence(uid=uid)])
    with pytest.raises(ValidationError):
        other.full_clean()


def test_an_end_before_the_start_is_refused(editor, session):
    data = read_form(editor, edit_url(session))
    data["occurrences-0-end"] = ["2024-06-04 11:00"]

    response = save(editor, session, data)

    assert response.status_code == 200
    (errors,) = response.context["form"].formsets["occurrences"].errors
    assert "end" in errors


@pytest.fixture
def conference():
    round_ = Round(label="I", start=at("12:00"))
    conference = publish(
        ConferencePageFactory(
            rounds=[round_],
            schedule_items=[ScheduleItem(start=at("10:00"))],
            documentation=[ConferenceDocumentation(url="https://example.org/")],
        )
    )
    publish(
        SessionPageFactory(
            parent=conference, slug="kurs", occurrences=[Occurrence(round_uid=round_.uid)]
        )
    )
    return conference


def known_identities(conference):
    """Everything that must be different in a copy."""
    session = SessionPage.objects.child_of(conference).get()
    return {
        conference.public_id,
        session.public_id,
        *uids(conference.schedule_items),
        *uids(conference.documentation),
        *uids(session.occurrences),
    }


def assert_is_a_work_of_its_own(original, copy):
    before, after = known_identities(original), known_identities(copy)
    assert len(after) == len(before) == 5
    assert not before & after
    # The copied sessions are in the copied rounds.
    session = SessionPage.objects.child_of(copy).get()
    assert [row.round_uid for row in session.occurrences.all()] == uids(copy.rounds)


def test_a_copied_conference_gets_new_identities(conference):
    copy = conference.copy(recursive=True, update_attrs={"slug": "naechste"})

    assert_is_a_work_of_its_own(conference, ConferencePage.objects.get(pk=copy.pk))


def test_publishing_copied_drafts_and_revisions_does_not_bring_old_identities_back(conference):
    copy = conference.copy(recursive=True, keep_live=False, update_attrs={"slug": "naechste"})
    copied_session = SessionPage.objects.child_of(copy).get()
    live_uids = uids(copied_session.occurrences)

    # The conference's older revisions carry the slug of the original and cannot be published.
    ConferencePage.objects.get(pk=copy.pk).latest_revision.publish()
    assert copied_session.revisions.count() > 1
    for revision in copied_session.revisions.order_by("created_at"):
        revision.publish()

    assert_is_a_work_of_its_own(conference, ConferencePage.objects.get(pk=copy.pk))
    assert uids(SessionPage.objects.get(pk=copied_session.pk).occurrences) == live_uids


def test_copying_in_the_admin_renews_identities_too(editor, conference):
    url = reverse("wagtailadmin_pages:copy", args=[conference.pk])
    response = editor.post(
        url,
        {
            "new_title": "NexSM25",
            "new_slug": "nexsm25",
            "new_parent_page": conference.get_parent().pk,
            "copy_subpages": "on",
            "publish_copies": "on",
        },
    )

    assert response.status_code == 302
    assert_is_a_work_of_its_own(conference, ConferencePage.objects.get(slug="nexsm25"))


def test_an_alias_has_identities_of_its_own_and_keeps_them(conference):
    alias = conference.create_alias(recursive=True, update_slug="zweitname")
    assert_is_a_work_of_its_own(conference, ConferencePage.objects.get(pk=alias.pk))
    before = known_identities(ConferencePage.objects.get(pk=alias.pk))

    for page in (conference, SessionPage.objects.child_of(conference).get()):
        page.title += "!"
        publish(page)

    assert known_identities(ConferencePage.objects.get(pk=alias.pk)) == before


def test_a_translation_keeps_all_identities(conference):
    language_locale("en")
    english = conference.copy_for_translation(language_locale("en"), copy_parents=True)
    session = SessionPage.objects.child_of(conference).get()
    translated = session.copy_for_translation(language_locale("en"))

    assert english.public_id == conference.public_id
    assert uids(english.rounds) == uids(conference.rounds)
    assert uids(english.schedule_items) == uids(conference.schedule_items)
    assert translated.public_id == session.public_id
    assert uids(translated.occurrences) == uids(session.occurrences)
    translated.full_clean()

    published = publish(translated)
    assert published.public_id == session.public_id
    assert uids(published.occurrences) == uids(session.occurrences)


def test_the_public_id_cannot_be_changed_by_a_revision(session):
    revision = session.save_revision()
    revision.content["public_id"] = str(uuid.uuid4())
    revision.save()

    assert revision.as_object().public_id == session.public_id
