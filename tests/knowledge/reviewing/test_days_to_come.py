"""Versions with a date from which visitors see them: published is what is online, not what was scheduled."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from knowledge.enums import SubmissionState, Trust
from knowledge.models import Resource, Standing, Tombstone
from knowledge.services import curation, publication, submissions
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory
from tests.knowledge.test_admin_forms import resource_data

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def editor(client, db):
    user = EditorFactory()
    client.force_login(user)
    return user


@pytest.fixture
def sent_with_a_day(resource, owner, reviewer):
    """A version that has kept the date an editor had set."""
    publication.publish(item=Resource.objects.get(pk=resource.pk))
    resource = Resource.objects.get(pk=resource.pk)
    resource.title = "Neu"
    resource.go_live_at = timezone.now() + DAY
    resource.save_revision(user=owner)
    made = submissions.submit(item=resource, by=owner)
    OutgoingMail.objects.all().delete()
    return made


def the_day_comes():
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
    for revision in scheduled:
        content = revision.content | {"go_live_at": (timezone.now() - DAY).isoformat()}
        scheduled.filter(pk=revision.pk).update(
            approved_go_live_at=timezone.now() - DAY, content=content
        )
    call_command("publish_scheduled")


def publish_in_the_form(client, resource):
    address = reverse("wagtailsnippets_knowledge_resource:edit", args=[resource.pk])
    day = (timezone.now() + DAY).strftime("%Y-%m-%d %H:%M")
    given = {"title": "Geplant", "organisation": resource.organisation_id, "go_live_at": day}
    assert (
        client.post(address, resource_data() | given | {"action-publish": "1"}).status_code == 302
    )


@pytest.mark.parametrize("way", ["form", "queue", "many in the queue", "many"])
def test_nobody_is_told_that_it_is_online_before_it_is(
    client, editor, resource, sent_with_a_day, way
):
    if way == "form":
        publish_in_the_form(client, resource)
    elif way == "queue":
        address = reverse("nexsm_review_item", args=[sent_with_a_day.pk])
        data = {"action": "publish", "seen": sent_with_a_day.revision_id}
        page = client.post(address, data, follow=True).content.decode()
        assert "has a date" in page
    elif way == "many in the queue":
        chosen = f"{sent_with_a_day.pk}:{sent_with_a_day.revision_id}"
        data = {"items": [chosen], "confirmed": "1"}
        page = client.post(reverse("nexsm_review_publish"), data, follow=True).content.decode()
        assert "has a date" in page
        assert "1 entry is published" not in page
    else:
        curation.publish_latest(item=Resource.objects.get(pk=resource.pk), by=editor)

    sent_with_a_day.refresh_from_db()
    assert Resource.objects.get(pk=resource.pk).title == "Alt"
    assert sent_with_a_day.state == SubmissionState.WAITING
    assert not OutgoingMail.objects.exists()

    the_day_comes()
    sent_with_a_day.refresh_from_db()
    assert Resource.objects.get(pk=resource.pk).title in {"Neu", "Geplant"}
    assert sent_with_a_day.state == SubmissionState.PUBLISHED
    assert OutgoingMail.objects.get().to == sent_with_a_day.submitted_by.email


def test_a_trusted_organisation_does_not_overrule_the_day(resource, owner, reviewer):
    Standing.objects.create(organisation=resource.organisation, trust=Trust.TRUSTED)
    resource.go_live_at = timezone.now() + DAY
    resource.save_revision(user=owner)

    sent = submissions.submit(item=resource, by=owner)

    assert sent.state == SubmissionState.WAITING
    assert OutgoingMail.objects.get().to == reviewer.email


def test_what_comes_back_on_a_day_stays_gone_until_then(resource, editor):
    publication.withdraw(item=Resource.objects.get(pk=resource.pk), reason="Alt.", by=editor)
    found = Resource.objects.get(pk=resource.pk)
    found.go_live_at = timezone.now() + DAY

    publication.publish(item=found, by=editor)

    assert Tombstone.objects.get().reason == "Alt."


@pytest.mark.parametrize(
    ("now", "said"),
    [("offline", "nicht mehr online"), ("members", "Alle, die angemeldet sind")],
)
def test_the_page_of_the_author_says_what_is_true_now(client, submission, reviewer, now, said):
    submissions.approve(submission=submission, by=reviewer)
    if now == "offline":
        publication.withdraw(item=Resource.objects.get(), reason="Alt.", by=reviewer)
    else:
        Resource.objects.update(visibility="members")
    client.force_login(submission.submitted_by)

    page = client.get(submission.get_absolute_url(), follow=True).content.decode()

    assert said in page
    assert "Alle können es jetzt finden" not in page
