"""Who needs a second factor and does not have one yet, and the factors of an account."""

from __future__ import annotations

from collections import Counter

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

# Recovery codes alone are none: they only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Whether signing in asks this person for an app or a key."""
    return bool(is_mfa_enabled(user, types=FACTORS))


def lacks_second_factor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether somebody with rights in the editors' area must add a factor first (ASVS 6.3.3)."""
    if not settings.REQUIRE_SECOND_FACTOR or not isinstance(user, AbstractBaseUser):
        return False
    return not has_second_factor(user)


def count_factors(user: AbstractBaseUser) -> tuple[int, int]:
    """How many passkeys and security keys an account has, and how many apps."""
    stored = Authenticator.objects.filter(user=user, type__in=FACTORS)
    number = Counter(stored.values_list("type", flat=True))
    return number[Authenticator.Type.WEBAUTHN], number[Authenticator.Type.TOTP]


def delete_factors(user: AbstractBaseUser) -> None:
    """Delete passkeys, security keys, apps, and the recovery codes that stand in for them."""
    Authenticator.objects.filter(user=user).delete()
