"""The editors' queue in the admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from knowledge.enums import SubmissionState, Trust
from knowledge.models import Resource, Standing, Submission
from knowledge.services import submissions
from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import (
    LanguageFactory,
    MembershipFactory,
    OrganisationFactory,
    ResourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

QUEUE = "nexsm_review"


def sent(title, *, organisation=None, **changes):
    """A new resource that waits."""
    organisation = organisation or OrganisationFactory()
    by = MembershipFactory(organisation=organisation, role="owner").user
    item = ResourceFactory(title=title, organisation=organisation, live=False, **changes)
    item.save_revision(user=by)
    return submissions.submit(item=item, by=by)


@pytest.fixture
def editor(client, db):
    user = EditorFactory()
    client.force_login(user)
    return user


def titles(client, **query):
    response = client.get(reverse(QUEUE), query)
    assert response.status_code == 200
    return [row.title for row in response.context["object_list"]]


def test_without_a_filter_everything_that_waits_is_there(client, editor):
    sent("Wartet")
    answered = sent("Beantwortet")
    submissions.refuse(submission=answered, by=editor, reason="Nein")
    submissions.answer(submission=answered, by=answered.submitted_by, text="Doch")
    trusted = OrganisationFactory()
    Standing.objects.create(organisation=trusted, trust=Trust.TRUSTED)
    sent("Sofort online", organisation=trusted)
    with_author = sent("Beim Autor")
    submissions.request_changes(submission=with_author, by=editor, notes={"title": "x"})
    done = sent("Fertig")
    submissions.approve(submission=done, by=editor)

    assert titles(client) == ["Wartet", "Beantwortet", "Sofort online"]
    assert titles(client, state="look") == ["Sofort online"]
    assert titles(client, state="unanswered") == ["Beantwortet"]
    assert titles(client, state="changes") == ["Beim Autor"]
    assert titles(client, state="refused") == ["Beantwortet"]
    assert len(titles(client, state="all")) == 5


def test_filters(client, editor):
    topic, language = TopicFactory(code="ai"), LanguageFactory(code="ar")
    organisation = OrganisationFactory(name="Brücke e. V.")
    first = sent("Erste", organisation=organisation, topics=[topic])
    second = sent("Zweite", language=language)
    owner = MembershipFactory(organisation=organisation, role="owner").user
    organisation.save_revision(user=owner)
    submissions.submit(item=organisation, by=owner)
    submissions.assign(submission=second, by=editor, to=editor)
    Submission.objects.filter(pk=first.pk).update(submitted_at=timezone.now() - timedelta(days=20))

    assert titles(client, kind="organisation") == ["Brücke e. V."]
    assert titles(client, kind="resource") == ["Erste", "Zweite"]
    assert titles(client, organisation="brücke") in (
        ["Erste", "Brücke e. V."],
        [],
    )  # SQLite and case
    assert titles(client, organisation="Brücke") == ["Erste", "Brücke e. V."]
    assert titles(client, topic="ai") == ["Erste"]
    assert titles(client, language="ar") == ["Zweite"]
    assert titles(client, care="mine") == ["Zweite"]
    assert titles(client, care="nobody") == ["Erste", "Brücke e. V."]
    assert titles(client, age="14") == ["Erste"]
    assert titles(client, age="30") == []
    assert titles(client, q="Zwei") == ["Zweite"]


def test_the_list_asks_no_more_for_more_rows(client, editor, django_assert_max_num_queries):
    counts = []
    for number in (1, 2):
        for index in range(number):
            sent(f"Eintrag {number}.{index}", topics=[TopicFactory()])
        with django_assert_max_num_queries(80) as asked:
            assert len(titles(client)) in (1, 3)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def choices(client):
    rows = client.get(reverse(QUEUE)).context["object_list"]
    return {row.title: f"{row.pk}:{row.revision_id}" for row in rows}


def test_several_are_published_after_a_question_each_checked_again(client, editor):
    first, second, third = sent("Eins"), sent("Zwei"), sent("Drei")
    chosen = choices(client)
    submissions.withdraw(submission=second, by=second.submitted_by)
    item = third.item
    item.title = "Drei, neuer"
    item.save_revision(user=third.submitted_by)
    submissions.submit(item=item, by=third.submitted_by)
    data = {"items": [*chosen.values(), "x", "1", "-1:2", f"{10**30}:1"]}

    asked = client.post(reverse("nexsm_review_publish"), data).content.decode()
    assert "Eins" in asked
    assert not Resource.objects.filter(live=True).exists()

    response = client.post(reverse("nexsm_review_publish"), {**data, "confirmed": "1"}, follow=True)

    assert [item.title for item in Resource.objects.filter(live=True)] == ["Eins"]
    told = [str(message) for message in response.context["messages"]]
    assert any("Zwei" in line for line in told)
    assert any("Drei" in line for line in told)
    first.refresh_from_db()
    assert first.state == SubmissionState.PUBLISHED


def test_nothing_chosen_publishes_nothing(client, editor):
    sent("Eins")
    assert client.post(reverse("nexsm_review_publish"), {}).status_code == 302
    assert client.get(reverse("nexsm_review_publish")).status_code == 405
    assert not Resource.objects.filter(live=True).exists()


@pytest.mark.parametrize("factory", [EditorFactory, SuperuserFactory])
def test_the_first_page_of_the_admin_says_what_waits(client, factory):
    sent("Wartet sehr")
    client.force_login(factory())
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(QUEUE) + "?state=waiting" in page


def test_members_are_refused(client):
    waiting = sent("Wartet")
    for user in (UserFactory(), waiting.submitted_by):
        client.force_login(user)
        for url in (reverse(QUEUE), reverse("nexsm_review_item", args=[waiting.pk])):
            assert client.get(url).status_code == 403
            assert client.post(url, {"action": "publish"}).status_code == 403
        data = {"items": [f"{waiting.pk}:{waiting.revision_id}"], "confirmed": "1"}
        assert client.post(reverse("nexsm_review_publish"), data).status_code == 403
    assert not Resource.objects.filter(live=True).exists()
