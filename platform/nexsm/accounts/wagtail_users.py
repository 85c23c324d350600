"""Wagtail's user administration with our views. Stands in INSTALLED_APPS for `wagtail.users`."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersAdminConfig(WagtailUsersAppConfig):
    """Same app, same label, other views."""

    user_viewset = "nexsm.accounts.views.users.UserViewSet"
