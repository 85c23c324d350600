"""Who is signed in, for views that let nobody else in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from nexsm.accounts.models import User


def member_of(request: HttpRequest) -> User:
    """The account behind a request to a page for members. Raises PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
