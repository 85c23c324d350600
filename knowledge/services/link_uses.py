"""Which addresses stand in which items, and changing one in all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from knowledge.models.links import LONGEST_URL, CheckedLink, LinkScan, LinkUse, fingerprint
from knowledge.services.curation import CannotCurateError
from nexsm.base import items
from nexsm.base.items import ItemKind
from nexsm.base.link_walk import distinct, replacing

PORTION = 100
AGAIN_AFTER = timedelta(hours=20)


def scan(now: datetime, *, portion: int = PORTION) -> int:
    """Note the links of the next items of each kind; how many items were read.

    A round over everything takes as many calls as it needs, and starts anew the next day.
    """
    return sum(_scan(kind, now, portion) for kind in items.kinds())


def _scan(kind: ItemKind, now: datetime, portion: int) -> int:
    row, _created = LinkScan.objects.get_or_create(kind=kind.name)
    if row.finished_at and row.finished_at > now - AGAIN_AFTER:
        return 0
    found = kind.with_links(row.last_pk, portion)
    for item in found:
        note_links(kind, item)
    values: dict[str, Any] = {"last_pk": found[-1].pk, "finished_at": None} if found else {}
    if len(found) < portion:
        _forget_hidden(kind)
        values = {"last_pk": 0, "finished_at": now}
    LinkScan.objects.filter(pk=row.pk).update(**values)
    return len(found)


def _forget_hidden(kind: ItemKind) -> None:
    """What went away without a signal of Wagtail: it was deleted, or a person took her consent back."""
    uses = LinkUse.objects.filter(kind=kind.name).order_by()
    for key in uses.values_list("item_key", flat=True).distinct():
        item = kind.get(key)
        if item is None or not kind.is_online(item):
            uses.filter(item_key=key).delete()


@transaction.atomic
def note_links(kind: ItemKind, item: Any) -> None:
    """Keep the links of an item as they are now. An item that is offline uses none."""
    online = kind.is_online(item)
    found = dict(distinct(kind.links_of(item), LONGEST_URL)) if online else {}
    wanted = {fingerprint(url): (url, place) for url, place in found.items()}
    uses = LinkUse.objects.filter(kind=kind.name, item_key=kind.key_of(item))
    known = dict(uses.values_list("link__key", "pk"))
    gone = [pk for key, pk in known.items() if key not in wanted]
    if gone:
        uses.filter(pk__in=gone).delete()
    missing = {key: value for key, value in wanted.items() if key not in known}
    if not missing:
        return
    CheckedLink.objects.bulk_create(
        [CheckedLink(key=key, url=url, host=host_of(url)) for key, (url, _p) in missing.items()],
        ignore_conflicts=True,
    )
    links = CheckedLink.objects.filter(key__in=missing).in_bulk(field_name="key")
    LinkUse.objects.bulk_create(
        [
            LinkUse(
                link=links[key],
                kind=kind.name,
                item_key=kind.key_of(item),
                title=kind.title_of(item)[:300],
                place=place[:150],
            )
            for key, (_url, place) in missing.items()
        ],
        ignore_conflicts=True,
    )


def host_of(url: str) -> str:
    """The server of an address, in small letters; empty if it cannot be read."""
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""


def forget_unused() -> int:
    """Delete links that stand nowhere any more; how many."""
    return CheckedLink.objects.filter(uses__isnull=True).delete()[0]


@dataclass
class Replaced:
    """Titles of items that were changed, and of those that were not, because they may not be."""

    changed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def replace_everywhere(*, link: CheckedLink, new_url: str, by: AbstractBaseUser) -> Replaced:
    """Put another address in the place of one, in every item this editor may publish.

    Each item is changed for itself: published text and draft get one version each. What is locked or
    may not be published by this editor stays as it is, and is named.
    """
    result = Replaced()
    for use in link.uses.order_by("kind", "pk"):
        kind = items.kind_named(use.kind)
        item = kind.get(use.item_key) if kind else None
        if kind is None or item is None:
            use.delete()
            continue
        if _replace(kind, item, link.url, new_url, by):
            result.changed.append(kind.title_of(item))
        else:
            result.refused.append(kind.title_of(item))
    return result


def _replace(kind: ItemKind, item: Any, old: str, new: str, by: AbstractBaseUser) -> bool:
    if not kind.may_change_links(item, by):
        return False
    try:
        with transaction.atomic():
            changed = kind.change_links(item, replacing(old, new), by=by)
            if changed:
                log(
                    instance=item,
                    action="knowledge.replace_link",
                    user=by,
                    data={"old": old, "new": new},
                )
    except CannotCurateError:
        return False
    fresh = kind.get(kind.key_of(item))
    if fresh is not None:
        note_links(kind, fresh)
    return changed
