"""There is always somebody who may do everything: the last administrator stays one."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from nexsm.accounts.models import User
from nexsm.accounts.privacy.registry import Objection

LAST_ADMINISTRATOR = _(
    "Nobody else is an administrator. Give somebody else this right first: users, settings and legal"
    " pages need somebody."
)


class LastAdministratorError(Exception):
    """Nobody would be left who may do everything."""


def hold_administrators() -> None:
    """Hold the accounts of all administrators until the transaction ends.

    Of two who go or are switched off at the same moment, the second one stays.
    """
    rows = User.objects.select_for_update(no_key=True).filter(is_superuser=True).order_by("pk")
    list(rows.values_list("pk", flat=True))


def leaves_none(users: Iterable[User]) -> bool:
    """Whether the site would be without an active administrator if these were not there."""
    pks = [user.pk for user in users]
    active = User.objects.filter(is_superuser=True, is_active=True)
    return active.filter(pk__in=pks).exists() and not active.exclude(pk__in=pks).exists()


def last_administrator_objections(user: User) -> list[Objection]:
    """One, if nobody else could manage the site."""
    if not leaves_none([user]):
        return []
    return [
        Objection(
            text=LAST_ADMINISTRATOR,
            url=reverse("wagtailusers_users:index"),
            link_text=gettext("Manage accounts"),
        )
    ]
