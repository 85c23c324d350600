"""A form that cannot be taken costs nobody what was typed."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from nexsm.accounts import kept_forms
from tests.factories.accounts import PASSWORD, UserFactory

HERE = {"origin": "http://testserver"}
TEXT = "Zeile 1 <b>„groß“</b>\r\nZeile 2 & mehr"


def hidden_fields(html):
    """(name, value) of the form that offers to send again."""
    main = html.split("<main")[1]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', main)
    return [(unescape(name), unescape(value)) for name, value in found]


def action_of(html):
    return unescape(re.search(r'<main.*?<form method="post" action="([^"]*)"', html, re.DOTALL)[1])


@pytest.fixture
def strict_client(db):
    """A browser in which the token of a form counts."""
    return Client(enforce_csrf_checks=True, headers=HERE)


@pytest.fixture
def signed_in_strictly(strict_client, member):
    strict_client.force_login(member)
    return strict_client


def test_an_old_token_loses_nothing(signed_in_strictly, member):
    client, url = signed_in_strictly, reverse("accounts:overview")
    answer = client.post(f"{url}?a=1&b=2", {"name": TEXT, "more": ["1", "2"], "language": "en"})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "private, no-store"
    assert action_of(html) == f"{url}?a=1&b=2"
    fields = hidden_fields(html)
    assert fields[1:] == [("name", TEXT), ("more", "1"), ("more", "2"), ("language", "en")]
    assert fields[0][0] == "csrfmiddlewaretoken"
    client.post(action_of(html), dict(fields) | {"name": "Neuer Name"})
    member.refresh_from_db()
    assert member.name == "Neuer Name"


def test_passwords_and_codes_are_not_written_into_the_page(strict_client):
    answer = strict_client.post(
        reverse("account_login"),
        {"login": "a@example.org", "password": "very secret word", "code": "123987"},
    )
    html = answer.content.decode()
    assert answer.status_code == 403
    assert ("login", "a@example.org") in hidden_fields(html)
    assert "very secret word" not in html
    assert "123987" not in html


def test_files_are_to_be_chosen_again(signed_in_strictly):
    upload = SimpleUploadedFile("sätzung.pdf", b"%PDF-secret-content")
    answer = signed_in_strictly.post(reverse("accounts:overview"), {"name": "A", "file": upload})
    html = answer.content.decode()
    assert "sätzung.pdf" in html
    assert 'type="file" name="file"' in html
    assert 'enctype="multipart/form-data"' in html
    assert "secret-content" not in html


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"origin": "http://testserver", "sec-fetch-site": "same-site"},
        {"referer": "https://evil.example/http://testserver/"},
        {},
    ],
)
def test_a_form_of_another_site_is_never_offered(db, member, headers):
    client = Client(enforce_csrf_checks=True, headers=headers)
    client.force_login(member)
    html = client.post(reverse("accounts:overview"), {"name": "Untergeschoben"}).content.decode()
    assert "Untergeschoben" not in html
    visitor = Client(headers=headers)
    visitor.post(reverse("accounts:overview"), {"name": "Untergeschoben"})
    assert kept_forms.SESSION_NAME not in visitor.session


def test_an_address_that_looks_like_another_host_stays_here(signed_in_strictly):
    answer = signed_in_strictly.post("//evil.example/de/konto/", {"name": "A"})
    assert answer.status_code in {403, 404}
    if answer.status_code == 403:
        assert not action_of(answer.content.decode()).startswith("//")


def test_what_was_sent_after_signing_out_waits_for_signing_in(client, member):
    url = reverse("accounts:overview")
    answer = client.post(url, {"name": "Neuer Name", "text": TEXT, "language": "de"}, headers=HERE)
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert "Sie wurden abgemeldet" in page.content.decode()
    answer = client.post(answer["Location"], {"login": member.email, "password": PASSWORD})
    assert answer["Location"] == reverse("accounts:kept_form")
    html = client.get(answer["Location"]).content.decode()
    assert action_of(html) == url
    assert hidden_fields(html)[1:] == [("name", "Neuer Name"), ("text", TEXT), ("language", "de")]
    client.post(url, dict(hidden_fields(html)), headers=HERE)
    member.refresh_from_db()
    assert member.name == "Neuer Name"
    assert client.get(reverse("accounts:kept_form"))["Location"] == url


def test_what_waits_is_thrown_away_after_an_hour(client, member, time_machine):
    time_machine.move_to("2026-11-28 12:00:00Z", tick=False)
    client.post(reverse("accounts:overview"), {"name": "Alt"}, headers=HERE)
    client.force_login(member)
    time_machine.shift(kept_forms.KEPT_SECONDS + 1)
    assert client.get(reverse("accounts:kept_form")).status_code == 302
    assert kept_forms.SESSION_NAME not in client.session


@pytest.mark.parametrize("is_same", [True, False])
def test_a_form_waits_for_whoever_typed_it_alone(db, member, is_same):
    client = Client(enforce_csrf_checks=True, headers=HERE)
    login, overview = reverse("account_login"), reverse("accounts:overview")

    def token():
        page = client.get(login if "_auth_user_id" not in client.session else overview)
        return re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]

    def sign_in(user):
        data = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token()}
        assert client.post(login, data).status_code == 302

    sign_in(member)
    typed = {"name": "Geheim", "csrfmiddlewaretoken": token()}
    client.session.flush()
    del client.cookies[settings.SESSION_COOKIE_NAME]
    client.post(overview, typed)
    sign_in(member if is_same else UserFactory())

    answer = client.get(reverse("accounts:kept_form"))
    assert ("Geheim" in answer.content.decode()) is is_same
    assert answer.status_code == (200 if is_same else 302)


def test_a_long_text_waits_in_the_page(client, db):
    long = "ä" * (kept_forms.MAX_SIZE + 1)
    answer = client.post(reverse("accounts:overview"), {"name": long}, headers=HERE)
    assert answer.status_code == 403
    assert ("name", long) in hidden_fields(answer.content.decode())
    assert kept_forms.SESSION_NAME not in client.session


def test_many_forms_from_one_address_do_not_fill_the_sessions(db):
    for number in range(21):
        client = Client(headers=HERE)
        answer = client.post(reverse("accounts:overview"), {"name": str(number)})
    assert answer.status_code == 403
    assert ("name", "20") in hidden_fields(answer.content.decode())


@pytest.mark.parametrize("name", ["account_login", "account_reauthenticate"])
def test_a_form_with_a_password_does_not_wait(client, member, name):
    fields = {"login": member.email, "password": "wrong", "next": "/de/konto/"}
    client.post(reverse(name), fields, headers=HERE)
    assert kept_forms.SESSION_NAME not in client.session


def test_too_many_tries_keep_the_address_and_not_the_password(client, member):
    for _ in range(6):
        answer = client.post(
            reverse("account_login"),
            {"login": member.email, "password": "wrong secret"},
            headers=HERE,
        )
    html = answer.content.decode()
    assert answer.status_code == 429
    assert ("login", member.email) in hidden_fields(html)
    assert "wrong secret" not in html


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (RuntimeError, 500)])
def test_a_fault_of_the_server_loses_nothing(member, monkeypatch, error, status):
    def fail(*args, **kwargs):
        raise error

    client = Client(raise_request_exception=False, headers=HERE)
    client.force_login(member)
    monkeypatch.setattr("nexsm.accounts.forms.NameForm.save", fail)
    answer = client.post(reverse("accounts:overview"), {"name": "Langer Name", "language": "de"})
    assert answer.status_code == status
    assert ("name", "Langer Name") in hidden_fields(answer.content.decode())
    assert answer.has_header("Retry-After") is (status == 503)


def test_more_than_one_request_may_hold_is_413(client, member, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(member)
    answer = client.post(reverse("accounts:overview"), {"name": "x" * 2000}, headers=HERE)
    assert answer.status_code == 413
    assert "zu viel" in answer.content.decode()
