"""Sending what waits: each mail once, again after a failure, given up after a day with the reason.

Any number of workers may do this at once: a mail is claimed in the database before it is handed over.
If a program ends between handing a mail over and noting that, the mail is sent once more after
`LEASE`, with the same Message-ID; after a second such end it is given up instead of repeated for ever.
"""

from __future__ import annotations

import logging
import smtplib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, override

from nexsm.base import periodic
from nexsm.base.admin import roles
from nexsm.base.mail.queueing import unsubscribe_url
from nexsm.base.models import MailState, OutgoingMail

logger = logging.getLogger(__name__)

# Minutes between two tries; together one day.
WAITS = (1, 4, 15, 40, 60, 120, 240, 240, 360, 360)
# How long a worker may take for one mail before another one believes that it has died.
LEASE = timedelta(minutes=15)
KEEP_TEXTS = timedelta(days=7)
# What was given up can be tried again so long; later nobody expects it any more.
KEEP_GIVEN_UP = timedelta(days=14)
KEEP_ROWS = timedelta(days=365)
_PERMANENT = range(500, 600)


@dataclass
class Outcome:
    """How many mails were sent, are tried again later, and were given up."""

    sent: int = 0
    postponed: int = 0
    parked: int = 0


class ServerAwayError(Exception):
    """The mail server cannot be reached or takes nothing: other mails would fare no better."""


def deliver_due() -> Outcome:
    """Send what is due. Stops early when the mail server is away; the rest is tried next time."""
    outcome = Outcome()
    connection: Any = None
    try:
        while (mail := claim()) is not None:
            connection = connection or get_connection()
            try:
                _hand_over(mail, connection, outcome)
            except ServerAwayError as error:
                logger.warning("The mail server takes no mail: %s", error)
                break
    finally:
        if connection is not None:
            connection.close()
    return outcome


def claim(now: datetime | None = None) -> OutgoingMail | None:
    """Take the mail that is due first, so that no other worker sends it. None if there is none."""
    now = now or timezone.now()
    due = Q(state__in=[MailState.WAITING, MailState.SENDING], next_attempt_at__lte=now)
    while True:
        # PostgreSQL passes over rows another worker is claiming; SQLite lets one write at a time.
        with transaction.atomic():
            rows = OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",))
            mail = rows.filter(due).order_by("next_attempt_at", "pk").first()
            if mail is None:
                return None
            if mail.state == MailState.SENDING:
                mail.interruptions += 1
            if mail.interruptions > 1:
                _park(mail, _("The program ended twice while sending it. It may have arrived."))
                continue
            mail.state, mail.next_attempt_at = MailState.SENDING, now + LEASE
            mail.save(update_fields=["state", "next_attempt_at", "interruptions"])
            return mail


def _hand_over(mail: OutgoingMail, connection: Any, outcome: Outcome) -> None:
    """Send one claimed mail and note what became of it. Raises ServerAwayError."""
    try:
        connection.send_messages([message_of(mail)])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        _failed(mail, error, outcome, is_final=all(code in _PERMANENT for code in codes))
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        _failed(mail, error, outcome, is_final=error.smtp_code in _PERMANENT)
    except OSError as error:  # also all other errors of smtplib: not reached, not let in, hung up
        _failed(mail, error, outcome, is_final=False)
        raise ServerAwayError(str(error)) from error
    except ValueError as error:  # an address or a header that cannot be written
        _failed(mail, error, outcome, is_final=True)
    except Exception as error:  # whatever it is, the other mails go on
        logger.exception("A mail could not be sent")
        _failed(mail, error, outcome, is_final=False)
    else:
        _note_sent(mail)
        outcome.sent += 1


def message_of(mail: OutgoingMail) -> EmailMessage:
    """The mail as it is sent. A repetition has the same Message-ID, so that programs see it is one."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.BASE_URL}/{mail.key}")
    headers = {"Message-ID": f"<{number}@{host}>", "Auto-Submitted": "auto-generated"}
    if address := unsubscribe_url(mail):
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    with override(mail.language):
        return EmailMessage(
            subject=mail.subject,
            body=mail.text,
            to=[mail.to],
            reply_to=[mail.reply_to] if mail.reply_to else None,
            headers=headers,
        )


def _note_sent(mail: OutgoingMail) -> None:
    mail.state, mail.sent_at, mail.last_error = MailState.SENT, timezone.now(), ""
    mail.attempts += 1
    if not mail.kind:  # mails about the account carry codes and links that open it
        mail.text = ""
    mail.save(update_fields=["state", "sent_at", "last_error", "attempts", "text"])


def _failed(mail: OutgoingMail, error: Exception, outcome: Outcome, *, is_final: bool) -> None:
    reason = f"{type(error).__name__}: {error}"
    if is_final or mail.attempts >= len(WAITS):
        _park(mail, reason)
        outcome.parked += 1
        return
    mail.state = MailState.WAITING
    mail.next_attempt_at = timezone.now() + timedelta(minutes=WAITS[mail.attempts])
    mail.attempts += 1
    mail.last_error = reason[:300]
    mail.save(update_fields=["state", "next_attempt_at", "attempts", "last_error"])
    outcome.postponed += 1


def _park(mail: OutgoingMail, reason: str) -> None:
    mail.state, mail.last_error = MailState.PARKED, reason[:300]
    mail.save(update_fields=["state", "last_error", "interruptions"])


def given_up(now: datetime | None = None) -> QuerySet[OutgoingMail]:
    """Mails that were given up and can still be tried again."""
    since = (now or timezone.now()) - KEEP_GIVEN_UP
    return OutgoingMail.objects.filter(state=MailState.PARKED, created_at__gt=since).exclude(to="")


def try_again(numbers: list[int] | None = None) -> int:
    """Let mails that were given up start afresh: those with these keys, or all. Returns how many.

    Not those that are older than `KEEP_GIVEN_UP`: their links and what they tell are past.
    """
    parked = given_up()
    if numbers is not None:
        parked = parked.filter(pk__in=numbers)
    return parked.update(
        state=MailState.WAITING,
        next_attempt_at=timezone.now(),
        attempts=0,
        interruptions=0,
        last_error="",
    )


def forget_old(now: datetime | None = None) -> int:
    """Delete what was sent or given up: texts after some days, rows after a year. How many texts."""
    now = now or timezone.now()
    _ended_before(sent=now - KEEP_ROWS, parked=now - KEEP_ROWS).delete()
    old = _ended_before(sent=now - KEEP_TEXTS, parked=now - KEEP_GIVEN_UP)
    # What the server answered names the address, too.
    return old.exclude(text="", to="").update(
        text="", subject="", to="", reply_to="", last_error=""
    )


def _ended_before(*, sent: datetime, parked: datetime) -> QuerySet[OutgoingMail]:
    """What was sent before a moment, and what was given up and written before another one."""
    return OutgoingMail.objects.filter(
        Q(state=MailState.SENT, sent_at__lt=sent) | Q(state=MailState.PARKED, created_at__lt=parked)
    )


def register() -> None:
    """Let the workers of the server send, and editors see what could not be sent."""
    roles.register("base.OutgoingMail", actions=("view", "change"))
    periodic.register("mail", deliver_due, every=3, apart=True)
    periodic.register("old_mail", forget_old, every=3600)
