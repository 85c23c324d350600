"""Messages to organisations that do not publish an address."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _, override

from knowledge.models import Organisation
from nexsm.base import throttle

HOUR = 3600
PER_SENDER = 5
PER_ORGANISATION = 30


class ContactLimitReachedError(Exception):
    """Too many messages in a short time. Its text is for the person who writes."""


@dataclass(frozen=True)
class ContactMessage:
    """What somebody wants to tell an organisation."""

    name: str
    email: str
    subject: str
    text: str


def send_message(*, organisation: Organisation, message: ContactMessage, sender_key: str) -> None:
    """Send the message to the organisation's address; the answer goes to the writer.

    ``sender_key`` says who writes, for the rate limit only. Raises ContactLimitReachedError after
    too many messages from one sender or to one organisation, ValueError without an address.
    """
    if not organisation.can_be_contacted:
        error = "This organisation cannot be contacted."
        raise ValueError(error)
    within = throttle.allow("contact", sender_key, limit=PER_SENDER, seconds=HOUR)
    if not within or not throttle.allow(
        "contact-to", str(organisation.public_id), limit=PER_ORGANISATION, seconds=HOUR
    ):
        raise ContactLimitReachedError(
            _("Too many messages in a short time. Please try again in an hour.")
        )
    language = organisation.language.code.split("-")[0]
    known = dict(settings.LANGUAGES)
    with override(language if language in known else settings.LANGUAGE_CODE):
        subject = _("NexSM: message for %(organisation)s: %(subject)s") % {
            "organisation": organisation.name,
            "subject": message.subject,
        }
        body = _(
            "%(name)s <%(email)s> wrote to you through your profile on NexSM.\n"
            "Your address was not shown. If you answer, the person sees it.\n\n%(text)s"
        ) % {"name": message.name, "email": message.email, "text": message.text}
    EmailMessage(
        subject=" ".join(subject.split())[:200],
        body=body,
        to=[organisation.contact_email],
        reply_to=[message.email],
    ).send()
