"""How old what stands on a page is."""

from __future__ import annotations

from django import template

from knowledge.models import CuratedItem
from knowledge.queries.freshness import Age, age_of

register = template.Library()


@register.simple_tag
def age(item: CuratedItem) -> Age:
    """When an item was last published or confirmed, and its marks: ``{% age resource as age %}``."""
    return age_of(item)
