"""The list of what is held of a person, which the rooms fill in ``AppConfig.ready``."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from nexsm.accounts.models import User

Text = str | Promise


class AtErasure(enum.Enum):
    """What happens to rows when the account of their person is deleted."""

    DELETE = "delete"
    # The column becomes empty; readers see "former member" (see ``former.person_name``).
    UNLINK = "unlink"
    # The rows get the one account "former member": for columns that cannot be empty, and for
    # histories in which an empty column would mean that no person did it.
    FORMER = "former"
    KEEP = "keep"


@dataclass(frozen=True)
class Holding:
    """A column that leads to a person, by a link to the account or by an e-mail address."""

    model_label: str
    field_name: str
    at_erasure: AtErasure
    what: Text
    reason: Text = ""
    fields: tuple[str, ...] | None = None
    secret: tuple[str, ...] = ()
    also: tuple[tuple[str, Any], ...] = ()

    @property
    def key(self) -> str:
        """The name of the list in the export: ``knowledge.Resource.created_by``."""
        return f"{self.model_label}.{self.field_name}"

    @property
    def model(self) -> type[models.Model]:
        """The model class. Raises LookupError for a model that is not installed."""
        return apps.get_model(self.model_label)

    def rows(self, user: User, addresses: set[str] | None = None) -> models.QuerySet[Any]:
        """What is there of this person, oldest first.

        ``addresses``: her confirmed ones, for when the database does not hold them any more.
        """
        field = self.model._meta.get_field(self.field_name)  # noqa: SLF001 - Django's name
        rows = self.model._base_manager.order_by("pk")  # noqa: SLF001 - the same
        if field.is_relation:
            return rows.filter(**{self.field_name: user.pk})
        wanted = models.Q(pk__in=[])
        for address in confirmed_addresses(user) if addresses is None else addresses:
            wanted |= models.Q(**{f"{self.field_name}__iexact": address})
        return rows.filter(wanted)


@dataclass(frozen=True)
class Objection:
    """Why an account cannot be deleted yet, and the page where the person can change that."""

    text: Text
    url: str
    link_text: Text


ObjectionCheck = Callable[[User], Iterable[Objection]]
Step = Callable[[User], None]

_holdings: dict[str, Holding] = {}
_objections: list[ObjectionCheck] = []
_locks: list[Step] = []
_steps: list[Step] = []


def register(
    model: str,
    field: str,
    at_erasure: AtErasure,
    what: Text,
    *,
    reason: Text = "",
    fields: Iterable[str] | None = None,
    secret: Iterable[str] = (),
    also: Mapping[str, Any] | None = None,
) -> None:
    """Say what a model holds of a person. Call it in AppConfig.ready.

    ``model``: "app.Model". ``field``: its ForeignKey or OneToOneField to the user, or a column with
    an e-mail address. ``what``: words for the person, such as "Resources you have added"; empty for
    what need not be told. ``also``: other columns to set with UNLINK and FORMER.
    ``reason``: why rows keep the name that stands in them; needed with KEEP, and with UNLINK where
    only the link to the account goes. ``fields``: what the export shows of a row, all
    columns unless told; ``secret`` are never shown. Files of a row come along in the ZIP.
    Raises ValueError for KEEP without a reason.
    """
    if at_erasure is AtErasure.KEEP and not reason:
        message = f"{model}.{field} is kept, but nothing says why."
        raise ValueError(message)
    holding = Holding(
        model,
        field,
        at_erasure,
        what,
        reason,
        None if fields is None else tuple(fields),
        tuple(secret),
        tuple((also or {}).items()),
    )
    _holdings[holding.key] = holding


def register_objection(check: ObjectionCheck) -> None:
    """Let a room say why somebody's account must stay for now. Called for each erasure."""
    if check not in _objections:
        _objections.append(check)


def register_lock(lock: Step) -> None:
    """Let a room hold, until the transaction ends, what its objections look at.

    Called at erasure before anything is asked: of two people who go at once, the second one sees
    that the first has gone.
    """
    if lock not in _locks:
        _locks.append(lock)


def locks() -> tuple[Step, ...]:
    """What rooms hold before they are asked for objections."""
    return tuple(_locks)


def register_step(step: Step) -> None:
    """Let a room do more at erasure than columns can say. Steps come first, in the transaction."""
    if step not in _steps:
        _steps.append(step)


def steps() -> tuple[Step, ...]:
    """What rooms do before their columns are let go."""
    return tuple(_steps)


def holdings() -> Iterator[Holding]:
    """All that is registered, in a fixed order."""
    for key in sorted(_holdings):
        yield _holdings[key]


def objections_of(user: User) -> list[Objection]:
    """Why this account cannot be deleted now; empty when it can."""
    return [objection for check in _objections for objection in check(user)]


def confirmed_addresses(user: User) -> set[str]:
    """The addresses that are proved to be the person's, in small letters.

    Anybody can type somebody else's address as her new one; what belongs to it is not hers by that.
    """
    mine = EmailAddress.objects.filter(user=user, verified=True)
    return {address.lower() for address in mine.values_list("email", flat=True)}
