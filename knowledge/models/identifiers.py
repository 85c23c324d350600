"""Checks of identifiers."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# ISO 26324: prefix "10.", a registrant code, a slash, any printable suffix.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+\Z")
_ISBN_10 = 10
_ISBN_13 = 13


def normalise_doi(value: str) -> str:
    """Take away the address and the ``doi:`` in front of a DOI."""
    return re.sub(
        r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", value.strip(), flags=re.IGNORECASE
    )


def validate_doi(value: str) -> None:
    """Refuse what is no DOI. Raises ValidationError."""
    if not _DOI.match(normalise_doi(value)):
        raise ValidationError(_("This is not a DOI. A DOI looks like this: 10.1234/abc"))


def validate_isbn(value: str) -> None:
    """Check length and check digit (ISO 2108). Raises ValidationError."""
    digits = re.sub(r"[\s-]", "", value).upper()
    if len(digits) == _ISBN_10 and re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        total = sum(
            (10 if digit == "X" else int(digit)) * weight
            for digit, weight in zip(digits, range(10, 0, -1), strict=True)
        )
        if total % 11 == 0:
            return
    if len(digits) == _ISBN_13 and re.fullmatch(r"[0-9]+", digits):
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        if total % 10 == 0:
            return
    raise ValidationError(_("This is not an ISBN: please check the digits."))
