"""The readable part of an address."""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii
from django.utils.text import slugify

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "*": "", ":": ""}
)
MAX_LENGTH = 80


@lru_cache(maxsize=10_000)
def slug_for(text: str) -> str:
    """Make a slug of Latin letters from a text in any script; never empty.

    German umlauts become two letters, gender signs vanish ("Migrant*innen" → "migrantinnen"), other
    scripts are transliterated.
    """
    slug = slugify(anyascii(text.translate(_GERMAN)))
    if len(slug) > MAX_LENGTH:
        slug = slug[:MAX_LENGTH].rsplit("-", 1)[0]
    return slug or "item"
