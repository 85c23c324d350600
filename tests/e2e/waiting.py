"""Something for every list of the editors, made in the site of the browser tests."""

from __future__ import annotations

import json

from django.utils.translation import override

from conference.models import Participation, Person, SessionPage
from conference.services import offers
from knowledge.enums import ClaimEvidence, Trust
from knowledge.models import BlockAppeal, Claim, Organisation, Resource, ResourceDraft
from knowledge.models.reports import ReportDecision, ReportReason
from knowledge.services import (
    report_decisions,
    reports,
    submission_appeals,
    submissions,
    suggestions,
)
from knowledge.services.organisations import trust
from nexsm.accounts.models import User
from nexsm.base import items
from nexsm.base.models import MailState, OutgoingMail
from tests.factories.knowledge import ResourceFactory

LONG = "Donaudampfschifffahrtsgesellschaftssatzungsmusterhandreichung"
SENDER = "e2e"


def make() -> None:
    """Make it all, and print the numbers a test needs as JSON behind ``MADE``."""
    member, owner, reviewer = (
        User.objects.get(email=f"{key}@example.org") for key in ("member", "owner", "reviewer")
    )
    with override("de"):
        numbers = {
            **claims_and_appeal(member, reviewer),
            **report_and_suggestion(reviewer),
            **documentation(member),
            **submission_and_objection(owner, reviewer),
            **probable_duplicate(owner),
        }
    mail_that_was_given_up()
    print("MADE", json.dumps(numbers))  # noqa: T201 - the test reads it


def claims_and_appeal(member: User, reviewer: User) -> dict[str, object]:
    """Two claims, one of them contested, and a block that is objected to."""
    unowned = Organisation.objects.filter(live=True, memberships=None).order_by("-pk")
    quiet, contested, blocked = unowned[:3]
    claims = [
        Claim.objects.create(
            organisation=organisation,
            user=member,
            evidence=ClaimEvidence.NO_SITE,
            is_contested=is_contested,
            message="Ich bin im Vorstand.\n\nBitte rufen Sie an.",
        )
        for organisation, is_contested in ((quiet, False), (contested, True))
    ]
    trust.set_trust(organisation=blocked, trust=Trust.BLOCKED, reason="Werbung.", by=reviewer)
    BlockAppeal.objects.create(
        organisation=blocked, user=member, text="Das war ein Versehen, wir haben es gelöscht."
    )
    return {"claim": claims[0].pk}


def report_and_suggestion(reviewer: User) -> dict[str, object]:
    """Reports with and without a decision, an objection, a suggestion with an address and one without."""
    kind = items.kind_named("resource")
    first, second = Resource.objects.filter(live=True, is_example=True).order_by("-pk")[:2]
    made = [
        reports.report_item(
            kind=kind,
            item=item,
            reason=ReportReason.COPYRIGHT,
            text=f"Das Foto auf Seite 3 ist von mir. {LONG}",
            email="leser@example.org",
            language="de",
            sender_key=SENDER,
        )
        for item in (first, second)
    ]
    report_decisions.decide(
        report=made[1], decision=ReportDecision.KEEP, explanation="Ist erlaubt.", by=reviewer
    )
    report_decisions.appeal(report=made[1], text="Ich habe es verboten.", user=None)
    for email in ("leser@example.org", ""):
        suggestions.suggest(
            kind=kind,
            item=first,
            part="text",
            text="Die Frist ist jetzt der 1. Mai.",
            email=email,
            language="de",
            sender_key=SENDER,
        )
    return {"report": made[0].pk}


def documentation(member: User) -> dict[str, object]:
    """The member took part in a session and has sent something for it."""
    session = SessionPage.objects.live().filter(locale__language_code="de").order_by("pk").first()
    person = Person.objects.create(name="Mona Beispiel", user=member)
    Participation.objects.create(session=session, person=person, sort_order=99)
    result = {"kind": "result", "title": LONG, "description": "Drei Punkte.\n\nVernetzung hilft."}
    offers.offer_documentation(session=session, by=member, values=result)
    return {"session": session.pk}


def submission_and_objection(owner: User, reviewer: User) -> dict[str, object]:
    """One resource waits, another was refused, and its author objects."""
    organisation = Organisation.objects.filter(memberships__user=owner).order_by("pk").first()
    sent = []
    for title in ("Spendenbriefe schreiben", "Vereinsfeste versichern"):
        resource = ResourceFactory(title=title, organisation=organisation, live=False)
        resource.save_revision(user=owner)
        sent.append(submissions.submit(item=resource, by=owner))
    submissions.refuse(submission=sent[1], by=reviewer, reason="Das gibt es schon.")
    submission_appeals.appeal(submission=sent[1], text="Unseres ist neuer.", by=owner)
    return {"organisation": str(organisation.public_id)}


def probable_duplicate(owner: User) -> dict[str, object]:
    """The draft of a resource that is here already."""
    known = Resource.objects.filter(live=True, is_example=True).order_by("pk").first()
    draft = ResourceDraft.objects.create(owner=owner, values={"title": known.title})
    return {"draft": str(draft.public_id), "same": str(known.public_id)}


def mail_that_was_given_up() -> None:
    """The server of its receiver does not know the address."""
    OutgoingMail.objects.create(
        key="e2e:given-up",
        to="jemand@example.org",
        language="de",
        subject=f"NexSM: „{LONG}“ ist veröffentlicht",
        state=MailState.PARKED,
        attempts=8,
        last_error="SMTPRecipientsRefused: 550 5.1.1 User unknown in virtual mailbox table",
    )
