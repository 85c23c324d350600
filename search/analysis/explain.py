"""Why a word has the terms it has, in plain words; for people who look at the analysis."""

from __future__ import annotations

from search.analysis.base import Token
from search.analysis.chain import primary, understood
from search.analysis.found import Found, unique


def reasons(token: Token, lang: str) -> list[Found]:
    """Each term of a token with the rule that made it, in the order of the token's terms.

    ``lang`` is the BCP 47 tag the token was analysed in.
    """
    found = understood(token.surface, primary(lang))
    known = {one.term: one.rule for one in unique((*found.terms, *found.parts, *found.also))}
    # A suspended hyphen or a pair of forms: these terms come from the words beside it.
    beside = "from the words beside it: completed or paired"
    return [
        Found(term, known.get(term, beside if known else "folded only")) for term in token.terms
    ]
