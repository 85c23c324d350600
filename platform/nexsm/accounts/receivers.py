"""What accounts do when django-allauth reports something."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from nexsm.accounts.kept_forms import note_owner
from nexsm.accounts.models import User
from nexsm.accounts.services import confirm_address


@receiver(password_reset)
def a_used_link_confirms_the_address(user: User, **_kwargs: Any) -> None:
    """Somebody who could open the link in the mail need not open a second one.

    Accounts made in the admin have no confirmed address at first; others are left as they are.
    """
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        confirm_address(user=user)


@receiver(user_logged_in)
def forms_are_hers_from_now_on(user: User, request: HttpRequest | None, **_kwargs: Any) -> None:
    """What she types and sends after her session has ended waits for her alone."""
    if request is not None:
        note_owner(request, user)


@receiver(user_logged_in)
def who_comes_back_is_not_inactive(user: User, **_kwargs: Any) -> None:
    """The time until an unused account is deleted begins anew."""
    if user.inactivity_warned_at is not None:
        user.inactivity_warned_at = None
        user.save(update_fields=["inactivity_warned_at"])
