"""Accounts to try things out with. They belong on a developer's machine and nowhere else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from knowledge.enums import MembershipRole, Verification
from knowledge.models import Organisation
from knowledge.services.organisations.memberships import admit
from nexsm.accounts.models import User
from nexsm.base.admin.roles import EDITORS, REVIEWERS
from nexsm.demo.loader.tally import Outcome, Tally


@dataclass(frozen=True)
class TestAccount:
    """One account: what it is called and which groups it belongs to."""

    key: str
    name: str
    groups: tuple[str, ...] = ()
    is_superuser: bool = False
    owns_an_example: bool = False

    @property
    def email(self) -> str:
        """An address nobody can receive mail at (RFC 2606)."""
        return f"{self.key}@example.org"


ACCOUNTS = (
    TestAccount("editor", "Edda Beispiel", (EDITORS,)),
    TestAccount("reviewer", "Reza Beispiel", (REVIEWERS,)),
    TestAccount("owner", "Olga Beispiel", owns_an_example=True),
    TestAccount("member", "Mona Beispiel"),
    TestAccount("superuser", "Sascha Beispiel", is_superuser=True),
)


def load_accounts(tally: Tally) -> dict[str, str]:
    """Create the accounts that are missing. Returns new passwords by address: they are not stored."""
    passwords = {}
    for account in ACCOUNTS:
        if User.objects.filter(email__iexact=account.email).exists():
            tally.add("accounts", Outcome.UNCHANGED)
            continue
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            account.email,
            password,
            name=account.name,
            is_staff=account.is_superuser,
            is_superuser=account.is_superuser,
        )
        user.groups.set([Group.objects.get(name=name) for name in account.groups])
        # The address counts as confirmed: no mail reaches it.
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if account.owns_an_example:
            _give_an_example(user)
        passwords[account.email] = password
        tally.add("accounts", Outcome.CREATED)
    return passwords


def _give_an_example(user: User) -> None:
    """Make somebody responsible for the first verified example, if the examples are loaded."""
    examples = Organisation.objects.filter(is_example=True, verification=Verification.VERIFIED)
    organisation = examples.order_by("import_id").first()
    if organisation is not None:
        admit(organisation=organisation, user=user, role=MembershipRole.OWNER)
