"""Writes many items at once, with everything Wagtail keeps about an item.

Saving and publishing one by one costs about a hundred queries an item. Here a batch costs about as many as one item:
rows, relations, revisions, log, usage references and the editors' search are written in bulk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update

from knowledge.models import CuratedItem
from nexsm.base.references import references_of


def new_item(model: type[CuratedItem], **fields: Any) -> CuratedItem:
    """An unsaved item whose relations are all known to be empty.

    Relations that nobody sets would otherwise be asked from the database, one by one, item by item.
    """
    item = model(**fields)
    for name in relation_names(model):
        getattr(item, name).set([])
    return item


def create_items(
    items: Sequence[CuratedItem], *, publish: bool, by: AbstractBaseUser | None = None
) -> None:
    """Write new items of one model with their relations and first revisions.

    They must come from `new_item`, and this must run inside a transaction. ``publish`` puts them online; otherwise they are drafts that
    editors find in the admin. Signals are not sent: see ``knowledge.signals.items_changed``.
    """
    if not items:
        return
    model = type(items[0])
    now = timezone.now()
    for item in items:
        item.live = publish
        item.has_unpublished_changes = not publish
        item.first_published_at = item.last_published_at = now if publish else None
    model._default_manager.bulk_create(items)  # noqa: SLF001 - Django's name
    for name in relation_names(model):
        _create_related(model, items, name)
    actions = ["wagtail.create", "wagtail.publish"] if publish else ["wagtail.create"]
    _keep_books(model, items, actions, publish=publish, by=by)


def rewrite_items(
    items: Sequence[CuratedItem],
    fields: Collection[str],
    relations: Mapping[str, set[int]],
    by: AbstractBaseUser | None = None,
) -> None:
    """Write published items again that were changed in memory, and publish them so.

    ``fields`` are the names of changed columns. ``relations`` says for each changed relation the
    primary keys of the items it was changed on. All relations must be in memory (prefetched or set).
    Must run inside a transaction. Signals are not sent: see ``knowledge.signals.items_changed``.
    """
    if not items:
        return
    model = type(items[0])
    now = timezone.now()
    for item in items:
        item.last_published_at = item.updated_at = now
    model._default_manager.bulk_update(  # noqa: SLF001 - Django's name
        items, sorted({*fields, "last_published_at", "updated_at"})
    )
    for name, pks in relations.items():
        changed = [item for item in items if item.pk in pks]
        _delete_related(model, changed, name)
        _create_related(model, changed, name)
    ReferenceIndex.objects.filter(
        base_content_type=model.get_base_content_type(),
        object_id__in=[str(item.pk) for item in items],
    ).delete()
    _keep_books(model, items, ["wagtail.edit", "wagtail.publish"], publish=True, by=by)


def _keep_books(
    model: type[CuratedItem],
    items: Sequence[CuratedItem],
    actions: Sequence[str],
    *,
    publish: bool,
    by: AbstractBaseUser | None,
) -> None:
    """Revisions, log, references and the editors' search."""
    revisions = _create_revisions(model, items, by)
    _point_to_revisions(model, items, publish=publish)
    _create_log(model, items, revisions, actions)
    _create_references(model, items)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, items)


def relation_names(model: type[CuratedItem]) -> list[str]:
    """Names of the relations that belong to an item and stand in its revisions."""
    names = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    return names + [field.name for field in get_all_child_m2m_relations(model)]


def _create_related(model: type[CuratedItem], items: Sequence[CuratedItem], name: str) -> None:
    """Write the rows of one relation as they are in memory."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001 - Django's name
    if field.many_to_many:
        source, target = field.m2m_column_name(), field.m2m_reverse_name()
        field.remote_field.through._default_manager.bulk_create(  # noqa: SLF001
            field.remote_field.through(**{source: item.pk, target: row.pk})
            for item in items
            for row in getattr(item, name).all()
        )
        return
    children = []
    for item in items:
        for child in getattr(item, name).all():
            child.pk = None  # also a row that stays is written anew
            setattr(child, field.field.name, item)
            children.append(child)
    field.related_model._default_manager.bulk_create(children)  # noqa: SLF001


def _delete_related(model: type[CuratedItem], items: Sequence[CuratedItem], name: str) -> None:
    """Delete the stored rows of one relation; the references are written anew in bulk."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001 - Django's name
    pks = [item.pk for item in items]
    if field.many_to_many:
        rows = field.remote_field.through._default_manager  # noqa: SLF001
        rows.filter(**{f"{field.m2m_column_name()}__in": pks}).delete()
        return
    with disable_reference_index_auto_update():
        rows = field.related_model._default_manager  # noqa: SLF001
        rows.filter(**{f"{field.field.attname}__in": pks}).delete()


def _create_revisions(
    model: type[CuratedItem], items: Sequence[CuratedItem], by: AbstractBaseUser | None
) -> list[Revision]:
    content_type = model.get_content_type()
    now = timezone.now()
    revisions: list[Revision] = Revision.objects.bulk_create(
        Revision(
            content_type=content_type,
            base_content_type=model.get_base_content_type(),
            object_id=str(item.pk),
            object_str=str(item),
            created_at=now,
            user=by,
            content=item.serializable_data(),
        )
        for item in items
    )
    return revisions


def _point_to_revisions(
    model: type[CuratedItem], items: Sequence[CuratedItem], *, publish: bool
) -> None:
    newest = (
        Revision.objects.filter(
            base_content_type=model.get_base_content_type(),
            object_id=Cast(OuterRef("pk"), CharField(max_length=255)),
        )
        .order_by("-pk")
        .values("pk")[:1]
    )
    values = {"latest_revision_id": Subquery(newest)}
    if publish:
        values["live_revision_id"] = Subquery(newest)
    rows = model._default_manager.filter(pk__in=[item.pk for item in items])  # noqa: SLF001
    rows.update(**values)


def _create_log(
    model: type[CuratedItem],
    items: Sequence[CuratedItem],
    revisions: Iterable[Revision],
    actions: Sequence[str],
) -> None:
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    now = timezone.now()
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=content_type,
            object_id=str(item.pk),
            label=str(item),
            action=action,
            timestamp=now,
            revision=revision,
            user=revision.user,
            content_changed=action != "wagtail.publish",
        )
        for item, revision in zip(items, revisions, strict=True)
        for action in actions
    )


def _create_references(model: type[CuratedItem], items: Sequence[CuratedItem]) -> None:
    """Note what new items refer to."""
    if not ReferenceIndex.is_indexed(model):
        return
    ReferenceIndex.objects.bulk_create(
        reference for item in items for reference in references_of(item)
    )
