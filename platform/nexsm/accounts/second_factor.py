"""Who needs a second factor and does not have one yet."""

from __future__ import annotations

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
