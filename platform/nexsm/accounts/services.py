"""What happens to accounts."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from nexsm.accounts.models import User


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
