"""When a file cannot be stored although its form was in order: how the form says so all the same.

A disk becomes full, or another upload of the same person takes the last space, between the check
of the form and the writing. Views cannot say that at the field, because the form was valid. So the
middleware asks the same view once more, and meanwhile every upload field refuses with the reason:
the person sees her form with all she has typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError

_refusal: ContextVar[ValidationError | None] = ContextVar("upload_refusal", default=None)


class NotStoredError(ValidationError):
    """A file that passed all checks could not be stored; nothing of it was kept."""


@contextmanager
def refusing(reason: ValidationError) -> Iterator[None]:
    """Let every upload field refuse with this reason, in this request only."""
    token = _refusal.set(reason)
    try:
        yield
    finally:
        _refusal.reset(token)


def raise_if_refusing() -> None:
    """Raise the reason, as a plain ValidationError, if this request is a second attempt."""
    reason = _refusal.get()
    if reason is not None:
        raise ValidationError(reason.message, code=reason.code)
