"""Messages to organisations that do not publish an address."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from knowledge.models import Organisation
from nexsm.base import mail, throttle
from nexsm.base.mail import texts

PER_SENDER = 5
PER_ORGANISATION = 30
# Whoever fills in a profile may have typed a stranger's address: it gets no more, from however many.
PER_ADDRESS = 60


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
    """Queue the message to the organisation's address; the answer goes to the writer.

    It has no kind: its text is not kept once it is sent. The same message again on the same day is a
    second press of the button and is sent once. ``sender_key`` says who writes, for the rate limit
    only. Raises ContactLimitReachedError after too many messages from one sender, to one organisation
    or to one address, ValueError without an address.
    """
    if not organisation.can_be_contacted:
        error = "This organisation cannot be contacted."
        raise ValueError(error)
    within = throttle.allow("contact", sender_key, limit=PER_SENDER, seconds=throttle.HOUR)
    if not within or not throttle.allow(
        "contact-to", str(organisation.public_id), limit=PER_ORGANISATION, seconds=throttle.HOUR
    ):
        raise ContactLimitReachedError(
            _("Too many messages in a short time. Please try again in an hour.")
        )
    address = organisation.contact_email.lower()
    if not throttle.allow("contact-address", address, limit=PER_ADDRESS, seconds=throttle.DAY):
        raise ContactLimitReachedError(
            _("This organisation got many messages today. Please try again tomorrow.")
        )
    mail.queue(
        to=organisation.contact_email,
        template="contact",
        context={
            "organisation": texts.name(organisation.name),
            "message": message,
            "key": organisation.public_id,
        },
        language=organisation.language.code.split("-")[0],
        key=_key(organisation, message),
        reply_to=message.email,
    )


def _key(organisation: Organisation, message: ContactMessage) -> str:
    """Names the message of today without telling what it says: the key outlives the text."""
    said = "\0".join([f"{timezone.localdate()}", *astuple(message)])
    return f"contact:{organisation.pk}:{salted_hmac('knowledge.contact', said).hexdigest()}"
