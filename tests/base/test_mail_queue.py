"""Writing mails: once for each event, in the language of the person, harmless, refusable."""

import pytest
from django.db import transaction

from nexsm.base.mail import absolute_url, kinds, queue, wishes
from nexsm.base.models import MailRefusal, OutgoingMail
from tests.factories.accounts import UserFactory
from tests.races import several_writers

pytestmark = pytest.mark.django_db

NEWS = "test-news"


@pytest.fixture(autouse=True)
def templates(settings, tmp_path):
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "test_subject.txt").write_text("{% load nexsm %}Von {{ person|mail_name }}\n")
    (folder / "test_message.txt").write_text(
        "{% load i18n %}{% autoescape off %}{% translate 'Hello,' %}\n\n{{ text }}\n{{ url }}"
        "{% endautoescape %}"
    )
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]


@pytest.fixture(autouse=True)
def one_kind(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(NEWS, "Neuigkeiten", "Was es Neues gibt.")


def write(key="event", **changes):
    values = {
        "to": "ada@example.org",
        "template": "test",
        "context": {"person": "Ada", "text": "Text", "url": absolute_url("/de/")},
        "language": "de",
    }
    return queue(key=key, **{**values, **changes})


def test_the_same_event_is_written_once():
    assert write() is True
    assert write() is False
    assert write("another") is True
    assert OutgoingMail.objects.count() == 2


def test_what_is_rolled_back_mails_nobody():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("language", "greeting"), [("de", "Guten Tag,"), ("en", "Hello,"), ("tlh", "Guten Tag,")]
)
def test_a_mail_speaks_the_language_of_the_person(language, greeting):
    write(language=language)
    assert OutgoingMail.objects.get().text.startswith(greeting)


def test_links_lead_to_the_configured_address(settings):
    settings.BASE_URL = "https://nexsm.example.org"
    write()
    assert "https://nexsm.example.org/de/" in OutgoingMail.objects.get().text


def test_strangers_write_neither_headers_nor_links():
    write(
        context={
            "person": "Eve\r\nBcc: all@example.org https://evil.example/",
            "text": "Komm auf https://evil.example/login",
        }
    )
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Von Eve Bcc: … …"
    assert "evil[.]example/login" in mail.text
    assert "https://evil" not in mail.text


def test_who_refused_a_kind_gets_none_of_it_and_all_others():
    user = UserFactory()
    wishes.refuse(wishes.Recipient(NEWS, user.email, user.pk))
    assert write("a", to=user.email, user=user, kind=NEWS) is False
    assert write("b", to=user.email, user=user) is True
    assert write("c", to="somebody@example.org", kind=NEWS) is True


def test_an_address_refuses_without_an_account_and_with_one_later():
    wishes.refuse(wishes.Recipient(NEWS, "ada@example.org"))
    assert write("a", to="Ada@example.org", kind=NEWS) is False
    user = UserFactory(email="ada@example.org")
    assert write("b", to=user.email, user=user, kind=NEWS) is False
    wishes.set_wanted(user=user, offered=[NEWS], wanted=[NEWS])
    assert write("c", to=user.email, user=user, kind=NEWS) is True


def test_the_link_in_the_mail_is_only_there_for_what_can_be_refused():
    write("a", kind=NEWS)
    write("b")
    with_link, without = OutgoingMail.objects.order_by("key")
    assert "/de/mails/abbestellen/" in with_link.text
    assert "abbestellen" not in without.text


@pytest.mark.parametrize("has_account", [True, False])
def test_opening_the_link_changes_nothing_and_its_button_does(client, has_account):
    user = UserFactory() if has_account else None
    to = user.email if user else "ada@example.org"
    url = f"/de/mails/abbestellen/{wishes.token(kind=NEWS, to=to, user=user)}/"
    response = client.get(url)
    assert response.status_code == 200
    assert "Neuigkeiten" in response.content.decode()
    assert not wishes.has_refused(kind=NEWS, to=to, user=user)
    # As a mail program does it: no cookie, no token of the form, the body of RFC 8058.
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    client.post(url)
    assert wishes.has_refused(kind=NEWS, to=to, user=user)
    assert MailRefusal.objects.count() == 1


def test_a_link_that_was_changed_is_refused(client):
    token = wishes.token(kind=NEWS, to="ada@example.org")
    for wrong in (token[:-1], "x", wishes.token(kind="unknown", to="ada@example.org")):
        assert client.get(f"/de/mails/abbestellen/{wrong}/").status_code == 404
        assert client.post(f"/de/mails/abbestellen/{wrong}/").status_code == 404
    assert not MailRefusal.objects.exists()


def test_a_person_sees_and_changes_her_choice(client):
    kinds.register("test-other", "Anderes", "Sonst etwas.")
    kinds.register("test-hidden", "Verborgenes", "Nicht für sie.", is_for=lambda _user: False)
    user = UserFactory()
    client.force_login(user)
    page = client.get("/de/konto/mails/").content.decode()
    assert "Neuigkeiten" in page
    assert "Verborgenes" not in page
    client.post("/de/konto/mails/", {"wanted": ["test-other"]})
    assert wishes.refused_kinds(user) == {NEWS}
    client.post("/de/konto/mails/", {})
    assert wishes.refused_kinds(user) == {NEWS, "test-other"}
    client.post("/de/konto/mails/", {"wanted": [NEWS, "test-hidden"]})
    assert wishes.refused_kinds(user) == {"test-other", NEWS}


def test_visitors_are_led_to_the_login(client):
    assert client.get("/de/konto/mails/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_many_at_once_write_one_mail(tmp_path):
    with several_writers(tmp_path) as race:
        results = race(lambda _number: write(), 12)
        assert sorted(results, key=bool) == [False] * 11 + [True]
        assert OutgoingMail.objects.count() == 1
