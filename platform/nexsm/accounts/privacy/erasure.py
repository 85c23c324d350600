"""Deleting an account: the person goes, what she gave to everybody stays without her name."""

from __future__ import annotations

from functools import partial

from django.db import models, transaction
from django.db.models.fields.files import FileField

from nexsm.accounts.models import User
from nexsm.accounts.privacy.administrators import hold_administrators
from nexsm.accounts.privacy.former import former_member
from nexsm.accounts.privacy.registry import (
    AtErasure,
    Holding,
    Objection,
    confirmed_addresses,
    holdings,
    locks,
    objections_of,
    steps,
)
from nexsm.accounts.privacy.sessions import end_sessions
from nexsm.accounts.privacy.traces import remove_traces


class ErasureRefusedError(Exception):
    """The account must stay for now; ``objections`` say why and what to do."""

    def __init__(self, objections: list[Objection]) -> None:
        self.objections = objections
        super().__init__("; ".join(str(objection.text) for objection in objections))


@transaction.atomic
def erase(*, user: User) -> None:
    """Delete the account and every trace of it, as the rooms have registered.

    All or nothing; files of deleted rows go when the transaction is through. Raises
    ErasureRefusedError while something speaks against it (the last owner of an organisation, the last
    administrator), and ValueError for the account that stands for all former members.
    """
    if user.is_former:
        message = "The account of all former members stays."
        raise ValueError(message)
    if user.is_superuser:
        hold_administrators()
    # Nobody changes rights or owners of this person meanwhile.
    user = User.objects.select_for_update().get(pk=user.pk)
    for lock in locks():
        lock(user)
    objections = objections_of(user)
    if objections:
        raise ErasureRefusedError(objections)
    confirmed = confirmed_addresses(user)  # their rows are among the first to go
    # Histories name an account by its address, also one that was never confirmed.
    addresses = (confirmed | {user.email.lower()}) - {""}
    for step in steps():
        step(user)
    for holding in holdings():
        _let_go(holding, user, confirmed)
    remove_traces(user, addresses)
    end_sessions(user, addresses)
    user.delete()


def _let_go(holding: Holding, user: User, confirmed: set[str]) -> None:
    rows = holding.rows(user, confirmed)
    match holding.at_erasure:
        case AtErasure.DELETE:
            _delete_files(holding.model, rows)
            rows.delete()
        case AtErasure.UNLINK:
            field = holding.model._meta.get_field(holding.field_name)  # noqa: SLF001
            rows.update(**{holding.field_name: None if field.null else "", **dict(holding.also)})
        case AtErasure.FORMER:
            if rows.exists():
                rows.update(**{holding.field_name: former_member(), **dict(holding.also)})
        case AtErasure.KEEP:
            pass


def _delete_files(model: type[models.Model], rows: models.QuerySet[models.Model]) -> None:
    """Django leaves the files of deleted rows on the disk."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, FileField)]  # noqa: SLF001
    for row in rows if fields else ():
        for field in fields:
            stored = getattr(row, field.attname)
            if stored.name:
                transaction.on_commit(partial(stored.storage.delete, stored.name))
