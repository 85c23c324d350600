"""Links that do not work: for editors all of them, for members those in what is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from knowledge.models import CheckedLink, LinkState, LinkUse, Organisation, Resource
from knowledge.models.links import fingerprint
from knowledge.queries.membership import Person, items_editable_by


@dataclass(frozen=True)
class OwnBroken:
    """A broken link in an item somebody may change."""

    item: Any
    url: str
    place: str


def broken_links_of(user: Person) -> list[OwnBroken]:
    """Broken links in the published items this member may change, in three queries."""
    found: list[OwnBroken] = []
    for kind, model in (("organisation", Organisation), ("resource", Resource)):
        own = {
            str(item.public_id): item for item in items_editable_by(user, model).filter(live=True)
        }
        uses = LinkUse.objects.filter(
            kind=kind, link__state=LinkState.BROKEN, item_key__in=list(own)
        ).select_related("link")
        found += [
            OwnBroken(own[use.item_key], use.link.url, use.place)
            for use in uses.order_by("title", "pk")
        ]
    return found


def archived_copy_of(url: str) -> str:
    """The archived copy an editor has entered for a broken address, or nothing."""
    rows = CheckedLink.objects.filter(key=fingerprint(url), state=LinkState.BROKEN)
    return rows.values_list("archived_url", flat=True).first() or ""


def links_to_look_at(state: str, text: str) -> QuerySet[CheckedLink]:
    """Links in a state (all of them for none), with a text in the address or in an item's title."""
    links = CheckedLink.objects.filter(uses__isnull=False)
    if state:
        links = links.filter(state=state)
    if text:
        links = links.filter(Q(url__icontains=text) | Q(uses__title__icontains=text))
    return links.distinct().order_by("failing_since", "host", "pk").prefetch_related("uses")
