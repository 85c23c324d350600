"""Signing in: the limit of tries, where one is sent afterwards, what is given away."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.urls import reverse

from nexsm.base.mail.delivery import deliver_due
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import PASSWORD

ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/a",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ftp://testserver/",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://evil.example#testserver",
    "http://evil.example?testserver",
    "\thttp://evil.example",
    " //evil.example",
    "/\t/evil.example",
    "\x00//evil.example",
    "http://[::1",
    "https://localhost/",
    "//127.0.0.1/",
]


def sign_in(client, email, password=PASSWORD, target=None):
    query = {"next": target} if target is not None else {}
    return client.post(
        reverse("account_login", query=query), {"login": email, "password": password}
    )


def is_here(location):
    return location.startswith("/") and not location.startswith(("//", "/\\"))


def test_right_password_signs_in_and_leads_home(client, member):
    response = sign_in(client, member.email)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.session[SESSION_KEY] == str(member.pk)


def test_address_may_be_written_in_capitals(client, member):
    assert sign_in(client, member.email.upper())["Location"] == "/"


def test_session_gets_a_new_key_when_somebody_signs_in(client, member):
    session = client.session
    session["something"] = 1
    session.save()
    before = session.session_key
    sign_in(client, member.email)
    assert client.session.session_key != before


def test_editor_is_led_to_the_page_asked_for(client, editor):
    assert sign_in(client, editor.email, target="/admin/images/")["Location"] == "/admin/images/"


def test_nobody_is_sent_elsewhere_after_signing_in(client, member):
    for target in ELSEWHERE:
        response = sign_in(client, member.email, target=target)
        assert response.status_code == 302, target
        assert is_here(response["Location"]), target
        client.session.flush()
        cache.clear()  # the limit of tries


def test_nobody_signed_in_is_sent_elsewhere(client, member):
    client.force_login(member)
    for name in ("account_login", "account_signup"):
        for target in ELSEWHERE:
            response = client.get(reverse(name), {"next": target})
            assert is_here(response.headers.get("Location", "/")), target


def test_nobody_is_sent_elsewhere_after_signing_out(client, member):
    for target in ELSEWHERE:
        client.force_login(member)
        response = client.post(reverse("account_logout"), {"next": target})
        assert is_here(response["Location"]), target
        assert SESSION_KEY not in client.session


def test_signing_out_needs_a_button(client, member):
    client.force_login(member)
    assert client.get(reverse("account_logout")).status_code == 200
    assert SESSION_KEY in client.session


def test_tries_for_one_account_are_limited(client, member):
    codes = [sign_in(client, member.email, "wrong").status_code for _ in range(11)]
    assert 429 in codes
    assert codes[-1] == 429
    assert sign_in(client, member.email).status_code == 429


def test_tries_from_one_address_are_limited(client, db):
    codes = [sign_in(client, f"nobody{n}@example.org", "wrong").status_code for n in range(11)]
    assert codes[:10] == [200] * 10
    assert codes[10] == 429


def test_an_invented_header_does_not_lift_the_limit(client, db):
    codes = [
        client.post(
            reverse("account_login"),
            {"login": f"nobody{n}@example.org", "password": "wrong"},
            headers={"x-forwarded-for": f"203.0.113.{n}", "x-real-ip": f"203.0.113.{n}"},
        ).status_code
        for n in range(11)
    ]
    assert codes[-1] == 429


def test_page_about_too_many_tries_is_ours_and_names_a_way_on(client, member):
    for _ in range(6):
        response = sign_in(client, member.email, "wrong")
    assert response.status_code == 429
    assert "nexsm/css/base.css" in response.content.decode()
    assert reverse("account_reset_password") in response.content.decode()
    assert "fünf Minuten" in response.content.decode()


def test_who_asked_for_too_many_links_is_not_sent_for_another_one(client, member):
    address = reverse("account_reset_password")
    codes = [client.post(address, {"email": member.email}).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]
    page = client.post(address, {"email": member.email}).content.decode()
    assert "Spätestens in einer Stunde" in page
    assert "fünf Minuten" not in page
    assert "Passwort" not in page.split("<main")[1].split("</main>")[0]


def test_link_by_mail_helps_while_tries_are_limited(client, member, mailoutbox):
    for _ in range(6):
        sign_in(client, member.email, "wrong")
    client.post(reverse("account_reset_password"), {"email": member.email})
    link = next(line for line in mailoutbox[0].body.splitlines() if "/password/reset/key/" in line)
    path = link.split("localhost:8000")[-1]
    form_page = client.get(path, follow=True)
    action = form_page.redirect_chain[-1][0]
    response = client.post(
        action, {"password1": "a brand new secret", "password2": "a brand new secret"}
    )
    assert response.status_code == 302
    assert sign_in(client, member.email, "a brand new secret")["Location"] == "/"


def test_wrong_password_and_unknown_address_look_the_same(client, member):
    known = sign_in(client, member.email, "wrong")
    unknown = sign_in(client, "nobody@example.org", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors


def test_asking_for_a_new_password_gives_nothing_away(client, member, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": member.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert [mail.to for mail in mailoutbox] == [[member.email]]


def test_signing_up_gives_nothing_away(client, member, mailoutbox):
    answers = [
        client.post(reverse("account_signup"), {"email": email, "password1": "quite a long secret"})
        for email in (member.email, "new@example.org")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(mailoutbox) == 2


def test_a_mail_leads_to_the_configured_address(client, member, mailoutbox, settings):
    settings.BASE_URL = "https://nexsm.example"
    client.post(
        reverse("account_reset_password"), {"email": member.email}, headers={"host": "localhost"}
    )
    assert "https://nexsm.example/" in mailoutbox[0].body
    assert "http://localhost" not in mailoutbox[0].body
    assert mailoutbox[0].subject.startswith("[NexSM]")


def test_an_unknown_host_gets_no_answer(client, member, mailoutbox):
    response = client.post(
        reverse("account_reset_password"), {"email": member.email}, headers={"host": "evil.example"}
    )
    assert response.status_code == 400
    assert mailoutbox == []


def test_new_account_is_used_after_the_address_is_confirmed(client, db, mailoutbox):
    client.post(
        reverse("account_signup"), {"email": "New@Example.org", "password1": "quite a long secret"}
    )
    assert sign_in(client, "new@example.org", "quite a long secret")["Location"] == reverse(
        "account_email_verification_sent"
    )
    link = next(line for line in mailoutbox[0].body.splitlines() if "confirm-email" in line)
    path = link.split("localhost:8000")[-1]
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    assert sign_in(client, "new@example.org", "quite a long secret")["Location"] == "/"


def test_new_accounts_can_be_switched_off(client, db, settings):
    settings.SIGNUP_OPEN = False
    assert b'name="password1"' not in client.get(reverse("account_signup")).content
    response = client.post(
        reverse("account_signup"), {"email": "new@example.org", "password1": "quite a long secret"}
    )
    assert response.status_code in {200, 403}
    assert client.session.get(SESSION_KEY) is None


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "member@example.org"])
def test_weak_passwords_are_refused(client, db, password, django_user_model):
    client.post(reverse("account_signup"), {"email": "member@example.org", "password1": password})
    assert not django_user_model.objects.exists()


def test_deactivated_account_is_out_at_once(client, member):
    client.force_login(member)
    assert client.get(reverse("accounts:overview")).status_code == 200
    member.is_active = False
    member.save()
    assert client.get(reverse("accounts:overview")).status_code == 302


def test_a_changed_password_ends_other_sessions(client, member):
    from django.test import Client

    other = Client()
    for browser in (client, other):
        sign_in(browser, member.email)
    response = client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "a brand new secret",
            "password2": "a brand new secret",
        },
    )
    assert response.status_code == 302
    assert client.get(reverse("accounts:overview")).status_code == 200
    assert other.get(reverse("accounts:overview")).status_code == 302


def test_a_mail_server_that_is_away_stops_nobody(client, member, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answers = [
        client.post(
            reverse("account_signup"), {"email": "new@example.org", "password1": "quite a secret!"}
        ),
        client.post(reverse("account_reset_password"), {"email": member.email}),
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    deliver_due()
    waiting = OutgoingMail.objects.filter(state="waiting")
    assert sorted(waiting.values_list("to", flat=True)) == sorted(["new@example.org", member.email])


def test_what_opens_the_account_is_not_kept_after_it_is_sent(client, member, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": member.email})
    assert "/password/reset/key/" in mailoutbox[0].body
    assert OutgoingMail.objects.get().text == ""
