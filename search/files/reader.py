"""The loop that reads the files that wait, one after the other, beside the one that writes the index."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta

from django.db import close_old_connections, transaction
from django.db.models import F, Q
from django.utils import timezone

from nexsm.base.leading import lead
from search.files import waiting
from search.files.attachments import groups_of
from search.files.extraction import Extract, extract
from search.files.outcome import Outcome
from search.locks import READER
from search.models import FilePage, FileText, TextState
from search.outbox import enqueue

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
LONGEST_PAUSE = 60.0
# Trouble of the storage or of this machine passes; a file that brings the reader down again and again
# is given up.
MAX_ATTEMPTS = 5
_DELAY = timedelta(seconds=30)
# So often it is looked for files that nobody has noted.
SECONDS_BETWEEN_SWEEPS = 600.0


class Reader:
    """Reads files until it is told to stop. Survives every error."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self._pause = IDLE_SECONDS
        self._next_sweep = 0.0

    def run(self) -> None:
        """Wait to become the one that reads, then read."""
        lead(READER, self.round, self.stop)

    def round(self) -> float:
        """Read what waits. Returns how many seconds to wait before the next time."""
        try:
            close_old_connections()
            if time.monotonic() >= self._next_sweep:
                waiting.note_forgotten()
                self._next_sweep = time.monotonic() + SECONDS_BETWEEN_SWEEPS
            while not self.stop.is_set() and read_next():
                pass
        except Exception:
            # A database that is away or not migrated yet: try again, never die.
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            logger.exception("Reading files failed")
        else:
            self._pause = IDLE_SECONDS
        finally:
            close_old_connections()
        return self._pause


def read_waiting() -> int:
    """Read all files that wait, for those who do not want to wait themselves. Returns how many."""
    waiting.note_forgotten()
    count = 0
    while read_next():
        count += 1
    return count


def read_next() -> bool:
    """Read the file whose turn it is. Says whether there was one."""
    row = waiting.due()
    if row is None:
        return False
    # Counted before, so that a file that kills us is not tried for ever.
    delay = _DELAY * 2**row.attempts
    FileText.objects.filter(pk=row.pk).update(
        attempts=F("attempts") + 1, due_at=timezone.now() + delay
    )
    if row.attempts >= MAX_ATTEMPTS:
        _keep(row, Extract(Outcome.DAMAGED, detail="given up"))
        return True
    try:
        with row.document.file.storage.open(str(row.document.file.name), "rb") as file:
            found = extract(file)
    except FileNotFoundError:
        found = Extract(Outcome.DAMAGED, detail="the file is missing")
    except Exception:
        # The storage or the disk, not the file: its next turn comes later.
        logger.exception("The file of document %s cannot be read now", row.document_id)
        return True
    if found.outcome != Outcome.READ:
        logger.info("Document %s: %s %s", row.document_id, found.outcome, found.detail)
    _keep(row, found)
    return True


@transaction.atomic
def _keep(row: FileText, found: Extract) -> None:
    """Keep the text and note what it belongs to for the index, unless the file was replaced meanwhile."""
    current = FileText.objects.select_for_update().filter(pk=row.pk).first()
    if current is None or current.file_hash != row.document.file_hash:
        return
    FilePage.objects.filter(file=current).delete()
    FilePage.objects.bulk_create(
        [
            FilePage(file=current, number=number, text=text)
            for number, text in enumerate(found.pages, start=1)
            if text
        ],
        batch_size=200,
    )
    current.state = TextState(found.outcome.value)
    current.is_numbered = found.is_numbered
    current.is_cut = found.is_cut
    current.detail = found.detail[:300]
    current.read_at = timezone.now()
    current.save()
    enqueue(groups_of(Q(document=row.document_id)))
