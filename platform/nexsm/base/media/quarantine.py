"""Files that came in while the virus scanner did not answer: they wait, then it looks at them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from .scanning import ScannerDownError, ScanState, is_configured, note_malware, probe, scan

logger = logging.getLogger(__name__)

# One run must not keep the worker from its other work.
_AT_ONCE = 20


def scan_waiting() -> None:
    """Look through files in quarantine; what is clean is served from then on. A periodic job.

    Without a scanner in the settings nothing is looked through, so nothing waits either.
    """
    waiting = get_document_model().objects.filter(scan_state=ScanState.WAITING)
    if not is_configured():
        waiting.update(scan_state=ScanState.NONE)
        return
    if not probe()["ok"]:
        return
    # In any order: files the scanner will not take (too big for it) must not hold up the others.
    for document in waiting.order_by("?")[:_AT_ONCE]:
        _look_through(document)


def _look_through(document: Any) -> None:
    try:
        with document.file.open("rb") as file:
            signature = scan(file)
    except (OSError, ScannerDownError) as error:
        logger.warning("Document %s waits on in quarantine: %s", document.public_id, error)
        return
    state = ScanState.FOUND if signature else ScanState.CLEAN
    # The file may have been replaced meanwhile, by one that was looked through or waits itself.
    changed = type(document).objects.filter(
        pk=document.pk, file=document.file.name, scan_state=ScanState.WAITING
    )
    if changed.update(scan_state=state) and signature:
        note_malware(signature, document.filename, document)


def notes(documents: Sequence[int]) -> dict[int, str]:
    """Document → why nobody can fetch it now. One query, and none without a scanner."""
    if not is_configured():
        return {}
    texts = {
        ScanState.WAITING: _(
            "This file is still being checked for viruses. Please come back later."
        ),
        ScanState.FOUND: _("This file is locked: the virus scanner found something harmful in it."),
    }
    found = get_document_model().objects.filter(pk__in=documents, scan_state__in=texts)
    return {pk: texts[ScanState(state)] for pk, state in found.values_list("pk", "scan_state")}


def waiting_probe() -> dict[str, Any]:
    """What /readyz says of the scanner, and how many files wait for it."""
    number = get_document_model().objects.filter(scan_state=ScanState.WAITING).count()
    return probe() | {"waiting": number}
