"""Files that no row knows, and rows whose file is missing.

A file is stored before its row. Whoever is killed in between leaves a file that nothing points to.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db.models import FileField, Model
from django.utils import timezone

logger = logging.getLogger(__name__)

# Younger files may belong to a request that has not come to its end.
STRAY_AFTER = timedelta(hours=1)


@dataclass(slots=True)
class Sweep:
    """Names of stray files, and rows without a file: what the row is, and the name it gives."""

    strays: list[str] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)


def sweep(*, older_than: timedelta = STRAY_AFTER, dry_run: bool = False) -> Sweep:
    """Delete stray files that are older than this, and report rows whose file is missing.

    With ``dry_run`` nothing is deleted.
    """
    before = timezone.now() - older_than
    # Files first, rows after: what comes in meanwhile is then never taken for stray.
    on_disk = {name for name, changed in _files(default_storage, "") if changed <= before}
    found, known = Sweep(), set()
    for model, column in _columns():
        rows = model._default_manager.exclude(**{column: ""}).values_list("pk", column)  # noqa: SLF001 - Django's name
        for pk, name in rows.order_by("pk").iterator():
            known.add(name)
            if name and name not in on_disk and not default_storage.exists(name):
                found.missing.append((f"{model._meta.label} {pk}", name))  # noqa: SLF001
    found.strays = sorted(on_disk - known)
    if not dry_run:
        for name in found.strays:
            default_storage.delete(name)
    return found


def sweep_and_log() -> None:
    """The periodic job."""
    found = sweep()
    if found.strays:
        logger.info("%s stray files were deleted.", len(found.strays))
    for row, name in found.missing:
        logger.error("The file %s of %s is missing.", name, row)


def _columns() -> Iterator[tuple[type[Model], str]]:
    """Every column of the site that names a file in the common storage."""
    for model in apps.get_models():
        for column in model._meta.local_fields:  # noqa: SLF001
            if isinstance(column, FileField) and column.storage == default_storage:
                yield model, column.name


def _files(storage: Storage, folder: str) -> Iterator[tuple[str, datetime]]:
    """Name and time of the last change of every file, in all folders. None where there is none."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded, or the folder went meanwhile
        return
    prefix = f"{folder}/" if folder else ""
    for name in names:
        try:
            yield prefix + name, storage.get_modified_time(prefix + name)
        except FileNotFoundError:
            continue  # deleted meanwhile
    for name in folders:
        yield from _files(storage, prefix + name)
