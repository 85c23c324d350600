"""How the floor asks the rooms above it, which it must not import: they register, it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, ParamSpec, TypeVar

Question = ParamSpec("Question")
Answer = TypeVar("Answer")


class Providers(Generic[Question, Answer]):
    """Functions of rooms that answer one question, in the order in which they were registered."""

    def __init__(self) -> None:
        self._known: list[Callable[Question, Answer]] = []

    def register(self, provider: Callable[Question, Answer]) -> Callable[Question, Answer]:
        """Add a function, in `AppConfig.ready` or as a decorator; the same one twice counts once."""
        if provider not in self._known:
            self._known.append(provider)
        return provider

    def unregister(self, provider: Callable[Question, Answer]) -> None:
        """Take a function away again. Does nothing if it is not there."""
        if provider in self._known:
            self._known.remove(provider)

    def answers(self, *args: Question.args, **kwargs: Question.kwargs) -> Iterator[Answer]:
        """What they say, one after the other: who needs no further answer asks no further room."""
        for provider in self._known:
            yield provider(*args, **kwargs)
