"""Editors are told by mail of reports and of objections, without a word of who wrote them."""

import pytest

from knowledge.models import ContentReport
from knowledge.models.reports import ReportDecision
from knowledge.services import mail_floods, report_decisions
from nexsm.base.mail import wishes
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, ReviewerFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, ResourceFactory
from tests.knowledge.upkeep.test_reports import REPORT, address, decide, owned_resource, reported

pytestmark = pytest.mark.django_db


def told(template):
    found = OutgoingMail.objects.filter(key__startswith=f"{template}:").order_by("pk")
    return [mail.to for mail in found]


def object_to(report, user=None):
    return report_decisions.appeal(report=report, text="Geheimer Grund", user=user)


def test_a_report_is_told_to_every_reviewer_once_in_her_language_and_names_nobody(client):
    german, english = ReviewerFactory(language="de"), ReviewerFactory(language="en")
    UserFactory()
    resource = ResourceFactory(title="Handbuch")

    client.post(address("resource", resource.public_id), REPORT)

    report = ContentReport.objects.get()
    found = OutgoingMail.objects.filter(kind="review").order_by("pk")
    assert [mail.to for mail in found] == [german.email, english.email]
    assert [mail.subject for mail in found] == [
        "NexSM: „Handbuch“ wurde gemeldet",
        "NexSM: “Handbuch” was reported",
    ]
    assert "Persönliche Daten" in found[0].text
    assert "Personal data" in found[1].text
    for mail in found:
        assert f"http://localhost:8000/admin/reported/{report.pk}/" in mail.text
        assert "zeynep" not in mail.text
        assert "Seite 3" not in mail.text


def test_who_answers_for_the_content_who_left_and_who_has_no_right_are_not_told():
    resource, _owner = owned_resource()
    colleague = ReviewerFactory()
    MembershipFactory(organisation=resource.organisation, user=colleague, role="editor")
    ReviewerFactory(is_active=False)
    # No reviewer is neutral: those who may decide and are not told as a rule have to.
    editor, administrator = EditorFactory(), SuperuserFactory()

    reported(item=resource)

    assert told("report_waiting") == [editor.email, administrator.email]


def test_an_editor_who_reports_herself_is_not_told(client):
    reporter, other = ReviewerFactory(), ReviewerFactory()
    client.force_login(reporter)
    client.post(address("resource", ResourceFactory().public_id), REPORT)
    assert told("report_waiting") == [other.email]


def test_who_wants_no_mail_about_what_waits_gets_none_about_reports():
    silent, other = ReviewerFactory(), ReviewerFactory()
    wishes.refuse(wishes.Recipient("review", silent.email, silent.pk))
    reported()
    assert told("report_waiting") == [other.email]


@pytest.mark.usefixtures("within_an_hour")
def test_many_reports_do_not_flood_a_mailbox_and_one_mail_names_the_list():
    reviewer = ReviewerFactory(language="de")
    for number in range(mail_floods.BURST + 3):
        reported(sender_key=str(number))

    assert told("report_waiting") == [reviewer.email] * mail_floods.BURST
    (more,) = OutgoingMail.objects.filter(key__startswith="report_waiting_more:")
    assert "Meldungen zu Inhalten" in more.text
    assert "http://localhost:8000/admin/reported/\n" in more.text
    # Another sort of matter is not silenced by it.
    decided = decide(ContentReport.objects.first(), ReportDecision.KEEP, by=EditorFactory())
    object_to(decided)
    assert told("report_objection") == [reviewer.email]


@pytest.mark.parametrize("side", ["reporter", "author"])
def test_an_objection_is_told_to_those_who_did_not_decide(side):
    resource, owner = owned_resource()
    first, second = ReviewerFactory(), ReviewerFactory(language="de")
    is_author = side == "author"
    decision = ReportDecision.HIDE if is_author else ReportDecision.KEEP
    report = decide(reported(item=resource, email="zeynep@example.org"), decision, by=first)

    object_to(report, owner if is_author else None)

    assert told("report_objection") == [second.email]
    mail = OutgoingMail.objects.get(key__startswith="report_objection:")
    assert f"/admin/reported/{report.pk}/" in mail.text
    assert ("verantwortlich ist" if is_author else "die gemeldet hat") in mail.text
    for hidden in ("zeynep", owner.name, owner.email, "Geheimer Grund"):
        assert hidden not in mail.text


def test_each_objection_has_a_mail_of_its_own():
    resource, owner = owned_resource()
    first, second = ReviewerFactory(), ReviewerFactory()
    report = decide(reported(item=resource), ReportDecision.KEEP, by=first)
    appeal = object_to(report)
    report_decisions.decide_appeal(appeal=appeal, is_granted=True, explanation="Ja.", by=second)
    object_to(report, owner)
    assert told("report_objection") == [second.email, first.email]


def test_an_author_who_is_an_administrator_is_not_told_of_her_own_objection():
    administrator, other = SuperuserFactory(groups=["Reviewers"]), ReviewerFactory()
    resource, _owner = owned_resource()
    MembershipFactory(organisation=resource.organisation, user=administrator, role="owner")
    report = decide(reported(item=resource), by=EditorFactory())
    object_to(report, administrator)
    assert told("report_objection") == [other.email]


def test_an_objection_that_is_not_accepted_tells_nobody():
    report = decide(reported(), ReportDecision.KEEP)
    ReviewerFactory()
    object_to(report)
    with pytest.raises(report_decisions.CannotAppealError):
        object_to(report)
    assert len(told("report_objection")) == 1
