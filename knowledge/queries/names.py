"""Organisations whose name is nearly the same: shown before somebody makes a second profile."""

from __future__ import annotations

import re

from anyascii import anyascii
from django.contrib.auth.base_user import AbstractBaseUser
from rapidfuzz import fuzz, process

from knowledge.models import Organisation
from knowledge.queries import organisations_visible_to
from knowledge.queries.people import organisations_of

NEAR = 86  # of 100: one or two letters, words in another order
LIMIT = 5
# Words that say what kind of group it is, not which.
_LEGAL = re.compile(
    r"\b(?:e\.?\s?v\.?|gem\.?|ggmbh|gmbh|ug|verein|registered|association|asbl|der|die|das)(?=\W|$)",
    re.IGNORECASE,
)


def folded(name: str) -> str:
    """A name in small Latin letters, without legal form, signs and doubled spaces."""
    text = anyascii(_LEGAL.sub(" ", name.casefold())).lower()
    words = " ".join(re.findall(r"[a-z0-9]+", text))
    return words or " ".join(re.findall(r"[a-z0-9]+", anyascii(name.casefold())))


def near_organisations(name: str, user: AbstractBaseUser) -> list[Organisation]:
    """Profiles with nearly this name which the person may see, the nearest first; at most five."""
    wanted = folded(name)
    rows = organisations_visible_to(user) | organisations_of(user)
    known = rows.values_list("pk", "name", "short_name", "other_names")
    names = {
        (pk, number): folded(text)
        for pk, full, short, others in known
        for number, text in enumerate((full, short, *others))
        if text
    }
    hits = process.extract(wanted, names, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=25)
    pks = list(dict.fromkeys(key[0] for _text, _score, key in hits))[:LIMIT]
    found = Organisation.objects.select_related("language", "region").in_bulk(pks)
    return [found[pk] for pk in pks]
