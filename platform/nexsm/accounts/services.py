"""What happens to accounts."""

from __future__ import annotations

import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from nexsm.accounts.models import User
from nexsm.accounts.privacy.sessions import end_sessions
from nexsm.accounts.second_factor import delete_factors, has_second_factor
from nexsm.base.mail import absolute_url, queue


@transaction.atomic
def confirm_address(*, user: User) -> EmailAddress:
    """Record that the user's address is theirs, so that signing in asks for no further link.

    For addresses known to be right: a link sent there has been used, or an administrator vouches.
    """
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).update(primary=False)
    address, _created = EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
    return address


@transaction.atomic
def replace_address(*, user: User, former: str, without_factors: bool = False) -> None:
    """Let nothing of the former address open the account of a user who was given another one.

    For administrators: somebody has lost her mailbox, or somebody else has got it. Sessions, codes and
    links end. The new address counts as hers when she has used it, like that of a new account; both
    are told. `without_factors`: passkeys and apps go, too, as who had the mailbox may have added them.
    """
    held = EmailAddress.objects.filter(user=user)
    addresses = {former.lower(), *held.values_list("email", flat=True)}
    held.delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    end_sessions(user, addresses)
    factors = ""
    if has_second_factor(user):
        factors = "deleted" if without_factors else "kept"
    if without_factors:
        delete_factors(user)
    with translation.override(user.language):
        reset_url = absolute_url(reverse("account_reset_password"))
    event = uuid.uuid4()
    for number, address in enumerate((former, user.email)):
        queue(
            to=address,
            template="account_address",
            context={
                "name": user.name,
                "site_name": settings.SITE_NAME,
                "reset_url": reset_url,
                "factors": factors,
            },
            language=user.language,
            key=f"account-address:{event}:{number}",
            user=user,
        )
