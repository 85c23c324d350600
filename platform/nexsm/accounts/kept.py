"""What somebody typed is there again after she had to sign in anew.

A session can end while a long form is open. The text that is sent then waits in the new session until
she is back at the same address: it is shown again, and nothing is saved before she sends it once more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict

from nexsm.accounts.models import User

P = ParamSpec("P")

_KEY = "typed_before_signing_in"
# Longer texts than any form of ours takes are not worth a row in the table of sessions.
_LONGEST = 100_000
_NOT_TYPED = ("csrfmiddlewaretoken",)


def members_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Lead visitors to the login and back again; what they have just sent waits for them."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            _keep(request)
        return redirect_to_login(request.get_full_path())

    return guarded


def member_of(request: HttpRequest) -> User:
    """Who is signed in, in views for members only. Raises PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was sent to this address before signing in, once; None if nothing was."""
    kept: dict[str, Any] = request.session.get(_KEY) or {}
    if kept.get("path") != request.path:
        return None
    del request.session[_KEY]
    return QueryDict(kept["typed"])


def _keep(request: HttpRequest) -> None:
    data = request.POST.copy()
    for name in _NOT_TYPED:
        data.pop(name, None)
    typed = data.urlencode()
    if data and len(typed) <= _LONGEST:
        request.session[_KEY] = {"path": request.path, "typed": typed}
