"""Many reports at once: they are kept, and nobody is flooded with mails about them."""

import pytest

from knowledge.models import ContentReport
from knowledge.models.reports import ReportDecision
from knowledge.services import visitor_mails
from tests.factories.knowledge import ResourceFactory
from tests.knowledge.upkeep.test_reports import REPORT, address, decide, reported

pytestmark = pytest.mark.django_db


def test_nobody_gets_many_mails_because_others_write_her_address(mails):
    for number in range(visitor_mails.PER_ADDRESS + 2):
        reported(email="Opfer@example.org", sender_key=str(number))

    assert len(mails()) == visitor_mails.PER_ADDRESS
    assert ContentReport.objects.count() == visitor_mails.PER_ADDRESS + 2
    for report in ContentReport.objects.all():
        decide(report, ReportDecision.KEEP)
    assert len(mails()) == 2 * visitor_mails.PER_ADDRESS


def test_a_flood_from_many_places_closes_the_form_for_nobody(client, mails, monkeypatch):
    monkeypatch.setattr(visitor_mails, "FROM_EVERYBODY", 2)
    for number in range(2):
        reported(sender_key=str(number))
    resource = ResourceFactory()

    page = client.post(address("resource", resource.public_id), REPORT, follow=True)

    kept = ContentReport.objects.get(key=resource.public_id)
    assert (kept.text, kept.email) == (REPORT["text"], "")
    assert kept.ticket in page.content.decode()
    assert "Sie bekommen zu dieser Meldung keine E-Mail" in page.content.decode()
    decide(kept, ReportDecision.KEEP)
    assert mails() == []


def test_who_gave_no_address_is_told_of_no_mail(client):
    url = address("resource", ResourceFactory().public_id)
    page = client.post(url, {**REPORT, "email": ""}, follow=True)
    assert "keine E-Mail" not in page.content.decode()
