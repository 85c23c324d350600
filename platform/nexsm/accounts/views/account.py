"""A person's own account: the overview, and the editors' settings in the admin."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LocaleSettingsPanel,
    NotificationsSettingsPanel,
    ThemeSettingsPanel,
)
from wagtail.users.models import UserProfile

from nexsm.accounts.forms import NameForm, ProfileForm
from nexsm.accounts.kept_forms import waiting_form
from nexsm.accounts.models import User
from nexsm.accounts.second_factor import lacks_second_factor


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page; name and language are changed here."""
    form = ProfileForm(request.POST or None, instance=cast("User", request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:overview")
    may_edit_site = request.user.has_perm("wagtailadmin.access_admin")
    return render(request, "account/overview.html", {"form": form, "may_edit_site": may_edit_site})


@login_required
@require_safe
def kept_form(request: HttpRequest) -> HttpResponse:
    """The form somebody sent after her session had ended, to be sent now."""
    kept = waiting_form(request)
    if kept is None:
        return redirect("accounts:overview")
    return render(request, "account/kept_form.html", {"kept": kept})


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """What editors need before their area opens: a passkey or an app. Leads on who has one."""
    user = cast("User", request.user)
    if not user.has_perm("wagtailadmin.access_admin"):
        return redirect("mfa_index")
    if not lacks_second_factor(user):
        return redirect("wagtailadmin_home")
    return render(request, "account/second_factor.html")


class NameSettingsPanel(BaseSettingsPanel):
    """The name in the admin's settings."""

    name = "name"
    title = gettext_lazy("Name")
    order = 100
    form_class = NameForm


class AdminAccountView(AccountView):
    """Wagtail's settings of an editor without the parts that live elsewhere.

    Address and password belong to the site's own account pages (rate limit, second factor).
    Profile pictures are left out: their upload passes no check and keeps the place in the file.
    """

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Name, notifications, language and look."""
        user = self.request.user
        profile = UserProfile.get_for_user(user)
        kinds: list[Any] = [
            NameSettingsPanel,
            NotificationsSettingsPanel,
            LocaleSettingsPanel,
            ThemeSettingsPanel,
        ]
        panels = [kind(self.request, user, profile) for kind in kinds]
        return [panel for panel in panels if panel.is_active()]


admin_account = require_admin_access(AdminAccountView.as_view())
