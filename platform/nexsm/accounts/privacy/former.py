"""What stands where the name of somebody stood who has left."""

from __future__ import annotations

from django.utils.translation import gettext

from nexsm.accounts.models import FORMER_ADDRESS, User


def former_member() -> User:
    """The one account to which histories of deleted accounts are handed. Nobody can sign in with it."""
    account, is_new = User.objects.get_or_create(
        email=FORMER_ADDRESS, defaults={"is_active": False}
    )
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def person_name(user: User | None) -> str:
    """The name others read: of an account, or of one that is no more (``None``)."""
    return gettext("Former member") if user is None else user.get_full_name()
