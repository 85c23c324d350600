"""There is always an administrator, and only administrators decide about rights, in lists as well."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from nexsm.accounts import privacy
from nexsm.accounts.forms import UserEditForm
from nexsm.accounts.models import User
from nexsm.accounts.privacy import erasure
from tests.factories.accounts import PASSWORD, SuperuserFactory, UserFactory
from tests.races import several_writers

from .test_account_pages import show_again_who_it_is

pytestmark = pytest.mark.django_db


def bulk(client, action, *users, **data):
    url = reverse("wagtail_bulk_action", args=["accounts", "user", action])
    query = "&".join(f"id={user.pk}" for user in users)
    return client.post(f"{url}?{query}", data, follow=True)


def is_there(user):
    return User.objects.filter(pk=user.pk, is_active=True).exists()


def test_the_last_administrator_keeps_her_account_and_reads_why(client, administrator):
    SuperuserFactory(is_active=False)
    client.post(reverse("account_login"), {"login": administrator.email, "password": PASSWORD})
    show_again_who_it_is(client)
    for method in (client.get, client.post):
        page = method(reverse("accounts:delete")).text
        assert "Sonst verwaltet niemand" in page
        assert reverse("wagtailusers_users:index") in page
    with pytest.raises(privacy.ErasureRefusedError):
        privacy.erase(user=administrator)
    assert is_there(administrator)


def test_one_of_two_administrators_may_go(administrator):
    SuperuserFactory()
    privacy.erase(user=administrator)
    assert not is_there(administrator)


def test_an_administrator_who_cannot_sign_in_may_be_deleted(client, administrator):
    former = SuperuserFactory(is_active=False)
    client.force_login(administrator)
    bulk(client, "delete", former)
    assert not User.objects.filter(pk=former.pk).exists()


@pytest.mark.parametrize("right", ["is_active", "is_superuser"])
def test_the_form_takes_the_right_from_nobody_who_has_it_alone(administrator, right):
    data = {"email": administrator.email, "is_active": "on", "is_superuser": "on"}
    del data[right]
    form = UserEditForm(data, instance=administrator)
    assert form.has_error("__all__", "last_administrator")

    SuperuserFactory()
    assert UserEditForm(data, instance=User.objects.get(pk=administrator.pk)).is_valid()


def test_two_who_go_at_once_do_not_both_go(transactional_db, tmp_path):
    both = [SuperuserFactory(), SuperuserFactory()]
    with several_writers(tmp_path) as race:
        results = race(lambda number: privacy.erase(user=both[number]), 2)
        left = User.objects.filter(is_superuser=True).count()
    (refusal,) = [result for result in results if result is not None]
    assert isinstance(refusal, privacy.ErasureRefusedError), results
    assert left == 1


def test_two_who_take_the_right_from_one_another_do_not_both_lose_it(transactional_db, tmp_path):
    both = [SuperuserFactory(), SuperuserFactory()]
    with several_writers(tmp_path) as race:

        def work(number):
            browser, other = Client(), both[1 - number]
            browser.force_login(both[number])
            url = reverse("wagtailusers_users:edit", args=[other.pk])
            return browser.post(url, {"email": other.email, "is_active": "on"}).status_code

        results = race(work, 2)
        left = User.objects.filter(is_superuser=True).count()
    assert left == 1, results


def test_administrators_are_held_before_anybody_objects(administrator, monkeypatch):
    """On PostgreSQL the tests above depend on the moment; this one does not."""
    other = SuperuserFactory()
    held = []
    monkeypatch.setattr(erasure, "hold_administrators", lambda: held.append("held"))
    monkeypatch.setattr(erasure, "objections_of", lambda _user: held.append("asked") or [])
    privacy.erase(user=other)
    assert held == ["held", "asked"]


@pytest.fixture
def user_manager(client):
    """Somebody who may manage users but is no administrator."""
    user = UserFactory()
    codes = ["access_admin", "add_user", "change_user", "delete_user"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return user


def test_who_manages_users_switches_members_off_but_no_administrators(
    client, user_manager, administrator, member
):
    bulk(client, "set_active_state", administrator, member, mark_as_active="False")
    assert is_there(administrator)
    assert not is_there(member)


def test_roles_are_given_by_administrators_only_also_to_several(
    client, user_manager, administrator, member
):
    role = Group.objects.get(name="Reviewers")
    bulk(client, "assign_role", user_manager, member, role=role.pk)
    assert not role.user_set.exists()
    client.force_login(administrator)
    bulk(client, "assign_role", member, role=role.pk)
    assert list(role.user_set.all()) == [member]


def test_nobody_left_means_nobody_is_switched_off(client, administrator, monkeypatch):
    other = SuperuserFactory()
    client.force_login(administrator)
    monkeypatch.setattr("nexsm.accounts.views.users.leaves_none", lambda _users: True)
    page = bulk(client, "set_active_state", other, mark_as_active="False").text
    assert "Nobody else is an administrator" in page
    assert is_there(other)
