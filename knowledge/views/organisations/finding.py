"""Which organisation a page is about: only those the person has to do with."""

from __future__ import annotations

import uuid
from typing import cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from knowledge.enums import MembershipRole
from knowledge.models import Organisation
from knowledge.queries.people import organisations_of, public_organisation
from nexsm.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in; for views that nobody else reaches."""
    return cast("User", request.user)


def own(request: HttpRequest, public_id: uuid.UUID, *roles: MembershipRole) -> Organisation:
    """An organisation the person belongs to in one of the roles. Raises Http404 for all others."""
    return get_object_or_404(organisations_of(person(request), *roles), public_id=public_id)


def owned(request: HttpRequest, public_id: uuid.UUID) -> Organisation:
    """An organisation the person is responsible for. Raises Http404 for all others."""
    return own(request, public_id, MembershipRole.OWNER)


def public(request: HttpRequest, public_id: uuid.UUID) -> Organisation:
    """A profile the person may read. Raises Http404 for all others."""
    return get_object_or_404(public_organisation(person(request)), public_id=public_id)
