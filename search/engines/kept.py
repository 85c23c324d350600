"""Answers an engine has given, kept as long as its index is in the same state.

Turning a page, sorting, coming back and lists without words ask for the same again and again. What is
kept names documents of the index only: who may see them is asked anew every time.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Any


class Question:
    """What an engine is asked, hashed once: the tree of a query has hundreds of nodes."""

    __slots__ = ("_hash", "parts")

    def __init__(self, *parts: Hashable) -> None:
        self.parts = parts
        self._hash = hash(parts)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Question) and self.parts == other.parts


class Kept:
    """The answers asked for last, at most ``most`` of them. Safe to share between threads.

    ``state`` names the state of the index: with the first answer to another one all before are forgotten.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._state: Hashable = None
        self._answers: dict[Hashable, Any] = {}

    def get(self, state: Hashable, question: Hashable) -> Any:
        """What was answered in this state; None if nothing is kept."""
        with self._lock:
            if state != self._state:
                return None
            answer = self._answers.pop(question, None)
            if answer is not None:
                self._answers[question] = answer  # the latest now
            return answer

    def put(self, state: Hashable, question: Hashable, answer: object) -> None:
        """Keep an answer. It must have been found in this state or a later one."""
        with self._lock:
            if state != self._state:
                self._state = state
                self._answers.clear()
            self._answers.pop(question, None)
            self._answers[question] = answer
            if len(self._answers) > self._most:
                del self._answers[next(iter(self._answers))]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()
