"""Kinds of mail a person may refuse. A mail without a kind is needed for the account itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


def _everybody(_user: Any) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """A kind, and what it is called where people choose. ``is_for``: whom it can concern."""

    name: str
    label: Text
    explanation: Text
    is_for: Callable[[Any], bool] = _everybody


_kinds: dict[str, Kind] = {}


def register(
    name: str, label: Text, explanation: Text, *, is_for: Callable[[Any], bool] = _everybody
) -> None:
    """Add a kind; call it in AppConfig.ready. ``is_for`` takes a user."""
    _kinds[name] = Kind(name, label, explanation, is_for)


def get(name: str) -> Kind | None:
    """The kind, or None for mails nobody can refuse."""
    return _kinds.get(name)


def kinds_for(user: Any) -> list[Kind]:
    """What this person can choose, in the order of registration."""
    return [kind for kind in _kinds.values() if kind.is_for(user)]
