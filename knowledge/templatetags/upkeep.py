"""How old what stands on a page is, and which links no longer work."""

from __future__ import annotations

from django import template

from knowledge.models import CuratedItem
from knowledge.queries.freshness import Age, age_of
from knowledge.queries.links import archived_copy_of, broken_links_of
from knowledge.queries.membership import Person

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
