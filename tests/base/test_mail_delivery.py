"""Sending: each mail once, again after a failure, given up after a day with the reason."""

import smtplib
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from nexsm.base.mail import delivery, kinds
from nexsm.base.models import MailState, OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.mail import OutgoingMailFactory
from tests.races import several_writers

pytestmark = pytest.mark.django_db


class Server(EmailBackend):
    """A mail server that answers as a test says: ``Server.answer`` is raised, if there is one."""

    answer = None
    asked = 0

    def send_messages(self, messages):
        Server.asked += 1
        if Server.answer is not None and not isinstance(Server.answer, After):
            raise Server.answer
        sent = super().send_messages(messages)
        if isinstance(Server.answer, After):
            raise Server.answer.end
        return sent


class After:
    """The mail is taken, and then the program ends."""

    def __init__(self, end):
        self.end = end


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "answer", None)
    monkeypatch.setattr(Server, "asked", 0)
    return Server


def let_time_pass(**time):
    """Everything was that much earlier."""
    for row in OutgoingMail.objects.all():
        row.created_at -= timedelta(**time)
        row.next_attempt_at -= timedelta(**time)
        if row.sent_at:
            row.sent_at -= timedelta(**time)
        row.save()


def test_what_is_due_is_sent_once():
    OutgoingMailFactory.create_batch(3)
    OutgoingMailFactory(next_attempt_at=timezone.now() + timedelta(hours=1))

    assert delivery.deliver_due().sent == 3
    assert delivery.deliver_due().sent == 0

    assert len(mail.outbox) == 3
    assert OutgoingMail.objects.filter(state=MailState.SENT, attempts=1).count() == 3


def test_a_mail_has_one_recipient_and_says_how_to_get_no_more(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register("news", "Neuigkeiten", "")
    row = OutgoingMailFactory(kind="news", user=UserFactory(), reply_to="ada@example.org")
    OutgoingMailFactory(kind="")

    delivery.deliver_due()

    optional, needed = mail.outbox
    headers = optional.message()
    assert (optional.to, optional.cc, optional.bcc) == ([row.to], [], [])
    assert optional.reply_to == ["ada@example.org"]
    assert "/de/mails/abbestellen/" in headers["List-Unsubscribe"]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in needed.message()


AWAY = [
    ConnectionRefusedError("nobody there"),
    TimeoutError("slow"),
    smtplib.SMTPServerDisconnected("bye"),
]


@pytest.mark.parametrize("failure", AWAY, ids=lambda failure: type(failure).__name__)
def test_a_dead_server_is_asked_once_a_round_and_everything_is_sent_later(failure, server):
    OutgoingMailFactory.create_batch(3)
    server.answer = failure

    assert delivery.deliver_due().postponed == 1
    assert server.asked == 1
    assert mail.outbox == []

    server.answer = None
    assert delivery.deliver_due().sent == 2
    let_time_pass(minutes=2)
    assert delivery.deliver_due().sent == 1
    assert len({message.subject for message in mail.outbox}) == 3


def test_a_mail_is_tried_for_a_day_and_then_given_up_with_the_reason(server):
    start = OutgoingMailFactory().created_at
    server.answer = ConnectionRefusedError("nobody there")

    for wait in delivery.WAITS:
        assert delivery.deliver_due().postponed == 1
        assert delivery.deliver_due().postponed == 0
        let_time_pass(minutes=wait, seconds=1)
    assert delivery.deliver_due().parked == 1

    row = OutgoingMail.objects.get()
    assert row.state == MailState.PARKED
    assert "nobody there" in row.last_error
    assert timedelta(hours=24) <= start - row.created_at < timedelta(hours=25)
    assert delivery.deliver_due() == delivery.Outcome()


FINAL = [
    smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}),
    smtplib.SMTPDataError(554, b"spam"),
    smtplib.SMTPSenderRefused(553, b"not you", "nexsm@example.org"),
    ValueError("an odd address"),
]
PASSING = [
    smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"greylisted")}),
    smtplib.SMTPDataError(451, b"later"),
    RuntimeError("what nobody thought of"),
]


