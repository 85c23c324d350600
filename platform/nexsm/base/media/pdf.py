"""What can be said of a PDF by its bytes alone. Nothing in it is decoded here."""

from __future__ import annotations

import re
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_END = 4096
_CHUNK = 1024 * 1024
# ISO 32000-1: actions that run or start something (12.6.4), files inside (7.11.4), media (13).
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|XFA)"
    rb"(?=[\s/<>\[\](]|$)"
)
# A name may write any of its characters as # and two digits (7.3.5): /J#61vaScript.
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LONGEST = 64


def is_active_pdf(file: IO[bytes]) -> bool:
    """Whether a PDF says openly that it runs something or carries other files.

    What lies in packed parts is not seen: this decides only whether a browser is asked to save the
    file instead of showing it, and is not the only thing that stands against it.
    """
    file.seek(0)
    before = b""
    while chunk := file.read(_CHUNK):
        part = before + chunk
        if b"#" in part:
            part = _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), part)
        if _ACTIVE.search(part):
            return True
        before = chunk[-_LONGEST:]
    return False


def refuse_cut_off_pdf(file: IO[bytes], size: int) -> None:
    """Raise ValidationError if the end of a PDF is missing. ISO 32000-1, 7.5.5: it ends in %%EOF."""
    file.seek(max(0, size - _END))
    if b"%%EOF" not in file.read(_END):
        raise ValidationError(
            _("This file is damaged or incomplete. Please save it again and try once more."),
            code="pdf_incomplete",
        )
