"""Users in Wagtail's admin: one name, and no way up."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests.factories.accounts import UserFactory


@pytest.fixture
def user_manager(db):
    """Somebody who may manage users but is no administrator."""
    user = UserFactory()
    codes = ["access_admin", "add_user", "change_user", "delete_user"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


def edit_url(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_list_shows_and_finds_names(client, administrator, member):
    member.name = "Nur Özgür"
    member.save()
    client.force_login(administrator)
    url = reverse("wagtailusers_users:index")
    assert "Nur Özgür" in client.get(url).content.decode()
    assert "Nur Özgür" in client.get(url, {"q": "Özgür"}).content.decode()
    assert "Nur Özgür" in client.get(url, {"q": member.email}).content.decode()
    assert "Nur Özgür" not in client.get(url, {"q": "somebody else"}).content.decode()
    for ordering in ("name", "-name", "email", "-last_login"):
        assert client.get(url, {"ordering": ordering}).status_code == 200


def test_user_is_created_without_a_password(client, administrator, django_user_model):
    client.force_login(administrator)
    url = reverse("wagtailusers_users:add")
    html = client.get(url).content.decode()
    assert 'name="name"' in html
    assert 'name="first_name"' not in html
    response = client.post(url, {"email": "New@Example.org", "name": "New Person"})
    assert response.status_code == 302
    user = django_user_model.objects.get(email="new@example.org")
    assert user.name == "New Person"
    assert not user.has_usable_password()


def test_new_user_sets_a_password_by_mail(client, administrator, mailoutbox):
    client.force_login(administrator)
    client.post(reverse("wagtailusers_users:add"), {"email": "new@example.org", "name": ""})
    client.logout()
    client.post(reverse("account_reset_password"), {"email": "new@example.org"})
    link = next(line for line in mailoutbox[-1].body.splitlines() if "/password/reset/" in line)
    form_page = client.get(link.split("localhost:8000")[-1], follow=True)
    new = "a brand new secret"
    client.post(form_page.redirect_chain[-1][0], {"password1": new, "password2": new})
    response = client.post(reverse("account_login"), {"login": "new@example.org", "password": new})
    assert response["Location"] == "/"


def test_same_address_in_capitals_is_refused(client, administrator, member, django_user_model):
    client.force_login(administrator)
    response = client.post(
        reverse("wagtailusers_users:add"), {"email": member.email.upper(), "name": ""}
    )
    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert django_user_model.objects.filter(email__iexact=member.email).count() == 1


def test_user_is_changed(client, administrator, member):
    client.force_login(administrator)
    group = Group.objects.get_or_create(name="Editors")[0]
    assert client.get(edit_url(member)).status_code == 200
    response = client.post(
        edit_url(member),
        {"email": member.email, "name": "Renamed", "is_active": "on", "groups": [group.pk]},
    )
    assert response.status_code == 302
    member.refresh_from_db()
    assert member.name == "Renamed"
    assert list(member.groups.all()) == [group]


def test_who_manages_users_cannot_give_rights(client, user_manager, member):
    client.force_login(user_manager)
    group = Group.objects.get_or_create(name="Editors")[0]
    for user in (member, user_manager):
        client.post(
            edit_url(user),
            {
                "email": user.email,
                "name": "x",
                "is_active": "on",
                "is_superuser": "on",
                "groups": [group.pk],
            },
        )
        user.refresh_from_db()
        assert not user.is_superuser
        assert not user.groups.exists()


def test_who_manages_users_cannot_create_administrators(client, user_manager, django_user_model):
    client.force_login(user_manager)
    client.post(
        reverse("wagtailusers_users:add"), {"email": "up@example.org", "is_superuser": "on"}
    )
    assert not django_user_model.objects.get(email="up@example.org").is_superuser


def test_administrators_are_changed_by_administrators_only(client, user_manager, administrator):
    client.force_login(user_manager)
    before = administrator.password
    for method in (client.get, client.post):
        method(
            edit_url(administrator),
            {"email": "taken@example.org", "password1": "x" * 12, "password2": "x" * 12},
        )
    administrator.refresh_from_db()
    assert administrator.password == before
    assert administrator.email != "taken@example.org"
    assert b"taken@example.org" not in client.get(edit_url(administrator)).content


def test_settings_page_has_neither_password_nor_picture(client, editor):
    client.force_login(editor)
    html = client.get("/admin/account/").content.decode()
    assert "name-name" in html
    assert "avatar-avatar" not in html
    assert "new_password1" not in html
    client.post(
        "/admin/account/",
        {
            "name-name": "Someone Else",
            "locale-preferred_language": "de",
            "theme-theme": "light",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )
    editor.refresh_from_db()
    assert editor.name == "Someone Else"


def test_profile_pictures_cannot_be_uploaded(client, editor):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.users.models import UserProfile

    client.force_login(editor)
    client.post(
        "/admin/account/",
        {
            "name-name": "A",
            "theme-theme": "light",
            "theme-contrast": "system",
            "theme-density": "default",
            "avatar-avatar": SimpleUploadedFile("a.png", b"x"),
        },
    )
    assert not UserProfile.get_for_user(editor).avatar