@pytest.mark.parametrize("failure", FINAL, ids=lambda failure: type(failure).__name__)
def test_what_the_server_refuses_for_good_is_given_up_at_once_and_others_go_on(failure, server):
    OutgoingMailFactory.create_batch(2)
    server.answer = failure

    assert delivery.deliver_due().parked == 2
    assert OutgoingMail.objects.exclude(last_error="").filter(state=MailState.PARKED).count() == 2


@pytest.mark.parametrize("failure", PASSING, ids=lambda failure: type(failure).__name__)
def test_what_the_server_refuses_for_now_is_tried_again_and_others_go_on(failure, server):
    OutgoingMailFactory.create_batch(2)
    server.answer = failure

    assert delivery.deliver_due().postponed == 2
    server.answer = None
    let_time_pass(minutes=2)
    assert delivery.deliver_due().sent == 2


class ProgramEndsError(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def test_a_program_that_ends_between_sending_and_noting_repeats_a_mail_once_at_most(server):
    OutgoingMailFactory()
    server.answer = After(ProgramEndsError())
    for _end in range(2):
        with pytest.raises(ProgramEndsError):
            delivery.deliver_due()
        assert delivery.deliver_due() == delivery.Outcome()  # somebody may still be sending it
        let_time_pass(minutes=16)

    assert delivery.deliver_due().sent == 0

    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert OutgoingMail.objects.get().state == MailState.PARKED


def test_given_up_mails_start_afresh():
    row = OutgoingMailFactory(state=MailState.PARKED, attempts=10, last_error="x", interruptions=2)

    assert delivery.deliver_due().sent == 0
    assert delivery.try_again([row.pk]) == 1
    assert delivery.deliver_due().sent == 1


def test_texts_are_deleted_after_some_days_and_events_remembered():
    OutgoingMailFactory(kind="news", key="event")
    delivery.deliver_due()
    assert OutgoingMail.objects.get().text

    let_time_pass(days=8)
    delivery.forget_old()

    row = OutgoingMail.objects.get(key="event")
    assert (row.text, row.to, row.subject, row.state) == ("", "", "", MailState.SENT)
    let_time_pass(days=360)
    delivery.forget_old()
    assert not OutgoingMail.objects.exists()


def test_what_waits_is_not_deleted():
    OutgoingMailFactory(created_at=timezone.now() - timedelta(days=900))
    delivery.forget_old()
    assert OutgoingMail.objects.get().text


def test_a_mail_about_the_account_leaves_no_text_behind():
    OutgoingMailFactory(kind="", text="Code: 123456")
    delivery.deliver_due()
    assert OutgoingMail.objects.get().text == ""


def test_the_command_sends_what_is_due(server):
    OutgoingMailFactory()
    OutgoingMailFactory(state=MailState.PARKED)
    told = StringIO()
    call_command("send_mail_queue", stdout=told)
    assert "1 sent, 0 postponed, 0 given up, 0 waiting" in told.getvalue()
    told = StringIO()
    call_command("send_mail_queue", "--retry", stdout=told)
    assert "1 mails are tried again" in told.getvalue()
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_each_mail_once(tmp_path):
    OutgoingMailFactory.create_batch(30)
    with several_writers(tmp_path) as race:
        results = race(lambda _number: delivery.deliver_due(), 4)
        assert sum(outcome.sent for outcome in results) == 30
        assert OutgoingMail.objects.filter(state=MailState.SENT, attempts=1).count() == 30
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        {message.to[0] for message in mail.outbox}
    )
    assert len(mail.outbox) == 30


def test_what_was_given_up_is_tried_again_for_two_weeks_and_then_emptied():
    row = OutgoingMailFactory(
        state=MailState.PARKED, key="event", last_error="550 nobody@example.org"
    )
    let_time_pass(days=13)
    delivery.forget_old()
    assert delivery.given_up().get().text

    let_time_pass(days=2)
    assert delivery.try_again([row.pk]) == 0
    delivery.forget_old()

    row.refresh_from_db()
    assert (row.state, row.text, row.to, row.last_error) == (MailState.PARKED, "", "", "")
    assert not delivery.given_up().exists()
    let_time_pass(days=360)
    delivery.forget_old()
    assert not OutgoingMail.objects.exists()
