"""What is deleted because of its age. Rooms above the floor add rules of their own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from nexsm.accounts import privacy
from nexsm.accounts.models import FORMER_ADDRESS, User
from nexsm.base.mail import absolute_url, queue

logger = logging.getLogger(__name__)

UNVERIFIED = timedelta(days=7)
# 24 and 30 months.
WARNED_AFTER = timedelta(days=730)
REMOVED_AFTER = timedelta(days=913)
# Nobody is removed without this much time since the warning, however late that was sent.
TIME_AFTER_WARNING = timedelta(days=60)

Rule = Callable[[datetime], int]
_rules: dict[str, Rule] = {}


@dataclass(frozen=True)
class Result:
    """What one rule did: how many rows it deleted, or people it wrote to."""

    name: str
    count: int


def register(name: str, rule: Rule) -> None:
    """Add a rule. It gets the time, deletes what is too old and returns how many."""
    _rules[name] = rule


def apply(now: datetime | None = None) -> list[Result]:
    """Apply all rules. A rule that fails is logged and changes nothing; the others go on."""
    moment = now or timezone.now()
    results = []
    for name, rule in _rules.items():
        try:
            with transaction.atomic():
                results.append(Result(name, rule(moment)))
        except Exception:  # one rule must not keep what others delete
            logger.exception("The retention rule %s failed.", name)
    return results


def delete_unverified(now: datetime) -> int:
    """Accounts whose address nobody has confirmed within a week: perhaps somebody else's address.

    Only accounts that somebody has opened with a password. Those that administrators have made or
    changed wait for their person, also when a link was asked for and not used yet: django-allauth
    notes the address as not confirmed then, and anybody can ask.
    """
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    by_administrators = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    found = (
        _without_rights()
        .filter(Exists(addresses), last_login=None, date_joined__lt=now - UNVERIFIED)
        .exclude(Exists(addresses.filter(verified=True)))
        .exclude(Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Exists(by_administrators))
    )
    return sum(_erased(user) for user in found)


def warn_inactive(now: datetime) -> int:
    """Write to members who have not signed in for two years."""
    found = _members_unseen_since(now - WARNED_AFTER).filter(
        inactivity_warned_at=None, is_active=True
    )
    return sum(_warned(user, now) for user in found)


def delete_inactive(now: datetime) -> int:
    """Accounts of members who did not come back after the warning, two and a half years in all.

    Who was switched off by an administrator is not warned, for she could not sign in. The last owner
    of an organisation stays: somebody must decide who follows.
    """
    found = _members_unseen_since(now - REMOVED_AFTER).filter(
        Q(inactivity_warned_at__lt=now - TIME_AFTER_WARNING) | Q(is_active=False)
    )
    return sum(_erased(user) for user in found)


def delete_ended_sessions(now: datetime) -> int:
    """Sessions that have ended, with the address and the browser noted for them."""
    ended, _each = Session.objects.filter(expire_date__lt=now).delete()
    running = Session.objects.filter(session_key=OuterRef("session_key"))
    left_over, _each = UserSession.objects.exclude(Exists(running)).delete()
    return ended + left_over


def _without_rights() -> QuerySet[User]:
    """Accounts without rights in the admin: those who run the site are not removed by a program."""
    return User.objects.filter(is_superuser=False, groups=None, user_permissions=None).order_by(
        "pk"
    )


def _members_unseen_since(moment: datetime) -> QuerySet[User]:
    return (
        _without_rights()
        .annotate(seen_at=Coalesce(F("last_login"), F("date_joined")))
        .filter(seen_at__lt=moment)
        .exclude(email=FORMER_ADDRESS)
    )


def _warned(user: User, now: datetime) -> bool:
    seen_at = user.last_login or user.date_joined
    removed_on = max(seen_at + REMOVED_AFTER, now + TIME_AFTER_WARNING)
    with translation.override(user.language):
        context = {
            "name": user.name,
            "removed_on": date_format(timezone.localtime(removed_on), "DATE_FORMAT"),
            "login_url": absolute_url(reverse("account_login")),
        }
    user.inactivity_warned_at = now
    user.save(update_fields=["inactivity_warned_at"])
    return queue(
        to=user.email,
        template="account_inactive",
        context=context,
        language=user.language,
        key=f"account-inactive:{user.public_id}:{seen_at.date()}",
        user=user,
    )


def _erased(user: User) -> bool:
    try:
        privacy.erase(user=user)
    except privacy.ErasureRefusedError as refused:
        logger.info("Account %s is too old but stays: %s", user.public_id, refused)
        return False
    return True


def register_all() -> None:
    """The rules of the floor. Accounts first: their sessions go with them."""
    register("unverified accounts", delete_unverified)
    register("inactive accounts, warned", warn_inactive)
    register("inactive accounts, deleted", delete_inactive)
    register("ended sessions", delete_ended_sessions)
