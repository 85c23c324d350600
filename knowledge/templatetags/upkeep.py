"""How old what stands on a page is, and which links no longer work."""

from __future__ import annotations

from django import template

from knowledge.models import CuratedItem, EditSuggestion
from knowledge.queries.freshness import Age, age_of
from knowledge.queries.links import archived_copy_of, broken_links_of
from knowledge.queries.membership import Person
from knowledge.queries.suggestions import suggestions_for, taken_up

register = template.Library()


@register.simple_tag
def age(item: CuratedItem) -> Age:
    """When an item was last published or confirmed, and its marks: ``{% age resource as age %}``."""
    return age_of(item)


@register.simple_tag
def broken_links(user: Person) -> int:
    """How many links in this member's items are broken."""
    return len(broken_links_of(user))


@register.simple_tag
def archived_copy(url: str) -> str:
    """The archived copy of an address that is broken: ``{% archived_copy resource.url as copy %}``."""
    return archived_copy_of(url) if url else ""


@register.simple_tag
def suggestions_taken_up(item: CuratedItem) -> list[EditSuggestion]:
    """Suggestions that stand beside the form of an item."""
    return taken_up(item)


@register.simple_tag
def waiting_suggestions(user: Person) -> int:
    """How many suggestions about this member's items wait."""
    return suggestions_for(user).filter(state="open").count()
