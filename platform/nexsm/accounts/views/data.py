"""A person's own data: take it along, or delete the account."""

from __future__ import annotations

import tempfile
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nexsm.accounts import privacy
from nexsm.accounts.models import User
from nexsm.accounts.privacy.inventory import inventory
from nexsm.base import throttle
from nexsm.base.views.errors import too_many

_EXPORTS_AN_HOUR = 10


@login_required
@reauthentication_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is held of this person, with the button to take it along."""
    user = cast("User", request.user)
    return render(request, "account/my_data.html", {"inventory": inventory(user)})


@login_required
@reauthentication_required
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything of this person as a ZIP."""
    user = cast("User", request.user)
    if not throttle.allow("export", str(user.pk), limit=_EXPORTS_AN_HOUR, seconds=throttle.HOUR):
        return too_many(request)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    privacy.write_export(user, target)
    target.seek(0)
    name = _("my-data")
    return FileResponse(
        target, as_attachment=True, filename=f"nexsm-{name}-{timezone.localdate()}.zip"
    )


@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; the button deletes the account at once."""
    user = cast("User", request.user)
    objections = privacy.objections_of(user)
    if request.method == "POST" and not objections:
        try:
            privacy.erase(user=user)
        except privacy.ErasureRefusedError as refused:
            objections = refused.objections
        else:
            logout(request)
            return redirect("accounts:deleted")
    context = {"inventory": inventory(user), "objections": objections}
    return render(request, "account/delete.html", context)


@never_cache
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """The account is gone."""
    return render(request, "account/deleted.html")
