"""Pages of the admin for whoever has one permission, and the way to them."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from nexsm.accounts.models import User

PER_PAGE = 50


class PermittedView(WagtailAdminTemplateMixin, View):
    """A view of the admin for whoever has the permission."""

    breadcrumbs_items: ClassVar[list[Any]] = []  # Wagtail's name; empty: the plain header
    permission = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied for who may not come in."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def editor(self) -> User:
        """Who works here: somebody who is signed in, or the view was not reached."""
        return cast("User", self.request.user)


class PermittedMenuItem(MenuItem):
    """Shown to whoever has the permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: Any) -> bool:
        """Whether this editor may work there."""
        return bool(request.user.has_perm(self.permission))
