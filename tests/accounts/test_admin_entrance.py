"""The editors' admin has no door of its own, and members do not get in."""

import re

import pytest
from django.urls import reverse

from .test_sign_in import ELSEWHERE, is_here


@pytest.mark.parametrize("path", ["/admin/login/", "/django-admin/login/", "/de/_util/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_logins_lead_to_the_one_login(client, db, path, method):
    response = getattr(client, method)(path, {"username": "a", "password": "b"})
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2F"


def test_a_safe_target_is_kept(client, db):
    response = client.get("/admin/login/", {"next": "/admin/images/?q=a&b=c"})
    assert response["Location"].endswith("?next=%2Fadmin%2Fimages%2F%3Fq%3Da%26b%3Dc")


def test_an_unsafe_target_is_not_kept(client, db):
    for target in ELSEWHERE:
        response = client.get("/admin/login/", {"next": target})
        assert is_here(response["Location"]), target
        assert response["Location"].endswith("?next=%2Fadmin%2F"), target


def test_visitors_are_sent_to_the_login(client, db):
    response = client.get("/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_members_are_refused_and_not_sent_in_circles(client, member):
    client.force_login(member)
    for path in ("/admin/", "/admin/pages/", "/admin/images/add/", "/admin/nothing/here/"):
        response = client.get(path)
        assert response.status_code == 403
        assert "nexsm/css/base.css" in response.content.decode()


def test_members_may_sign_out_in_the_admin(client, member):
    client.force_login(member)
    assert client.post("/admin/logout/").status_code == 302


@pytest.mark.parametrize("path", ["/admin/password_reset/", "/admin/password_reset/done/"])
def test_the_admin_resets_no_passwords(client, db, path):
    assert client.get(path).status_code == 404


def test_admin_loads_nothing_from_elsewhere(client, editor):
    client.force_login(editor)
    response = client.get("/admin/")
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|\*", policy)


def test_what_signed_in_people_see_is_kept_by_no_cache(client, member):
    client.force_login(member)
    assert client.get("/de/impressum/")["Cache-Control"] == "private, no-store"


def test_visitors_get_no_cookie(client, db):
    for path in ("/de/impressum/", "/en/konto/password/reset/done/"):
        assert client.get(path).cookies == {}


def test_strict_policy_on_account_pages(client, db):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
