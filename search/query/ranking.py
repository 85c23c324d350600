"""All weights of the ranking, in one place. They are start values: tune them against judged queries.

What is not BM25 is a constant or a multiplier, because only those are the same in every engine.
"""

from __future__ import annotations

from datetime import timedelta

# Where a word is found.
FIELD_WEIGHTS = {
    "title": 5.0,
    "alt": 6.0,
    "tags": 3.0,
    "org": 3.0,
    "summary": 2.0,
    "body": 1.0,
    "attachment": 0.7,
    "xlang": 0.5,
}
EXACT_WEIGHT = 0.5  # the written form anywhere; finds words of languages without an analysis
TIE = 0.3  # share of the weaker fields

# How a word is found.
SECOND_TERM_WEIGHT = 0.8  # the masculine form for a feminine query: women first
OTHER_LANGUAGE_WEIGHT = 0.9  # the same word read as one of another language
TYPO_WEIGHT = 0.6  # divided by the number of typing errors
SYNONYM_WEIGHT = 0.35
PARTS_WEIGHT = 0.5  # all parts of a compound instead of the compound
# What has the topic the words stand for, though none of them is in it.
LEADS_TO_BONUSES = {"topic": 0.5}

# Every word of a synonym is looked for in all fields: more would make a query slow.
MAX_SYNONYM_WORDS = 40

# How many words must be found: all up to three, then one may be missing.
ALL_WORDS_UP_TO = 3

# Bonuses.
EXACT_BONUS = 0.3
PHRASE_WEIGHTS = {"title": 2.0, "body": 1.0}
WHOLE_TITLE_BONUS = 20.0
WHOLE_PHRASE_WEIGHT = 2.0
EXACT_PHRASE_WEIGHT = 3.0  # the whole query as it is written
COVERAGE_BONUS = 16.0  # for each word found, where some may be missing
LANGUAGE_BONUS = 30.0  # what can be read in the language of the query
LANGUAGE_BONUS_PER_WORD = 4.0  # in addition for each word after the first
WIDELY_READ_SHARE = 0.5  # of it for German, English and the language of the pages
# Lost by what nobody confirms: a sixth of what another language costs.
KEPT_BONUS = 5.0
FRESHNESS_BONUSES = (
    (timedelta(days=90), 0.6),
    (timedelta(days=365), 0.4),
    (timedelta(days=3 * 365), 0.3),
)


def words_needed(count: int, *, relaxed: bool = False) -> int:
    """How many of ``count`` words a document must contain; ``relaxed``: a good part of them."""
    if relaxed:
        return max(1, count // 2)
    return count if count <= ALL_WORDS_UP_TO else count - 1
