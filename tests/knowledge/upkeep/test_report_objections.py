"""Who may decide about reports and objections, what holds after one, and two at the same moment."""

import re

import pytest
from wagtail.models import ModelLogEntry

from knowledge.models import ContentReport, ReportAppeal, Resource
from knowledge.models.reports import ReportDecision
from knowledge.services import four_eyes, report_decisions, reports
from nexsm.base import items
from tests.factories.accounts import EditorFactory, SuperuserFactory
from tests.factories.conference import PersonFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory
from tests.races import several_writers

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db):
    return MembershipFactory(role="owner").user


@pytest.fixture
def resource(owner):
    return ResourceFactory(organisation=owner.memberships.get().organisation)


def reported(item, kind="resource", sender="x"):
    return reports.report_item(
        kind=items.kind_named(kind),
        item=item,
        reason="hate",
        text="Hetze",
        email="z@example.org",
        language="de",
        sender_key=sender,
    )


def decide(report, decision=ReportDecision.HIDE, by=None):
    by = by or EditorFactory()
    return report_decisions.decide(report=report, decision=decision, explanation="So.", by=by)


def object_to(report, user=None):
    return report_decisions.appeal(report=report, text="Nein!", user=user)


def grant(appeal, by=None, explanation="Sie haben recht."):
    return report_decisions.decide_appeal(
        appeal=appeal, is_granted=True, explanation=explanation, by=by or EditorFactory()
    )


def is_live(item):
    return Resource.objects.get(pk=item.pk).live


@pytest.mark.parametrize("what", ["resource", "organisation", "person"])
def test_a_superuser_decides_about_what_is_hers_and_the_history_says_so(what):
    user = SuperuserFactory()
    if what == "person":
        item = PersonFactory(has_consented=True, user=user)
    else:
        organisation = OrganisationFactory()
        MembershipFactory(organisation=organisation, user=user, role="owner")
        is_profile = what == "organisation"
        item = organisation if is_profile else ResourceFactory(organisation=organisation)

    decide(reported(item, what), by=user)

    assert ContentReport.objects.get().is_decided
    assert ModelLogEntry.objects.get(action=four_eyes.OWN_DECISION).user == user


def test_an_editor_decides_about_what_she_imported_for_all():
    editor = EditorFactory()
    imported = ResourceFactory(created_by=editor, import_source="liste")

    decide(reported(imported), by=editor)

    assert not is_live(imported)
    assert not ModelLogEntry.objects.filter(action=four_eyes.OWN_DECISION).exists()


def test_authors_object_to_a_decision_that_an_objection_has_turned_round(
    client, mails, resource, owner
):
    first, second = EditorFactory(), EditorFactory()
    report = decide(reported(resource), ReportDecision.KEEP, by=first)
    grant(object_to(report), by=second, explanation="Es beleidigt.")
    (link,) = re.findall(r"http\S+/melden/vorgang/\S+", dict(mails())[owner.email])
    path = link.removeprefix("http://localhost:8000")

    page = client.get(path).content.decode()
    assert "vorläufig offline nehmen" in page
    assert "Es beleidigt." in page
    assert "bleibt online" not in page
    assert client.post(path, {"text": "Das ist ein Zitat."}).status_code == 302

    appeal = report.appeals.get(user=owner)
    with pytest.raises(report_decisions.CannotDecideError):
        grant(appeal, by=second)
    grant(appeal, by=first)
    assert is_live(resource)
    page = client.get(path).content.decode()
    assert "bleibt online" in page
    with pytest.raises(report_decisions.CannotAppealError):
        object_to(report)


def test_what_holds_after_two_objections_counts_for_other_reports(resource, owner):
    first, second = (reported(resource, sender=key) for key in "ab")
    decide(first, ReportDecision.KEEP)
    grant(object_to(first))
    decide(second)
    grant(object_to(first, owner))
    assert not is_live(resource)  # the second report still keeps it offline

    grant(object_to(second, owner))

    assert is_live(resource)


@pytest.mark.django_db(transaction=True)
def test_two_objections_granted_at_once_put_the_item_back(tmp_path, resource, owner):
    made = [decide(reported(resource, sender=str(number))) for number in range(4)]
    appeals = [object_to(report, owner) for report in made]
    editors = [EditorFactory() for _appeal in appeals]
    with several_writers(tmp_path) as race:
        results = race(lambda number: grant(appeals[number], by=editors[number]), len(appeals))
        assert {type(result) for result in results} == {ReportAppeal}
        assert is_live(resource)
