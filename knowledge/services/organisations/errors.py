"""What can stand in the way."""

from __future__ import annotations


class PeopleError(Exception):
    """It cannot be done now. The text says why, in plain words, to the person who tried."""


class LimitReachedError(PeopleError):
    """Too much of it in a short time."""
