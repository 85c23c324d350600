"""Writing mail into the queue."""

import pytest
from django.conf import settings
from django.test.utils import override_settings

from nexsm.base import mail
from nexsm.base.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def templates(tmp_path):
    """A mail whose subject runs over two lines."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "hello_subject.txt").write_text(
        "{% load i18n %}{{ site_name }}:\n{% translate 'trust' %}"
    )
    (folder / "hello_message.txt").write_text("\n{{ name }}, {{ base_url }}\n\n")
    changed = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    with override_settings(TEMPLATES=changed):
        yield


def send(**changes):
    given = {
        "to": "a@example.org",
        "template": "hello",
        "context": {"name": "Ada"},
        "language": "de",
        "key": "hello:1",
    }
    return mail.queue(**given | changes)


def test_a_mail_waits_in_the_language_of_its_receiver(templates):
    assert send()

    row = OutgoingMail.objects.get()
    assert (row.to, row.subject) == ("a@example.org", "NexSM: Vertrauen")
    assert row.text == f"Ada, {settings.BASE_URL}\n"
    assert row.state == "waiting"


def test_a_language_the_site_does_not_speak_becomes_german(templates):
    send(language="tlh")

    assert OutgoingMail.objects.get().subject == "NexSM: Vertrauen"


def test_the_same_event_never_mails_twice(templates):
    assert send()
    assert not send(context={"name": "Eva"})

    assert OutgoingMail.objects.get().text.startswith("Ada")
