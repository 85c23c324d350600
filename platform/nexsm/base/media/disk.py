"""How full the disk of the uploads is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext as _

# From here on the operators are told, while uploads still come in.
ALARM_PERCENT = 90


@dataclass(frozen=True, slots=True)
class Disk:
    """Sizes in bytes."""

    total: int
    free: int

    @property
    def used_percent(self) -> float:
        """How much of it cannot be used any more."""
        return 100 * (1 - self.free / self.total) if self.total else 100.0


def media_disk() -> Disk | None:
    """The disk with the uploads; None where they lie elsewhere (S3)."""
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        return None
    return disk_of(Path(storage.location))


def disk_of(folder: Path) -> Disk:
    """The disk a folder is on, or will be."""
    while not folder.exists():  # made with the first upload
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return Disk(usage.total, usage.free)


def full_message() -> str:
    """What a person is told when there is no space for her file."""
    return _(
        "Storage full. The file was not saved, everything else you typed is still here. "
        "Please try again later, or give a link instead. Whoever runs this site can see the problem."
    )


def check_space(size: int, folder: Path | None = None) -> None:
    """Raise ValidationError if the disk would be too full with so many bytes more.

    It is the one a file in ``folder`` would lie on; without a folder, that of the uploads.
    """
    disk = disk_of(folder) if folder else media_disk()
    if disk is None:
        return
    used = disk.total - disk.free
    if (used + size) * 100 > disk.total * settings.UPLOAD_DISK_PERCENT:
        raise ValidationError(full_message(), code="storage_full")


def probe() -> dict[str, Any]:
    """What /readyz says of the disk: not ok from the alarm on."""
    disk = media_disk()
    if disk is None:
        return {"ok": True, "state": "elsewhere"}
    return {"ok": disk.used_percent < ALARM_PERCENT, "used_percent": round(disk.used_percent)}
