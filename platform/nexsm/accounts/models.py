"""People who sign in."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

# The one account to which histories of deleted accounts are handed; no mail can reach it (RFC 2606).
FORMER_ADDRESS = "former-member@nexsm.invalid"


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an active user. Raises ValueError without an address."""
        if not email:
            msg = "A user needs an e-mail address."
            raise ValueError(msg)
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a user by address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # reverse relations of Wagtail models
    """Somebody who signs in with an e-mail address. The name is one field: names are not split."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this address.")},
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(
        _("language of mails"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Take the tick away instead of deleting the account."),
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    inactivity_warned_at = models.DateTimeField(
        _("asked whether the account is needed"), null=True, blank=True, editable=False
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name()

    @property
    def is_former(self) -> bool:
        """Whether this account stands for all people who have deleted theirs."""
        return self.email == FORMER_ADDRESS

    def get_full_name(self) -> str:
        """The name as the person writes it, else the address."""
        if self.is_former:
            return gettext("Former member")
        return self.name or self.email

    def get_short_name(self) -> str:
        """The same as the full name: names are not split."""
        return self.get_full_name()
