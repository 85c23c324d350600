"""What of this room may stand in a search index: a predicate for pages, querysets that agree."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from conference.models import ConferencePage, Person, SessionPage
from conference.queries import conferences_visible_to, people_visible_to, sessions_visible_to


def is_indexable(page: ConferencePage | SessionPage) -> bool:
    """Say whether a stored page may be indexed: public, and so is what it hangs on.

    Asks the page as it is in the database's tree; anything unknown means no.
    """
    if not isinstance(page, ConferencePage | SessionPage) or not page.pk:
        return False
    if not page.live or page.get_view_restrictions().exists():
        return False
    if isinstance(page, ConferencePage):
        return True
    parent = page.get_parent()
    return parent is not None and bool(parent.live) and parent.specific_class is ConferencePage


def indexable_people() -> QuerySet[Person]:
    """People who may be indexed: they agreed, and a public programme names them."""
    return people_visible_to(AnonymousUser())


def indexable_conferences() -> QuerySet[ConferencePage]:
    """Conferences that may be indexed."""
    return conferences_visible_to(AnonymousUser())


def indexable_sessions() -> QuerySet[SessionPage]:
    """Sessions that may be indexed."""
    return sessions_visible_to(AnonymousUser())
