"""What all views about one conference share: who may come in, and how the page is headed."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from conference.models import ConferencePage


class ConferenceAdminView(WagtailAdminTemplateMixin, View):
    """A view of the admin about the conference that `page_id` of the address names."""

    breadcrumbs_items: ClassVar[list[Any]] = []  # Wagtail's name; empty: the plain header
    conference: ConferencePage
    allowed: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises Http404 without such a conference, PermissionDenied for who may not come in."""
        self.conference = get_object_or_404(ConferencePage, pk=kwargs["page_id"])
        self.allowed = self.conference.permissions_for_user(request.user)
        if not self.may_enter():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_enter(self) -> bool:
        """Whoever may edit the conference."""
        return bool(self.allowed.can_edit())

    @property
    def editor(self) -> AbstractBaseUser:
        """Who works here: somebody who is signed in, or the view was not reached."""
        return cast("AbstractBaseUser", self.request.user)

    def get_page_subtitle(self) -> str:
        """Which conference it is."""
        return str(self.conference.get_admin_display_title())
