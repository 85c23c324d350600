"""Writing to an organisation without learning its address."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from knowledge.services import contact
from knowledge.services.contact import (
    PER_ORGANISATION,
    PER_SENDER,
    ContactLimitReachedError,
    ContactMessage,
    send_message,
)
from nexsm.base.mail.delivery import deliver_due
from nexsm.base.models import OutgoingMail
from tests.factories.base import HomePageFactory
from tests.factories.knowledge import LanguageFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

MESSAGE = {
    "name": "Amina Yıldız",
    "email": "amina@example.org",
    "subject": "Zusammenarbeit",
    "text": "Guten Tag,\nkönnen wir sprechen?",
    "website": "",
}


@pytest.fixture(autouse=True)
def surroundings():
    HomePageFactory()
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Brücke", contact_email="bruecke@example.org")


def address(organisation, language="de"):
    return f"/{language}/organisationen/{organisation.pk}-{organisation.slug}/kontakt/"


def test_the_message_reaches_the_organisation_and_the_answer_the_writer(client, organisation):
    response = client.post(address(organisation), MESSAGE)

    assert response.status_code == 302
    deliver_due()
    (sent,) = mail.outbox
    assert sent.to == ["bruecke@example.org"]
    assert sent.reply_to == ["amina@example.org"]
    assert "Brücke" in sent.subject
    assert "Zusammenarbeit" in sent.subject
    assert "können wir sprechen?" in sent.body
    assert "Amina Yıldız" in sent.body
    page = client.get(response.url)
    assert page.context["sent"] is True
    deliver_due()
    assert len(mail.outbox) == 1


def test_the_address_is_never_shown(client, organisation):
    for response in (
        client.get(organisation.get_absolute_url()),
        client.get(address(organisation)),
        client.post(address(organisation), {**MESSAGE, "email": "x"}),
        client.post(address(organisation), MESSAGE, follow=True),
    ):
        assert "bruecke@example.org" not in response.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"email": "no address"},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"subject": ""},
        {"subject": "x" * 121},
        {"text": ""},
        {"text": "x" * 4001},
        {"text": "a\0b"},
        {"name": "Gewinn! http://example.com"},
        {"name": "x" * 101},
        {"website": "https://spam.example"},
    ],
    ids=str,
)
def test_wrong_messages_are_not_sent_and_keep_their_text(client, organisation, changes):
    data = {**MESSAGE, **changes}
    response = client.post(address(organisation), data)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not OutgoingMail.objects.exists()
    if "text" not in changes:
        assert "können wir sprechen?" in response.content.decode()


@pytest.mark.parametrize("field", ["name", "subject"])
@pytest.mark.parametrize("end", ["\r\nBcc: victim@example.org", "\nX: y", "\u2028Bcc: a@b.c"])
def test_nobody_can_add_headers_to_the_mail(client, organisation, field, end):
    client.post(address(organisation), {**MESSAGE, field: f"Hallo{end}"})

    assert not OutgoingMail.objects.exists()


def test_too_many_messages_are_refused_and_keep_their_text(client, organisation):
    for number in range(PER_SENDER):
        data = {**MESSAGE, "subject": f"Frage {number}"}
        assert client.post(address(organisation), data).status_code == 302
    response = client.post(address(organisation), MESSAGE)

    assert response.status_code == 429
    assert "können wir sprechen?" in response.content.decode()
    assert OutgoingMail.objects.count() == PER_SENDER


def test_an_organisation_is_not_flooded_by_many_senders(organisation):
    for number in range(PER_ORGANISATION):
        message = ContactMessage("A", f"a{number}@example.org", "S", "T")
        send_message(organisation=organisation, message=message, sender_key=str(number))
    with pytest.raises(ContactLimitReachedError):
        send_message(organisation=organisation, message=message, sender_key="one more")

    assert OutgoingMail.objects.count() == PER_ORGANISATION


def test_an_address_is_not_flooded_through_many_organisations(monkeypatch):
    monkeypatch.setattr(contact, "PER_ADDRESS", 1)
    message = ContactMessage("A", "a@example.org", "S", "T")
    first, second = (
        OrganisationFactory(contact_email=email) for email in ("X@example.org", "x@example.org")
    )
    send_message(organisation=first, message=message, sender_key="1")
    with pytest.raises(ContactLimitReachedError):
        send_message(organisation=second, message=message, sender_key="2")

    assert OutgoingMail.objects.count() == 1


def test_whoever_gets_the_mail_learns_how_to_get_no_more(organisation, client):
    message = ContactMessage("A", "a@example.org", "S", "T")
    send_message(organisation=organisation, message=message, sender_key="x")
    (link,) = re.findall(r"http://localhost:8000(/\S+/melden/\S+)", OutgoingMail.objects.get().text)

    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "state",
    [
        {"contact_email": ""},
        {"contact_form_enabled": False},
        {"live": False},
        {"visibility": "members"},
    ],
    ids=str,
)
def test_who_cannot_be_written_to_has_no_form(client, state):
    organisation = OrganisationFactory(**{"contact_email": "a@example.org", **state})

    assert client.get(address(organisation)).status_code == 404
    assert client.post(address(organisation), MESSAGE).status_code == 404
    assert not OutgoingMail.objects.exists()


def test_sending_without_an_address_is_an_error_of_the_program():
    organisation = OrganisationFactory()
    with pytest.raises(ValueError, match="cannot be contacted"):
        send_message(
            organisation=organisation,
            message=ContactMessage("A", "a@example.org", "S", "T"),
            sender_key="x",
        )


def test_another_slug_leads_to_the_form(client, organisation):
    response = client.get(f"/de/organisationen/{organisation.pk}-alt/kontakt/")

    assert response.status_code == 302
    assert response.url == address(organisation)


def test_who_wrote_while_the_name_changed_loses_nothing(client, organisation):
    path = f"/de/organisationen/{organisation.pk}-alt/kontakt/"

    page = client.post(path, {**MESSAGE, "email": "falsch"})
    assert (page.status_code, MESSAGE["text"] in page.text) == (200, True)
    assert client.post(path, MESSAGE).url == f"{path}?sent=1"
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("de", "NexSM: Nachricht für Brücke: S"),
        ("de-DE", "NexSM: Nachricht für Brücke: S"),
        ("en", "NexSM: message for Brücke: S"),
        ("ar", "NexSM: Nachricht für Brücke: S"),
    ],
)
def test_the_mail_is_in_the_organisations_language_if_we_speak_it(language, subject):
    organisation = OrganisationFactory(
        name="Brücke", contact_email="a@example.org", language=LanguageFactory(code=language)
    )
    message = ContactMessage("A", "a@example.org", "S", "T")
    with override("en"):
        send_message(organisation=organisation, message=message, sender_key="x")

    assert OutgoingMail.objects.get().subject == subject


def test_links_of_strangers_cannot_be_clicked(organisation):
    message = ContactMessage("A", "a@example.org", "S", "Hier: https://falle.example/weg")
    send_message(organisation=organisation, message=message, sender_key="x")

    assert "falle[.]example/weg" in OutgoingMail.objects.get().text


def test_the_form_needs_the_token_of_the_page(organisation):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(organisation), MESSAGE).status_code == 403
    assert not OutgoingMail.objects.exists()


def test_a_mail_server_that_is_away_loses_no_message(client, organisation, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert client.post(address(organisation), MESSAGE).status_code == 302
        assert deliver_due().postponed == 1
    waiting = OutgoingMail.objects.get()
    assert waiting.reply_to == "amina@example.org"
    OutgoingMail.objects.update(next_attempt_at=waiting.created_at)

    deliver_due()
    (sent,) = mail.outbox
    assert "können wir sprechen?" in sent.body


def test_the_text_is_forgotten_once_it_is_sent(client, organisation):
    client.post(address(organisation), MESSAGE)
    deliver_due()

    kept = OutgoingMail.objects.get()
    assert kept.text == ""
    assert "sprechen" not in kept.key


def test_a_second_press_of_the_button_sends_nothing_more(client, organisation):
    for _press in range(2):
        assert client.post(address(organisation), MESSAGE).status_code == 302
    assert OutgoingMail.objects.count() == 1
