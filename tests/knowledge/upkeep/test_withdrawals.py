"""Who takes a member's item offline tells those who answer for it: once, why, and what they can do."""

import pytest
from django.urls import reverse

from knowledge.models import Organisation, Resource
from knowledge.models.reports import ReportDecision
from knowledge.services import (
    mail_floods,
    publication,
    report_decisions,
    reports,
    submissions,
    withdrawals,
)
from nexsm.base import items
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, ReviewerFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, ResourceFactory

pytestmark = pytest.mark.django_db

RESOURCE = "wagtailsnippets_knowledge_resource"
ORGANISATION = "wagtailsnippets_knowledge_organisation"


@pytest.fixture
def editor(client):
    user = EditorFactory()
    client.force_login(user)
    return user


@pytest.fixture
def owner():
    return MembershipFactory(role="owner", user__language="de").user


@pytest.fixture
def resource(owner):
    return ResourceFactory(title="Handbuch", organisation=owner.memberships.get().organisation)


def take_offline(client, item, reason="Das Gesetz gilt nicht mehr."):
    namespace = ORGANISATION if isinstance(item, Organisation) else RESOURCE
    url = reverse(f"{namespace}:unpublish", args=[item.pk])
    assert client.post(url, {"reason": reason}).status_code == 302


def test_owners_read_why_and_where_to_write(client, editor, owner, resource):
    other = MembershipFactory(organisation=resource.organisation, role="owner", user__language="en")
    MembershipFactory(organisation=resource.organisation, role="member")
    resource.save_revision(user=owner)
    sent = submissions.submit(item=resource, by=owner)
    OutgoingMail.objects.all().delete()

    take_offline(client, resource)

    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {owner.email, other.user.email}
    german, english = mails[owner.email], mails[other.user.email]
    assert german.subject == "NexSM: „Handbuch“ ist offline"
    assert "Grund: Das Gesetz gilt nicht mehr." in german.text
    assert f"/de/mitmachen/einreichungen/{sent.public_id}/" in german.text
    assert f"/de/mitmachen/material/bearbeiten/{resource.public_id}/" in german.text
    assert english.subject == "NexSM: “Handbuch” is offline"
    assert f"/en/mitmachen/einreichungen/{sent.public_id}/" in english.text


def test_without_a_conversation_the_mail_names_the_imprint(client, editor, owner):
    organisation = owner.memberships.get().organisation

    take_offline(client, organisation, reason="")

    text = OutgoingMail.objects.get(to=owner.email).text
    assert "Einen Grund hat sie nicht genannt." in text
    assert "/de/impressum/" in text
    assert f"/de/mitmachen/organisationen/{organisation.public_id}/profil/" in text


def test_who_made_it_alone_is_told_and_nobody_for_what_was_imported(client, editor):
    maker = UserFactory()
    take_offline(client, ResourceFactory(created_by=maker))
    take_offline(client, ResourceFactory(created_by=maker, import_source="liste"))

    assert OutgoingMail.objects.get().to == maker.email


def test_whoever_did_it_herself_gets_none(client, editor, resource, owner):
    MembershipFactory(organisation=resource.organisation, user=editor, role="owner")

    take_offline(client, resource)

    assert OutgoingMail.objects.get().to == owner.email


def test_the_second_press_of_the_button_tells_nobody_again(client, editor, resource):
    take_offline(client, resource)
    take_offline(client, resource, reason="Ein anderer Grund.")

    assert OutgoingMail.objects.count() == 1
    assert Resource.objects.get().withdrawn_reason == "Ein anderer Grund."


def test_every_time_it_goes_offline_again_is_told(client, editor, resource):
    take_offline(client, resource)
    publication.publish(item=Resource.objects.get(), by=editor)
    take_offline(client, resource)

    assert OutgoingMail.objects.count() == 2


def test_a_decision_about_a_report_writes_its_own_mail_alone(resource, owner):
    kind = items.kind_named("resource")
    report = reports.report_item(
        kind=kind, item=resource, reason="privacy", text="Mein Name.", email="",
        language="de", sender_key="x",
    )  # fmt: skip
    report_decisions.decide(
        report=report, decision=ReportDecision.HIDE, explanation="Ja.", by=EditorFactory()
    )

    assert OutgoingMail.objects.get(to=owner.email).key.startswith("report_statement:")


@pytest.mark.usefixtures("within_an_hour")
def test_after_many_at_once_one_mail_says_that_there_are_more(client, editor, owner, resource):
    organisation = resource.organisation
    many = [resource, *(ResourceFactory(organisation=organisation) for _ in range(7))]
    url = reverse("wagtail_bulk_action", args=["knowledge", "resource", "withdraw"])
    numbers = "&".join(f"id={item.pk}" for item in many)
    client.post(f"{url}?{numbers}&next=/admin/", {"reason": "Veraltet"})

    assert not Resource.objects.filter(live=True).exists()
    subjects = list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))
    assert len(subjects) == 6
    assert subjects[-1] == "NexSM: weitere Ihrer Einträge sind offline"
    assert_names_both_lists(OutgoingMail.objects.latest("pk").text)


def assert_names_both_lists(text):
    assert f"http://localhost:8000{reverse('knowledge:own_resources')}\n" in text
    assert f"http://localhost:8000{reverse('knowledge:my_organisations')}\n" in text


@pytest.mark.usefixtures("within_an_hour")
@pytest.mark.parametrize("last", ["organisation", "resource"])
def test_the_last_mail_leads_to_everything_whatever_it_was_that_went_offline(
    editor, owner, resource, last
):
    organisation = resource.organisation
    many = [ResourceFactory(organisation=organisation) for _ in range(mail_floods.BURST)]
    more = [organisation, resource] if last == "resource" else [resource, organisation]
    for item in (*many, *more):
        withdrawals.take_offline(item=item, reason="Veraltet", by=editor)

    found = OutgoingMail.objects.filter(key__startswith="taken_offline_more:")
    assert found.get().to == owner.email
    assert_names_both_lists(found.get().text)


def test_a_failure_while_taking_it_offline_tells_nobody(resource, editor, monkeypatch):
    def fail(**_given):
        raise RuntimeError("fails")

    monkeypatch.setattr(publication, "withdraw", fail)
    with pytest.raises(RuntimeError):
        withdrawals.take_offline(item=resource, reason="x", by=editor)
    assert not OutgoingMail.objects.exists()


def test_the_list_of_ones_own_shows_the_reason_and_the_way_to_the_editors(client, owner, resource):
    resource.save_revision(user=owner)
    sent = submissions.submit(item=resource, by=owner)
    submissions.approve(submission=sent, by=ReviewerFactory())
    withdrawals.take_offline(item=Resource.objects.get(), reason="Ist <alt>.", by=EditorFactory())
    client.force_login(owner)

    page = client.get(reverse("knowledge:own_resources")).content.decode()
    assert "Ist &lt;alt&gt;." in page
    assert sent.get_absolute_url() in page
    thread = client.get(sent.get_absolute_url()).content.decode()
    assert "Ist &lt;alt&gt;." in thread


def test_who_has_left_sees_no_reason(client, resource):
    maker = UserFactory()
    Resource.objects.update(created_by=maker)
    withdrawals.take_offline(item=resource, reason="Nur für uns.", by=EditorFactory())
    client.force_login(maker)

    page = client.get(reverse("knowledge:own_resources")).content.decode()
    assert "Handbuch" in page
    assert "Nur für uns." not in page
