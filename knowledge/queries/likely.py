"""Which topics and languages are probably meant, so that a form can show a few of them first."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from django.db.models import Count, Q

from knowledge.models import Language, Topic

# So many fit on the screen of a phone.
SHOWN_FIRST = 6
# A shorter name counts only as a whole word: "KI" is not about "Kinder".
_LONG_ENOUGH = 6
_WORD_ENDS = r"\b"
_BETWEEN_NAMES = re.compile(r"\s*[&/,]\s*")


def near_topics(*, text: str = "", organisations: Collection[int] = ()) -> Sequence[Topic]:
    """At most six topics in use, the likeliest first, in two queries.

    First what ``text`` names in any language, then the topics of these organisations (primary keys),
    then those of most published resources.
    """
    topics = list(
        Topic.objects.filter(is_active=True)
        .annotate(number=Count("resources", filter=Q(resources__live=True)))
        .order_by("-number", "position", "code")
    )
    theirs = set(Topic.objects.filter(organisations__in=organisations).values_list("pk", flat=True))
    # Sorting keeps the order of equals: that of the query.
    topics.sort(key=lambda topic: (not _is_named(topic, text), topic.pk not in theirs))
    return topics[:SHOWN_FIRST]


def languages_spoken_most() -> Sequence[Language]:
    """The six languages in use that most published organisations speak."""
    spoken = Count("organisations", filter=Q(organisations__live=True))
    languages = Language.objects.filter(is_active=True).annotate(number=spoken)
    return list(languages.order_by("-number", "position", "code")[:SHOWN_FIRST])


def _is_named(topic: Topic, text: str) -> bool:
    labels = [part for label in topic.labels.values() for part in _BETWEEN_NAMES.split(label)]
    names = [
        re.escape(name) + (_WORD_ENDS if len(name) < _LONG_ENOUGH else "")
        for name in (*labels, *topic.synonyms)
        if name
    ]
    any_of_them = rf"\b(?:{'|'.join(names)})"
    return bool(names) and re.search(any_of_them, text, re.IGNORECASE) is not None
