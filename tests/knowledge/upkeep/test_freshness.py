"""Asking whether entries are still right: one mail for each person, one click for each entry."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from knowledge.models import Freshness, FreshnessQuestion, Organisation, Resource, UpkeepRun
from knowledge.models.freshness import Answer, FreshnessDigest
from knowledge.queries.caretakers import caretakers_of, looked_after_by
from knowledge.queries.freshness import PERIOD, REMINDER, age_of, due_for, people_to_ask
from knowledge.services import freshness, upkeep_jobs
from knowledge.services.curation import set_verification
from knowledge.services.publication import publish
from knowledge.signals import items_changed
from nexsm.base.mail.wishes import Recipient, refuse
from search.models import IndexJob
from search.sources.knowledge import Organisations, Resources
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOW = timezone.now()
OLD = NOW - PERIOD - DAY


@pytest.fixture
def organisation():
    """A profile nobody has touched for half a year, with one owner."""
    made = OrganisationFactory(name="Brücke", last_published_at=OLD)
    MembershipFactory(organisation=made, role="owner")
    return made


@pytest.fixture
def owner(organisation):
    return organisation.memberships.get().user


def old_resource(**values):
    return ResourceFactory(**{"last_published_at": OLD, **values})


def ask(now=NOW):
    return freshness.ask_everybody(now)


def link_in(text):
    (link,) = re.findall(r"http://localhost:8000(/\S+/bestaetigen/\S+/)", text)
    return link


def press(client, link, text, what):
    """Press the button of the entry with this title."""
    page = client.get(link)
    (number,) = [
        str(entry["question"].pk)
        for entry in page.context["entries"]
        if entry["item"].heading == text
    ]
    return client.post(link, {"question": number, "answer": what}, follow=True)


def test_a_person_gets_one_mail_about_all_her_entries(organisation, owner, mails):
    old_resource(title="Handbuch & Recht", organisation=organisation)
    old_resource(title="Eigenes", created_by=owner)
    assert ask() == 1
    ((to, text),) = mails()
    assert to == owner.email
    assert all(f"- {title}" in text for title in ("Brücke", "Handbuch & Recht", "Eigenes"))
    assert ask() == 0
    assert ask(NOW + DAY) == 0


def test_nobody_is_asked_about_what_is_young_offline_or_invented(organisation, owner):
    Organisation.objects.update(last_published_at=NOW)
    ResourceFactory(organisation=organisation)
    old_resource(organisation=organisation, live=False)
    old_resource(organisation=organisation, is_example=True)
    old_resource()  # nobody looks after it
    old_resource(organisation=organisation, created_by=UserFactory(is_active=False))
    Resource.objects.filter(created_by__isnull=False).delete()
    assert ask() == 0


def test_what_an_editor_imported_for_all_is_not_hers(owner):
    imported = old_resource(created_by=owner, import_source="csv", import_id="1")
    of_all = UserFactory()
    old_resource(created_by=of_all, import_source="csv", import_id="2")

    assert imported not in due_for(owner, NOW)
    assert of_all not in people_to_ask()
    assert not caretakers_of(imported).exists()
    assert looked_after_by(owner, [imported]) == []


def test_many_entries_are_asked_about_in_mails_somebody_can_answer(
    organisation, monkeypatch, mails
):
    monkeypatch.setattr(freshness, "MOST_IN_A_MAIL", 2)
    for _number in range(2):
        old_resource(organisation=organisation)

    assert ask() == 1
    assert FreshnessQuestion.objects.count() == 2
    assert ask(NOW + DAY) == 0
    assert ask(NOW + 8 * DAY) == 1
    assert FreshnessQuestion.objects.count() == 3
    assert set(Freshness.objects.values_list("asked_times", flat=True)) == {1}


def test_an_address_that_is_not_confirmed_gets_no_mail(organisation, owner, mails):
    EmailAddress.objects.update(verified=False)
    assert ask() == 0
    assert mails() == []


def test_editors_and_members_of_an_organisation_are_not_asked(organisation):
    MembershipFactory(organisation=organisation, role="editor")
    MembershipFactory(organisation=organisation, role="member")
    assert ask() == 1


def test_all_owners_are_asked_and_one_answer_is_enough(organisation, owner, mails, client):
    MembershipFactory(organisation=organisation, role="owner")
    assert ask() == 2
    assert Freshness.objects.get().asked_times == 1
    press(client, link_in(mails()[0][1]), "Brücke", "current")
    assert ask(NOW + REMINDER + DAY) == 0


def test_reading_the_page_changes_nothing_and_one_click_confirms(organisation, mails, client):
    ask()
    link = link_in(mails()[0][1])
    client.get(link)
    client.head(link)
    assert Freshness.objects.get().confirmed_at is None

    page = press(client, link, "Brücke", "current")

    row = Freshness.objects.get()
    assert row.confirmed_at is not None
    assert row.asked_times == 0
    assert "Danke" in page.content.decode()
    assert ModelLogEntry.objects.get(action="knowledge.confirm").user is not None
    assert "bestätigt" in client.get(organisation.get_absolute_url()).content.decode()
    assert organisation.revisions.count() == 0
    assert ask(NOW + PERIOD - DAY) == 0
    assert ask(NOW + PERIOD + DAY) == 1


def test_twice_without_an_answer_is_marked_in_public_and_ranks_lower(organisation, client):
    resource = old_resource(organisation=organisation)
    ask()
    assert ask(NOW + REMINDER - DAY) == 0
    assert freshness.mark_unanswered(NOW + REMINDER + DAY) == 0
    assert ask(NOW + REMINDER + DAY) == 1
    assert freshness.mark_unanswered(NOW + REMINDER + 2 * DAY) == 0
    IndexJob.objects.all().delete()

    assert freshness.mark_unanswered(NOW + 2 * REMINDER + 2 * DAY) == 2

    assert ask(NOW + 2 * REMINDER + 2 * DAY) == 0
    for item in (resource, organisation):
        page = client.get(item.get_absolute_url()).content.decode()
        assert "hat niemand bestätigt" in page
    groups = {
        f"resource:{resource.translation_key}",
        f"organisation:{organisation.public_id}",
    }
    assert set(IndexJob.objects.values_list("group", flat=True)) == groups
    (document,) = Resources().collect([f"resource:{resource.translation_key}"])
    assert document.is_doubtful
    (document,) = Organisations().collect([f"organisation:{organisation.public_id}"])
    assert document.is_doubtful


@pytest.mark.parametrize("how", ["answer", "edit", "import"])
def test_an_answer_or_an_edit_takes_the_mark_away(organisation, owner, how):
    kept = Freshness.objects.create(item=organisation, asked_times=2, unconfirmed_at=NOW)
    if how == "answer":
        freshness.confirm(item=organisation, by=owner)
    elif how == "edit":
        publish(item=organisation)
    else:
        items_changed.send(sender=Organisation, pks=[organisation.pk])
    kept.refresh_from_db()
    assert not kept.is_doubtful
    assert kept.asked_times == 0


def test_a_fact_changed_in_many_entries_says_nothing_about_their_texts(organisation):
    kept = Freshness.objects.create(item=organisation, asked_times=1, outdated_at=NOW)

    set_verification(
        organisation=Organisation.objects.get(pk=organisation.pk),
        verification="verified",
        by=EditorFactory(),
    )

    assert Organisation.objects.get(pk=organisation.pk).verification == "verified"
    kept.refresh_from_db()
    assert (kept.outdated_at, kept.asked_times) == (NOW, 1)


def test_who_confirms_while_the_others_are_marked_is_not_overruled(organisation, owner):
    kept = Freshness.objects.create(item=organisation, asked_times=2, asked_at=NOW - REMINDER - DAY)
    answers = [lambda: freshness.confirm(item=organisation, by=owner)]

    def answering(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if answers and sql.startswith("SELECT") and "knowledge_freshness" in sql:
            answers.pop()()
        return done

    with connection.execute_wrapper(answering):
        freshness.mark_unanswered(NOW)

    assert not answers
    kept.refresh_from_db()
    assert not kept.is_doubtful


def test_whoever_answers_for_it_may_say_that_it_is_out_of_date(organisation, mails, client):
    ask()
    press(client, link_in(mails()[0][1]), "Brücke", "outdated")
    assert Freshness.objects.get().is_doubtful
    page = client.get(organisation.get_absolute_url()).content.decode()
    assert "nicht mehr aktuell" in page
    assert age_of(organisation).is_outdated


def test_who_says_it_is_out_of_date_is_asked_again_after_half_a_year_only(organisation, mails):
    ask()
    Freshness.objects.update(asked_times=2, unconfirmed_at=NOW)
    freshness.answer(question=FreshnessQuestion.objects.get(), what=Answer.OUTDATED)

    for later in (DAY, REMINDER + DAY, PERIOD - DAY):
        assert ask(NOW + later) == 0
        assert freshness.mark_unanswered(NOW + later) == 0
    assert Freshness.objects.get().unconfirmed_at is None
    assert len(mails()) == 1

    assert ask(NOW + PERIOD + DAY) == 1
    assert ask(NOW + PERIOD + REMINDER + 2 * DAY) == 1


@pytest.mark.parametrize("by", ["account", "address"])
def test_who_wants_no_such_mails_is_not_asked_and_her_entries_get_no_mark(
    organisation, owner, mails, by
):
    refused = Recipient("freshness", owner.email.lower(), owner.pk if by == "account" else None)
    refuse(refused)

    for days in (0, 31, 62, 93):
        assert ask(NOW + days * DAY) == 0
        assert freshness.mark_unanswered(NOW + days * DAY) == 0

    assert mails() == []
    assert not Freshness.objects.exists()
    assert not FreshnessDigest.objects.exists()


def test_another_owner_is_asked_although_one_wants_no_such_mails(organisation, owner, mails):
    other = MembershipFactory(organisation=organisation, role="owner").user
    refuse(Recipient("freshness", owner.email, owner.pk))
    assert ask() == 1
    assert ask(NOW + REMINDER + DAY) == 1
    assert [to for to, _text in mails()] == [other.email] * 2
    assert freshness.mark_unanswered(NOW + 2 * REMINDER + 2 * DAY) == 1


@pytest.mark.parametrize("change", ["password", "email", "inactive", "late", "forged", "deleted"])
def test_a_link_stops_working(organisation, owner, mails, client, change):
    ask()
    link = link_in(mails()[0][1])
    if change == "password":
        owner.set_password("another horse battery")
        owner.save()
    elif change == "email":
        owner.email = "new@example.org"
        owner.save()
    elif change == "inactive":
        owner.is_active = False
        owner.save()
    elif change == "forged":
        link = link.replace("bestaetigen/", "bestaetigen/x")
    elif change == "deleted":
        owner.delete()
    elif change == "late":
        freshness.LINK_SECONDS, before = -1, freshness.LINK_SECONDS
        try:
            assert client.get(link).status_code == 404
        finally:
            freshness.LINK_SECONDS = before
        return
    assert client.get(link).status_code == 404
    assert client.post(link, {"question": "1", "answer": "current"}).status_code == 404
    assert not Freshness.objects.filter(confirmed_at__isnull=False).exists()


def test_a_link_answers_only_its_own_questions_and_only_for_who_still_may(
    organisation, owner, mails, client
):
    other = MembershipFactory(
        organisation=OrganisationFactory(name="Andere", last_published_at=OLD), role="owner"
    )
    ask()
    links = dict(mails())
    mine, hers = link_in(links[owner.email]), link_in(links[other.user.email])
    number = client.get(hers).context["entries"][0]["question"].pk
    for wrong in (str(number), "", "x", "9" * 40, "\0"):
        client.post(mine, {"question": wrong, "answer": "current"})
    client.post(hers, {"question": str(number), "answer": "nonsense"})
    other.delete()
    client.post(hers, {"question": str(number), "answer": "current"})
    assert not Freshness.objects.filter(confirmed_at__isnull=False).exists()


def test_the_day_has_one_run_whoever_asks(organisation, mails):
    assert upkeep_jobs.daily(NOW)
    assert not upkeep_jobs.daily(NOW + timedelta(hours=1))
    assert upkeep_jobs.daily(NOW + DAY)
    assert len(mails()) == 1
    assert UpkeepRun.objects.count() == 1


def test_the_command_does_it_at_once(organisation, mails, capsys):
    call_command("ask_about_freshness")
    assert "1 mails queued, 0 entries marked" in capsys.readouterr().out
    assert len(mails()) == 1


def test_a_deleted_item_leaves_no_question(organisation, mails, client):
    ask()
    organisation.delete()
    assert not Freshness.objects.exists()
    assert client.get(link_in(mails()[0][1])).status_code == 200


def test_the_link_shows_no_entry_that_was_handed_over_meanwhile(client, organisation, owner, mails):
    old_resource(title="Eigenes", created_by=owner)
    ask()
    link = link_in(mails()[0][1])
    organisation.memberships.all().delete()

    page = client.get(link).content.decode()

    assert "Eigenes" in page
    assert "Brücke" not in page


def test_a_job_of_the_day_that_fails_does_not_stop_the_later_ones(
    organisation, mails, monkeypatch, caplog
):
    def fail(_moment):
        raise ValueError("nobody thought of this")

    monkeypatch.setattr(upkeep_jobs, "forget_invitations", fail)
    assert upkeep_jobs.daily(NOW)
    assert len(mails()) == 1
    assert "nobody thought of this" in caplog.text
