"""What the views of upkeep share: who may come in."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

PER_PAGE = 50


class UpkeepView(WagtailAdminTemplateMixin, View):
    """A view of the admin for whoever has the permission."""

    breadcrumbs_items: ClassVar[list[Any]] = []  # Wagtail's name; empty: the plain header
    permission = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied for who may not come in."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def editor(self) -> AbstractBaseUser:
        """Who works here: somebody who is signed in, or the view was not reached."""
        return cast("AbstractBaseUser", self.request.user)
