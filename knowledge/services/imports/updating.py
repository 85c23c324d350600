"""Changes items that exist, as an editor would: by revisions."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError

from knowledge.models import CuratedItem
from knowledge.services.imports.problems import ImportRefusedError
from knowledge.services.imports.schema import ItemImport, ParsedRow


def change_item(
    importer: ItemImport, pk: int, row: ParsedRow, columns: Collection[str], *, publish: bool
) -> bool:
    """Set the changed columns of one item; returns whether the change is online.

    Without ``publish`` it becomes a draft. With it, it goes online, but neither an editor's
    unfinished draft nor an item that was withdrawn does. Raises ImportRefusedError when the change
    contradicts another item.
    """
    item = importer.model._default_manager.get(pk=pk)  # noqa: SLF001 - Django's name
    was_withdrawn = not item.live and item.first_published_at is not None
    if publish and item.live and item.has_unpublished_changes:
        # The change goes online without the draft, then into the draft.
        draft = item.get_latest_revision_as_object()
        _save(importer, item, row, columns, publish=True)
        current = importer.model._default_manager.get(pk=pk)  # noqa: SLF001
        draft.latest_revision = current.latest_revision
        draft.live_revision = current.live_revision
        draft.last_published_at = current.last_published_at
        _save(importer, draft, row, columns, publish=False)
        return True
    online = publish and not was_withdrawn
    _save(importer, item.get_latest_revision_as_object(), row, columns, publish=online)
    return online


def _save(
    importer: ItemImport,
    item: CuratedItem,
    row: ParsedRow,
    columns: Collection[str],
    *,
    publish: bool,
) -> None:
    importer.apply(item, row.values, columns)
    try:
        item.validate_constraints()
    except ValidationError as error:
        raise ImportRefusedError.because(" ".join(error.messages), row=row.number) from error
    revision = item.save_revision(clean=False, log_action=True)
    if publish:
        revision.publish()


def publish_item(importer: ItemImport, pk: int) -> None:
    """Publish the newest version of a draft, with a new revision if it has none."""
    item = importer.model._default_manager.get(pk=pk)  # noqa: SLF001 - Django's name
    revision = item.latest_revision or item.save_revision(clean=False)
    revision.publish()
