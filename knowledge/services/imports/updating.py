"""Changes items that exist, as an editor would: by revisions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from wagtail.models import WorkflowState

from knowledge.models import CuratedItem
from knowledge.services.imports.problems import ImportRefusedError
from knowledge.services.imports.schema import ItemImport, ParsedRow
from knowledge.services.imports.writing import relation_names, rewrite_items


@dataclass(frozen=True)
class Change:
    """An item, the row it is to follow, and the columns in which they differ."""

    pk: int
    row: ParsedRow
    columns: Collection[str]


def change_items(importer: ItemImport, changes: Sequence[Change], *, publish: bool) -> list[int]:
    """Set the changed columns of many items.

    Without ``publish`` the changes become drafts. With it, they go online, but neither an editor's
    unfinished draft nor an item that was withdrawn does. Returns the primary keys of items that
    went online without Wagtail's signal. Must run inside a transaction. Raises ImportRefusedError
    when a change contradicts another item.
    """
    plain = _plain_items(importer, [change.pk for change in changes]) if publish else {}
    for change in changes:
        if change.pk not in plain:
            _change_one(importer, change, publish=publish)
    fields: set[str] = set()
    relations: dict[str, set[int]] = {}
    for change in changes:
        if item := plain.get(change.pk):
            fields |= _apply(importer, item, change)
            for column in change.columns:
                if name := importer.relations.get(column):
                    relations.setdefault(name, set()).add(item.pk)
    rewrite_items(list(plain.values()), fields, relations, by=importer.scope.by)
    return list(plain)


def publish_item(importer: ItemImport, pk: int) -> None:
    """Publish the newest version of a draft, with a new revision if it has none."""
    item = importer.model._default_manager.get(pk=pk)  # noqa: SLF001 - Django's name
    revision = item.latest_revision or item.save_revision(clean=False)
    revision.publish(user=importer.scope.by)


def _plain_items(importer: ItemImport, pks: Sequence[int]) -> dict[int, CuratedItem]:
    """Items that are online, without a draft, a schedule or a review: these can be written in bulk."""
    model = importer.model
    in_review = WorkflowState.objects.active().filter(
        base_content_type=model.get_base_content_type(), object_id__in=[str(pk) for pk in pks]
    )
    items = model._default_manager.filter(  # noqa: SLF001 - Django's name
        pk__in=pks, live=True, has_unpublished_changes=False, go_live_at=None, expire_at=None
    ).exclude(pk__in=[int(pk) for pk in in_review.values_list("object_id", flat=True)])
    return {item.pk: item for item in items.prefetch_related(*relation_names(model))}


def _apply(importer: ItemImport, item: CuratedItem, change: Change) -> set[str]:
    """Set the columns; returns the names of fields that are different now."""
    fields = item._meta.concrete_fields  # noqa: SLF001 - Django's name
    before = {field.name: getattr(item, field.attname) for field in fields}
    importer.apply(item, change.row.values, change.columns)
    changed = {field.name for field in fields if getattr(item, field.attname) != before[field.name]}
    if "language" in changed:  # the only imported field that a constraint knows
        _check(item, change)
    return changed


def _check(item: CuratedItem, change: Change) -> None:
    try:
        item.validate_constraints()
    except ValidationError as error:
        raise ImportRefusedError.because(" ".join(error.messages), change.row.number) from error


def _change_one(importer: ItemImport, change: Change, *, publish: bool) -> None:
    item = importer.model._default_manager.get(pk=change.pk)  # noqa: SLF001 - Django's name
    was_withdrawn = not item.live and item.first_published_at is not None
    if publish and item.live and item.has_unpublished_changes:
        # The change goes online without the draft, then into the draft.
        draft = item.get_latest_revision_as_object()
        _save(importer, item, change, publish=True)
        current = importer.model._default_manager.get(pk=change.pk)  # noqa: SLF001
        draft.latest_revision = current.latest_revision
        draft.live_revision = current.live_revision
        draft.last_published_at = current.last_published_at
        _save(importer, draft, change, publish=False)
        return
    online = publish and not was_withdrawn
    _save(importer, item.get_latest_revision_as_object(), change, publish=online)


def _save(importer: ItemImport, item: CuratedItem, change: Change, *, publish: bool) -> None:
    _apply(importer, item, change)
    revision = item.save_revision(user=importer.scope.by, clean=False, log_action=True)
    if publish:
        revision.publish(user=importer.scope.by)
