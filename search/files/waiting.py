"""Which files are to be read. A file waits in the same transaction as the change that brought it."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from nexsm.base.models import Document
from search.files.attachments import groups_of
from search.models import FilePage, FileText, TextState
from search.outbox import enqueue

_CHUNK = 500
_WAITS = {"state": TextState.WAITING, "attempts": 0, "detail": "", "is_cut": False}


def file_may_have_changed(document: Document) -> None:
    """Note a document that was saved: a new file waits, and the text of the one before goes at once.

    Its title, language or collection may have changed as well, so what it belongs to is indexed anew.
    """
    known = FileText.objects.filter(document=document).first()
    if known is None:
        FileText.objects.create(document=document, file_hash=document.file_hash)
    elif known.file_hash != document.file_hash:
        _wait(FileText.objects.filter(pk=known.pk), file_hash=document.file_hash)
    enqueue(groups_of(Q(document=document)))


def note_forgotten() -> int:
    """Let files wait that nobody has noted: from before an update, a backup, a script.

    Returns how many.
    """
    new = Document.objects.filter(search_text=None).values_list("pk", "file_hash")
    rows = [FileText(document_id=pk, file_hash=file_hash) for pk, file_hash in new]
    FileText.objects.bulk_create(rows, batch_size=_CHUNK, ignore_conflicts=True)
    other = FileText.objects.exclude(file_hash=F("document__file_hash"))
    changed = list(other.values_list("pk", "document__file_hash"))
    for pk, file_hash in changed:
        _wait(FileText.objects.filter(pk=pk), file_hash=file_hash)
    return len(rows) + len(changed)


def read_again(*, unreadable_only: bool = False) -> int:
    """Let all files wait once more. What is known of them stays until they are read.

    Returns how many.
    """
    files = FileText.objects.all()
    if unreadable_only:
        files = files.exclude(state=TextState.READ)
    return files.update(**_WAITS, due_at=timezone.now())


def due() -> FileText | None:
    """The file whose turn it is."""
    waiting = FileText.objects.filter(state=TextState.WAITING, due_at__lte=timezone.now())
    return waiting.select_related("document").order_by("due_at", "pk").first()


def _wait(files: QuerySet[FileText], *, file_hash: str) -> None:
    FilePage.objects.filter(file__in=files).delete()
    files.update(**_WAITS, file_hash=file_hash, due_at=timezone.now(), read_at=None)
