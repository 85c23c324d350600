"""Reports about content: from everybody, decided once, told to both sides, looked at again by others."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from conference.models import Person
from knowledge.models import ContentReport, Resource, Tombstone
from knowledge.models.reports import ReportDecision
from knowledge.services import publication, report_decisions, reports
from nexsm.base import items
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.base import ContentPageFactory
from tests.factories.conference import ConferencePageFactory, PersonFactory, SessionPageFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db

PUBLIC_REASON = "Nach einer Meldung von der Redaktion offline genommen."
REPORT = {
    "reason": "privacy",
    "text": "Auf Seite 3 steht meine Adresse & mein Name.",
    "email": "zeynep@example.org",
    "in_good_faith": "on",
    "website": "",
}


def address(kind, key, language="de"):
    return f"/{language}/melden/{kind}/{key}/"


def reported(**changes):
    resource = changes.pop("item", None) or ResourceFactory()
    kind = items.kind_named(changes.pop("kind", "resource"))
    given = {"reason": "hate", "text": "Hetze", "email": "", "language": "de", "sender_key": "x"}
    return reports.report_item(kind=kind, item=resource, **{**given, **changes})


def decide(report, decision=ReportDecision.HIDE, by=None, explanation="Verstößt gegen § 22 KUG."):
    by = by or EditorFactory()
    return report_decisions.decide(report=report, decision=decision, explanation=explanation, by=by)


def owned_resource():
    owner = MembershipFactory(role="owner").user
    organisation = owner.memberships.get().organisation
    return ResourceFactory(organisation=organisation), owner


def test_a_visitor_reports_and_gets_a_number_and_a_link(client, mails):
    resource = ResourceFactory(title="Handbuch <Asyl>")

    response = client.post(address("resource", resource.public_id), REPORT)

    kept = ContentReport.objects.get()
    assert (kept.title, kept.reason, kept.email) == ("Handbuch <Asyl>", "privacy", REPORT["email"])
    assert re.fullmatch(r"M-[0-9A-Z]{8}", kept.ticket)
    page = client.get(response.url)
    assert kept.ticket in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    ((to, text),) = mails()
    assert to == REPORT["email"]
    assert kept.ticket in text
    assert "„Handbuch <Asyl>“" in text
    assert "/de/melden/vorgang/" in text


def test_without_an_address_nothing_is_mailed(client, mails):
    resource = ResourceFactory()
    client.post(address("resource", resource.public_id), {**REPORT, "email": ""})
    assert ContentReport.objects.count() == 1
    assert mails() == []


@pytest.mark.parametrize(
    "changes",
    [{"reason": ""}, {"reason": "x"}, {"text": ""}, {"text": "x" * 4001}, {"text": "a\0b"},
     {"email": "nobody"}, {"in_good_faith": ""}, {"website": "https://spam.example"}],
)  # fmt: skip
def test_a_wrong_form_comes_back_with_what_was_written(client, changes):
    resource = ResourceFactory()
    page = client.post(address("resource", resource.public_id), {**REPORT, **changes})
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    if "text" not in changes:
        assert "meine Adresse &amp; mein Name" in page.content.decode()
    assert not ContentReport.objects.exists()


def test_who_reports_too_often_is_asked_to_wait_and_keeps_the_text(client):
    url = address("resource", ResourceFactory().public_id)
    for _ in range(reports.PER_SENDER):
        assert client.post(url, REPORT).status_code == 302
    page = client.post(url, REPORT)
    assert page.status_code == 429
    assert "meine Adresse" in page.content.decode()
    assert ContentReport.objects.count() == reports.PER_SENDER


def test_every_kind_of_public_page_links_to_its_form(client):
    person = PersonFactory(has_consented=True)
    conference = ConferencePageFactory()
    session = SessionPageFactory(parent=conference)
    page = ContentPageFactory()
    resource, organisation = ResourceFactory(), OrganisationFactory()
    for kind, key, url in [
        ("resource", resource.public_id, resource.get_absolute_url()),
        ("organisation", organisation.public_id, organisation.get_absolute_url()),
        ("page", page.pk, page.url),
        ("page", conference.pk, conference.url),
        ("page", session.pk, session.url),
        ("person", person.public_id, person.get_absolute_url()),
    ]:
        form = address(kind, key)
        if kind != "person":  # her page needs a programme that names her; the form does not
            assert form in client.get(url).content.decode(), url
            assert client.get(form).status_code == 200


def test_what_a_visitor_may_not_see_cannot_be_reported(client):
    draft, members = ResourceFactory(live=False), ResourceFactory(visibility="members")
    silent, hidden = PersonFactory(), ContentPageFactory(live=False)
    wrong = [
        ("resource", draft.public_id), ("resource", members.public_id), ("resource", "x"),
        ("person", silent.public_id), ("page", hidden.pk), ("page", "1"), ("page", "9" * 30),
        ("nothing", draft.public_id), ("organisation", draft.public_id), ("page", "٣"),
    ]  # fmt: skip
    for kind, key in wrong:
        assert client.get(address(kind, key)).status_code == 404, (kind, key)
        assert client.post(address(kind, key), REPORT).status_code == 404, (kind, key)


@pytest.mark.parametrize("decision", [ReportDecision.HIDE, ReportDecision.REMOVE])
def test_offline_means_offline_and_both_sides_read_why(client, mails, decision):
    resource, owner = owned_resource()
    report = reported(item=resource, email="zeynep@example.org")

    decide(report, decision)

    assert not Resource.objects.get(pk=resource.pk).live
    assert Tombstone.objects.get().reason == PUBLIC_REASON
    told = dict(mails())
    assert set(told) == {"zeynep@example.org", owner.email}
    assert all("Verstößt gegen § 22 KUG." in text for text in told.values())
    assert "zeynep" not in told[owner.email]
    assert "Hetze" not in told[owner.email]
    assert client.get(resource.get_absolute_url()).status_code == 410


def test_what_stays_online_is_told_only_to_who_reported(mails):
    resource, _owner = owned_resource()
    decide(reported(item=resource, email="zeynep@example.org"), ReportDecision.KEEP)
    assert Resource.objects.get(pk=resource.pk).live
    assert [to for to, _text in mails()] == ["zeynep@example.org"] * 2


def test_a_report_is_decided_once(mails):
    report = reported(email="zeynep@example.org")
    decide(report, ReportDecision.KEEP)
    with pytest.raises(report_decisions.CannotDecideError):
        decide(report, ReportDecision.REMOVE)
    assert Resource.objects.get().live
    assert len(mails()) == 2
    decisions = ModelLogEntry.objects.filter(action="knowledge.report.decide")
    assert decisions.count() == 1


def test_pages_and_people_go_offline_too(client):
    page, person = ContentPageFactory(slug="hetze"), PersonFactory(has_consented=True)
    page.save_revision().publish()
    url = page.url
    decide(reported(item=page, kind="page"))
    decide(reported(item=person, kind="person"))
    assert client.get(url).status_code == 410
    assert PUBLIC_REASON in client.get(url).content.decode()
    assert "§ 22 KUG" not in client.get(url).content.decode()
    assert not Person.objects.get().has_consented


def test_an_author_objects_and_somebody_else_puts_the_item_back(client, mails):
    resource, owner = owned_resource()
    first, second = EditorFactory(), EditorFactory()
    report = decide(reported(item=resource), by=first)
    (link,) = re.findall(r"http\S+/melden/vorgang/\S+", dict(mails())[owner.email])

    page = client.post(link.removeprefix("http://localhost:8000"), {"text": "Das ist ein Zitat."})

    assert page.status_code == 302
    appeal = report.appeals.get()
    assert (appeal.side, appeal.user) == ("author", owner)
    with pytest.raises(report_decisions.CannotDecideError):
        report_decisions.decide_appeal(appeal=appeal, is_granted=True, explanation="Ja.", by=first)
    report_decisions.decide_appeal(
        appeal=appeal, is_granted=True, explanation="Es ist ein Zitat.", by=second
    )
    assert Resource.objects.get(pk=resource.pk).live
    assert "Es ist ein Zitat." in mails()[-1][1]
    assert mails()[-1][0] == owner.email
    assert "Es ist ein Zitat." in client.get(page.url).content.decode()
    assert client.post(page.url, {"text": "Noch einmal"}).status_code == 200
    assert report.appeals.count() == 1


def test_who_reported_objects_when_nothing_was_done(mails):
    resource, owner = owned_resource()
    report = decide(reported(item=resource, email="z@example.org"), ReportDecision.KEEP)
    with pytest.raises(report_decisions.CannotAppealError):
        report_decisions.appeal(report=report, text="Ich?", user=owner)
    appeal = report_decisions.appeal(report=report, text="Doch!", user=None)
    report_decisions.decide_appeal(
        appeal=appeal, is_granted=True, explanation="Sie haben recht.", by=EditorFactory()
    )
    assert not Resource.objects.get(pk=resource.pk).live
    assert [to for to, _ in mails()][-2:] == ["z@example.org", owner.email]


def test_a_draft_outlives_being_taken_offline_and_put_back():
    resource, owner = owned_resource()
    resource.title = "Entwurf"
    resource.save_revision(user=owner)
    report = decide(reported(item=Resource.objects.get(pk=resource.pk)))
    appeal = report_decisions.appeal(report=report, text="Nein", user=owner)
    report_decisions.decide_appeal(
        appeal=appeal, is_granted=True, explanation="Ja", by=EditorFactory()
    )
    found = Resource.objects.get(pk=resource.pk)
    assert found.live
    assert found.title != "Entwurf"
    assert found.get_latest_revision_as_object().title == "Entwurf"


def test_nobody_objects_after_six_months_or_without_a_decision():
    report = reported()
    with pytest.raises(report_decisions.CannotAppealError):
        report_decisions.appeal(report=report, text="x", user=None)
    report = decide(report, ReportDecision.KEEP)
    long_ago = timezone.now() - timedelta(days=report_decisions.APPEAL_DAYS + 1)
    ContentReport.objects.update(decided_at=long_ago)
    with pytest.raises(report_decisions.CannotAppealError):
        report_decisions.appeal(report=report, text="x", user=None)


def test_a_wrong_link_opens_nothing(client):
    report = reported()
    link = reports.link_of(report).removeprefix("http://localhost:8000")
    assert client.get(link).status_code == 200
    for wrong in (link.replace("vorgang/", "vorgang/x"), "/de/melden/vorgang/x/status/"):
        assert client.get(wrong).status_code == 404
    of_an_author = reports.link_of(report, UserFactory(is_active=False))
    assert client.get(of_an_author.removeprefix("http://localhost:8000")).status_code == 404
    report.delete()
    assert client.get(link).status_code == 404


def test_who_reported_is_forgotten_when_no_objection_can_come_any_more():
    old, disputed, young = (reported(email=f"{n}@example.org", sender_key=str(n)) for n in range(3))
    for report in (old, disputed, young):
        decide(report, ReportDecision.KEEP)
    report_decisions.appeal(report=disputed, text="x", user=None)
    past = timezone.now() - timedelta(days=report_decisions.KEEP_REPORTER_DAYS + 1)
    ContentReport.objects.exclude(pk=young.pk).update(decided_at=past)

    assert report_decisions.forget_reporters() == 1
    assert report_decisions.forget_reporters() == 0

    kept = {report.pk: report for report in ContentReport.objects.all()}
    assert (kept[old.pk].email, kept[old.pk].text) == ("", "")
    assert kept[disputed.pk].email
    assert kept[young.pk].text


def test_an_editor_decides_in_the_admin(client):
    report = reported(text="Hier steht <b>Hetze</b>")
    editor = EditorFactory()
    client.force_login(editor)
    listed = client.get("/admin/reported/")
    assert report.title in listed.content.decode()
    url = f"/admin/reported/{report.pk}/"
    assert "&lt;b&gt;Hetze" in client.get(url).content.decode()

    wrong = client.post(url, {"decision": "remove", "reason": ""})
    assert wrong.status_code == 200
    done = client.post(url, {"decision": "remove", "reason": "Volksverhetzung."})

    assert done.status_code == 302
    assert ContentReport.objects.get().decided_by == editor
    assert report.title not in client.get("/admin/reported/").content.decode()
    assert report.title in client.get("/admin/reported/?all=1").content.decode()
    assert client.post(url, {"decision": "keep", "reason": "Nein."}).status_code == 302
    assert ContentReport.objects.get().decision == "remove"


def test_the_admin_asks_another_editor_about_an_objection(client):
    editor, other = EditorFactory(), EditorFactory()
    report = decide(reported(), ReportDecision.KEEP, by=editor)
    report_decisions.appeal(report=report, text="Doch!", user=None)
    url = f"/admin/reported/{report.pk}/"
    client.force_login(editor)
    assert "<textarea" not in client.get(url).content.decode()
    client.force_login(other)
    assert "<textarea" in client.get(url).content.decode()
    client.post(url, {"decision": "no", "reason": "Es bleibt dabei."})
    assert report.appeals.get().is_granted is False


def test_members_do_not_come_in(client):
    report = reported()
    client.force_login(UserFactory())
    for url in ("/admin/reported/", f"/admin/reported/{report.pk}/"):
        assert client.get(url).status_code in {302, 403}
        assert client.post(url, {"decision": "keep", "reason": "x"}).status_code in {302, 403}
    assert not ContentReport.objects.get().is_decided


def granted(report, author):
    appeal = report_decisions.appeal(report=report, text="Nein", user=author)
    report_decisions.decide_appeal(
        appeal=appeal, is_granted=True, explanation="Ja", by=EditorFactory()
    )


def test_an_objection_does_not_undo_the_decision_about_another_report():
    resource, owner = owned_resource()
    first, second = (reported(item=resource, sender_key=key) for key in "ab")
    decide(first)
    decide(second)

    granted(first, owner)
    assert not Resource.objects.get(pk=resource.pk).live
    granted(second, owner)
    assert Resource.objects.get(pk=resource.pk).live  # nothing keeps it offline any more


def test_an_objection_does_not_undo_a_later_withdrawal():
    resource, owner = owned_resource()
    report = decide(reported(item=resource))
    editor = EditorFactory()
    publication.publish(item=Resource.objects.get(pk=resource.pk), by=editor)
    publication.withdraw(item=Resource.objects.get(pk=resource.pk), reason="Alt.", by=editor)

    granted(report, owner)

    assert not Resource.objects.get(pk=resource.pk).live


def test_the_public_page_does_not_show_what_was_written_to_both_sides(client):
    resource = ResourceFactory()
    decide(reported(item=resource), explanation="Frau Yılmaz aus Kiel wird beleidigt.")

    page = client.get(resource.get_absolute_url())

    assert page.status_code == 410
    assert "Yılmaz" not in page.content.decode()
    assert PUBLIC_REASON in page.content.decode()


@pytest.mark.parametrize("decision", ReportDecision.values)
def test_nobody_decides_about_a_report_on_her_own_entry(decision):
    editor = EditorFactory()
    resource = ResourceFactory(
        organisation=MembershipFactory(role="editor", user=editor).organisation
    )
    report = reported(item=resource)
    with pytest.raises(report_decisions.CannotDecideError):
        decide(report, decision, by=editor)
    assert not ContentReport.objects.get().is_decided
