"""Wrong tries end at every way in; an outside observer learns nothing about who has an account."""

import itertools
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nexsm.config.checks import proxy_is_counted
from tests.factories.accounts import PASSWORD, EditorFactory

from .test_account_pages import switch_on_app

TRIES = 11
SOMEBODY = (f"somebody{number}@example.org" for number in itertools.count())


def invented_headers(number):
    """What somebody sends to look like many."""
    address = f"203.0.113.{number * 37 % 251}"
    return {"x-forwarded-for": address, "x-real-ip": address, "forwarded": f"for={address}"}


def by_password(client, member):
    def attempt(headers):
        data = {"login": member.email, "password": "wrong"}
        return client.post(reverse("account_login"), data, headers=headers)

    return attempt


def by_a_login_of_an_admin(path):
    def way(client, member):
        def attempt(headers):
            data = {"username": member.email, "login": member.email, "password": "wrong"}
            led_to = client.post(path, data, headers=headers)["Location"]
            return client.post(led_to, data, headers=headers)

        return attempt

    return way


def by_reauthentication(client, member):
    client.force_login(member)

    def attempt(headers):
        return client.post(
            reverse("account_reauthenticate"), {"password": "wrong"}, headers=headers
        )

    return attempt


def by_code(client, member):
    """Every five tries a new code is needed."""

    def attempt(headers):
        url = reverse("account_confirm_login_code")
        answer = client.post(url, {"code": "WRONG"}, headers=headers)
        if answer.status_code == 302:
            client.post(reverse("account_request_login_code"), {"email": next(SOMEBODY)})
            answer = client.post(url, {"code": "WRONG"}, headers=headers)
        return answer

    return attempt


def by_app(client, member):
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    switch_on_app(client)
    client.post(reverse("account_logout"))
    cache.clear()
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})

    def attempt(headers):
        return client.post(reverse("mfa_authenticate"), {"code": "000000"}, headers=headers)

    return attempt


def by_app_again(client, member):
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    switch_on_app(client)
    cache.clear()

    def attempt(headers):
        return client.post(reverse("mfa_reauthenticate"), {"code": "000000"}, headers=headers)

    return attempt


def by_reset(client, member):
    def attempt(headers):
        return client.post(
            reverse("account_reset_password"), {"email": member.email}, headers=headers
        )

    return attempt


def by_resets_for_many(client, member):
    def attempt(headers):
        data = {"email": next(SOMEBODY)}
        return client.post(reverse("account_reset_password"), data, headers=headers)

    return attempt


def by_reset_key(client, member):
    def attempt(headers):
        url = reverse("account_reset_password_from_key", args=["1", "wrong-key"])
        return client.post(url, {"password1": "a brand new secret"}, headers=headers)

    return attempt


WAYS = {
    "password": by_password,
    "admin": by_a_login_of_an_admin("/admin/login/"),
    "django admin": by_a_login_of_an_admin("/django-admin/login/"),
    "page login": by_a_login_of_an_admin("/de/_util/login/"),
    "reauthentication": by_reauthentication,
    "code": by_code,
    "app": by_app,
    "app, again": by_app_again,
    "reset": by_reset,
    "resets": by_resets_for_many,
    "reset key": by_reset_key,
}


@pytest.mark.parametrize("headers", [lambda _number: {}, invented_headers])
@pytest.mark.parametrize("way", WAYS)
def test_tries_end_by_the_eleventh(client, db, way, headers):
    attempt = WAYS[way](client, EditorFactory())
    statuses = [attempt(headers(number)).status_code for number in range(TRIES)]
    assert statuses[0] != 429
    assert statuses[-1] == 429


def test_behind_a_proxy_only_the_address_it_adds_counts(client, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    statuses = []
    for number in range(TRIES):
        invented = invented_headers(number)["x-forwarded-for"]
        answer = client.post(
            reverse("account_login"),
            {"login": f"nobody{number}@example.org", "password": "wrong"},
            headers={"x-forwarded-for": f"{invented}, 198.51.100.7"},
        )
        statuses.append(answer.status_code)
    assert statuses[-1] == 429
    other = client.post(
        reverse("account_login"),
        {"login": "nobody@example.org", "password": "wrong"},
        headers={"x-forwarded-for": "198.51.100.8"},
    )
    assert other.status_code == 200


def seen(response, email):
    """Everything an observer sees of an answer, without what she sent and what is random."""
    body = response.content.decode().replace(email, "ADDRESS")
    body = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1TOKEN", body)
    cookies = {
        name: {key: value for key, value in morsel.items() if key != "expires"}
        for name, morsel in response.cookies.items()
    }
    # The clock is the same for everybody.
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    return response.status_code, headers, cookies, body


def journey(email, *steps):
    """What one browser sees on these steps: (name of the address, fields)."""
    cache.clear()
    client, answers = Client(), []
    for name, fields in steps:
        url = reverse(name)
        data = {key: value.format(email=email) for key, value in fields.items()}
        response = client.post(url, data) if data else client.get(url)
        answers.append(seen(response, email))
    return answers


JOURNEYS = {
    "sign up": [
        ("account_signup", {"email": "{email}", "password1": "quite a long secret"}),
        ("account_email_verification_sent", {}),
        ("account_login", {"login": "{email}", "password": "wrong"}),
    ],
    "sign up again": [
        ("account_signup", {"email": "{email}", "password1": "short"}),
    ],
    "sign in": [
        ("account_login", {"login": "{email}", "password": "wrong"}),
        *[("account_login", {"login": "{email}", "password": "wrong"})] * 5,
    ],
    "reset": [
        ("account_reset_password", {"email": "{email}"}),
        ("account_reset_password_done", {}),
        *[("account_reset_password", {"email": "{email}"})] * 3,
    ],
    "code": [
        ("account_request_login_code", {"email": "{email}"}),
        ("account_confirm_login_code", {}),
        ("account_confirm_login_code", {"code": "WRONG"}),
        ("account_confirm_login_code", {"action": "resend"}),
        ("account_confirm_login_code", {}),
        *[("account_confirm_login_code", {"code": "WRONG"})] * 5,
        *[("account_request_login_code", {"email": "{email}"})] * 4,
    ],
}
# The same length, so that not even that differs.
UNKNOWN = "unknown0@example.org"


@pytest.fixture(params=["member", "without second factor", "with second factor", "closed"])
def known(request, db):
    """An account of each kind there is."""
    user = EditorFactory(email="member00@example.org")
    if request.param == "with second factor":
        client = Client()
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        switch_on_app(client)
    if request.param == "closed":
        user.is_active = False
        user.save()
    return user


@pytest.mark.parametrize("name", JOURNEYS)
def test_known_and_unknown_addresses_look_the_same(known, name, mailoutbox):
    mailoutbox.clear()
    steps = JOURNEYS[name]
    assert len(known.email) == len(UNKNOWN)
    one, other = journey(known.email, *steps), journey(UNKNOWN, *steps)
    for number, (left, right) in enumerate(zip(one, other, strict=True)):
        assert left == right, f"step {number} of {name}"
    to_others = [mail.to for mail in mailoutbox if mail.to not in ([known.email], [UNKNOWN])]
    assert to_others == []
    if name == "sign up":
        assert sorted(mail.to for mail in mailoutbox) == [[known.email], [UNKNOWN]]
    if name in {"reset", "code"}:
        assert [UNKNOWN] not in [mail.to for mail in mailoutbox]


def test_a_proxy_that_is_not_counted_is_found_before_going_live(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for count, found in ((0, ["nexsm.E003"]), (1, [])):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
        assert [message.id for message in proxy_is_counted(None)] == found
