"""Objections to decisions about reports when nobody else may decide: somebody must decide, and texts say who."""

import pytest
from wagtail.models import ModelLogEntry

from knowledge.models import Resource
from knowledge.models.reports import ReportDecision
from knowledge.services import report_decisions, reports
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, ResourceFactory
from tests.knowledge.upkeep.test_reports import decide, owned_resource, reported

pytestmark = pytest.mark.django_db

SAME = "Dieselbe Person prüft es"
OTHER = ("jemand anderes", "nicht beteiligt")


@pytest.fixture
def alone():
    return EditorFactory()


@pytest.fixture
def kept(alone):
    """A report after which the only editor left the content online."""
    return decide(reported(email="z@example.org"), ReportDecision.KEEP, by=alone)


def grant(appeal, by, is_granted=True):
    return report_decisions.decide_appeal(
        appeal=appeal, is_granted=is_granted, explanation="Noch einmal gelesen.", by=by
    )


def again():
    return ModelLogEntry.objects.filter(action=report_decisions.DECIDED_AGAIN)


def path_of(report, user=None):
    return reports.link_of(report, user, "de").removeprefix("http://localhost:8000")


def promises_somebody_else(text):
    return any(words in text for words in OTHER)


def test_the_only_editor_decides_about_an_objection_to_her_own_decision(client, alone, kept):
    appeal = report_decisions.appeal(report=kept, text="Doch!", user=None)
    url = f"/admin/reported/{kept.pk}/"
    client.force_login(alone)
    assert "<textarea" in client.get(url).text

    client.post(url, {"decision": "yes", "reason": "Sie haben recht."})

    appeal.refresh_from_db()
    assert appeal.is_granted
    assert not Resource.objects.get().live
    assert again().get().user == alone
    assert "Decided by the person who had made the decision" in client.get(url).text


def test_she_is_told_of_the_objection(alone, kept):
    report_decisions.appeal(report=kept, text="Doch!", user=None)
    assert OutgoingMail.objects.get(key__startswith="report_objection:").to == alone.email


@pytest.mark.parametrize("is_granted", [True, False])
def test_nobody_is_promised_somebody_else_and_mails_say_how_it_was(client, alone, is_granted):
    resource, owner = owned_resource()
    report = decide(reported(item=resource), by=alone)
    statement = OutgoingMail.objects.get(key__startswith="report_statement:").text
    assert SAME in statement
    page = client.get(path_of(report, owner)).text
    assert SAME in page

    appeal = report_decisions.appeal(report=report, text="Ein Zitat.", user=owner)
    waiting = client.get(path_of(report, owner)).text
    assert SAME in waiting
    grant(appeal, alone, is_granted)

    decided = OutgoingMail.objects.get(key__startswith="report_appeal_decided:").text
    assert "Deshalb hat die Person, die zuerst entschieden hat" in decided
    assert Resource.objects.get(pk=resource.pk).live is is_granted
    for text in (statement, page, waiting, decided):
        assert not promises_somebody_else(text)


def test_who_reported_and_authors_are_told_how_it_is_when_the_decision_is_turned_round(alone):
    resource, owner = owned_resource()
    report = decide(reported(item=resource, email="z@example.org"), ReportDecision.KEEP, by=alone)
    assert SAME in OutgoingMail.objects.get(key__startswith="report_decided:").text
    grant(report_decisions.appeal(report=report, text="Doch!", user=None), alone)
    statement = OutgoingMail.objects.get(key__startswith="report_statement:")
    assert statement.to == owner.email
    assert SAME in statement.text
    assert not promises_somebody_else(statement.text)


@pytest.mark.parametrize("colleague", [EditorFactory, SuperuserFactory])
def test_with_a_colleague_she_may_not_and_everybody_reads_that(client, alone, colleague):
    other = colleague()
    resource, owner = owned_resource()
    report = decide(reported(item=resource), by=alone)
    assert "dann entscheidet jemand anderes" in OutgoingMail.objects.latest("pk").text
    assert "nicht beteiligt" in client.get(path_of(report, owner)).text
    appeal = report_decisions.appeal(report=report, text="Ein Zitat.", user=owner)
    assert "nicht beteiligt" in client.get(path_of(report, owner)).text
    with pytest.raises(report_decisions.CannotDecideError):
        grant(appeal, alone)

    grant(appeal, other)

    decided = OutgoingMail.objects.get(key__startswith="report_appeal_decided:").text
    assert "nicht beteiligt" in decided
    assert "nur eine Person" not in decided
    assert not again().exists()


def test_members_and_colleagues_who_left_are_no_team(alone, kept):
    UserFactory()
    EditorFactory(is_active=False)
    appeal = report_decisions.appeal(report=kept, text="Doch!", user=None)
    assert not grant(appeal, alone, is_granted=False).is_granted
    assert again().count() == 1


@pytest.mark.parametrize("tie", ["owner", "editor", "maker"])
def test_a_colleague_who_looks_after_the_content_does_not_keep_an_objection_waiting(
    client, alone, tie
):
    colleague = EditorFactory()
    if tie == "maker":
        resource, objector = ResourceFactory(created_by=colleague), colleague
    else:
        resource, objector = owned_resource()
        MembershipFactory(organisation=resource.organisation, user=colleague, role=tie)
    report = decide(reported(item=resource), by=alone)
    assert SAME in OutgoingMail.objects.get(to=objector.email).text

    appeal = report_decisions.appeal(report=report, text="Ein Zitat.", user=objector)

    assert OutgoingMail.objects.get(key__startswith="report_objection:").to == alone.email
    assert SAME in client.get(path_of(report, objector)).text
    with pytest.raises(report_decisions.CannotDecideError):
        grant(appeal, colleague)
    assert grant(appeal, alone).is_granted
    decided = OutgoingMail.objects.filter(key__startswith="report_appeal_decided:")
    assert "nur eine Person darüber entscheiden" in decided.get(to=objector.email).text
    assert again().get().user == alone


def test_a_colleague_who_looks_after_something_else_decides_instead_of_her(alone, kept):
    colleague = MembershipFactory(role="owner", user=EditorFactory()).user
    appeal = report_decisions.appeal(report=kept, text="Doch!", user=None)
    assert OutgoingMail.objects.get(key__startswith="report_objection:").to == colleague.email
    with pytest.raises(report_decisions.CannotDecideError):
        grant(appeal, alone)
