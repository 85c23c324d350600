"""In words: what there is of a person, and what becomes of it when she deletes her account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nexsm.accounts.models import User
from nexsm.accounts.privacy.registry import AtErasure, Holding, holdings


@dataclass(frozen=True)
class Item:
    """One kind of things, and why it keeps the name where it does."""

    what: str
    reason: str = ""


@dataclass(frozen=True)
class Inventory:
    """What goes, what stays under "former member", and what stays as it is."""

    goes: list[Item]
    stays_unnamed: list[Item]
    stays: list[Item]


def inventory(user: User) -> Inventory:
    """Only what there really is, each kind once, in alphabetical order."""
    there = [holding for holding in holdings() if holding.what and holding.rows(user).exists()]

    staying = [holding for holding in there if holding.at_erasure is not AtErasure.DELETE]
    return Inventory(
        goes=_items(holding for holding in there if holding.at_erasure is AtErasure.DELETE),
        stays_unnamed=_items(holding for holding in staying if not holding.reason),
        stays=_items(holding for holding in staying if holding.reason),
    )


def _items(found: Iterable[Holding]) -> list[Item]:
    unique = {Item(str(holding.what), str(holding.reason)) for holding in found}
    return sorted(unique, key=lambda item: item.what)
