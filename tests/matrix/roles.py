"""Roles, and the answers they get."""

from __future__ import annotations

from dataclasses import dataclass

VISITOR, MEMBER, OWNER_A, OWNER_B, EDITOR, REVIEWER, SUPERUSER = ROLES = (
    "visitor",
    "member",
    "owner of A",
    "owner of B",
    "editor",
    "reviewer",
    "superuser",
)
Statuses = frozenset[int]
Allowed = dict[str, Statuses]


def by_role(
    visitor, member=None, editor=None, reviewer=None, superuser=None, *, owner_a=None, owner_b=None
) -> Allowed:
    """Statuses of the roles; what is not given is as it is for the role before.

    A is the organisation of the samples, B another one. Owners are members, if nothing else is said.
    """
    allowed: Allowed = {}
    last: object = visitor
    for role, given in zip(
        (VISITOR, MEMBER, EDITOR, REVIEWER, SUPERUSER),
        (visitor, member, editor, reviewer, superuser),
        strict=True,
    ):
        last = last if given is None else given
        allowed[role] = _statuses(last)
    allowed[OWNER_A] = allowed[MEMBER] if owner_a is None else _statuses(owner_a)
    allowed[OWNER_B] = allowed[MEMBER] if owner_b is None else _statuses(owner_b)
    return allowed


def _statuses(given) -> Statuses:
    return frozenset({given} if isinstance(given, int) else given)


EVERYBODY = by_role(200)
NOBODY = by_role(404)
READ_ONLY = by_role(405)
SIGNED_IN = by_role(302, 200)  # a visitor is led to the login
LED_ON = by_role(302)
MOVED = by_role(301)
GONE = by_role(410)
STAFF_OF_DJANGO = by_role(404, 404, 404, 404, 200)
# A form without values comes back with its errors, or leads on when nothing was missing.
FORM = by_role({200, 302})
# The forms of somebody who signed in long ago ask for the password first.
PROTECTED = by_role(302)


@dataclass(frozen=True)
class Row:
    """One address of a route and its answers. ``post`` None: the route does not tell methods apart."""

    route: str
    url: str
    get: Allowed
    post: Allowed | None = None
