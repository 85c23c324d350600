"""Putting items online and taking them offline."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from knowledge.enums import Visibility
from knowledge.models import CuratedItem, Tombstone
from knowledge.services.locking import held


@transaction.atomic
def publish(*, item: CuratedItem, by: AbstractBaseUser | None = None) -> None:
    """Save a revision of the item as it is now and publish it; `published` fires once."""
    revision = item.save_revision(user=by, log_action=True)
    revision.publish(user=by)


@transaction.atomic
def withdraw(*, item: CuratedItem, reason: str, by: AbstractBaseUser | None = None) -> None:
    """Take a published item offline. Its address then answers 410 with the reason."""
    current = held(item)  # unpublishing writes every column
    current.withdrawn_reason = reason[:300]
    type(item).objects.filter(pk=item.pk).update(withdrawn_reason=current.withdrawn_reason)
    current.unpublish(user=by)
    log(instance=current, action="knowledge.withdraw", user=by, data={"reason": reason[:300]})
    item.live, item.withdrawn_reason = current.live, current.withdrawn_reason


def bury(item: CuratedItem) -> None:
    """Leave a tombstone for an item that everybody could read; keep the first date if there is one."""
    if item.first_published_at is None or item.visibility != Visibility.PUBLIC:
        return
    Tombstone.objects.update_or_create(
        kind=item.tombstone_kind,
        object_id=item.pk,
        defaults={
            "public_id": item.public_id,
            "title": item.heading[:300],
            "reason": item.withdrawn_reason,
            "withdrawn_at": timezone.now(),
        },
    )


def revive(item: CuratedItem) -> None:
    """Remove the tombstone of an item that is public again, and the reason it was withdrawn for."""
    stones = Tombstone.objects.filter(kind=item.tombstone_kind, object_id=item.pk)
    if stones.delete()[0]:
        type(item).objects.filter(pk=item.pk).update(withdrawn_reason="")
        item.withdrawn_reason = ""


def on_published(sender: type[CuratedItem], instance: CuratedItem, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of Wagtail's `published`; sent for a new item also when only a day was set."""
    if isinstance(instance, CuratedItem) and instance.live:
        revive(instance)


def on_unpublished(sender: type[CuratedItem], instance: CuratedItem, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of Wagtail's `unpublished`."""
    if isinstance(instance, CuratedItem):
        bury(instance)


def on_deleted(sender: type[CuratedItem], instance: CuratedItem, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of `pre_delete`: a hard delete of a public item must leave a trace, too."""
    if isinstance(instance, CuratedItem) and instance.live:
        bury(instance)
