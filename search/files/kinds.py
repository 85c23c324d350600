"""What a file is, by its content. Its name and what it claims to be do not count."""

from __future__ import annotations

import re
import zipfile
from enum import Enum, auto
from typing import IO

from search.files.outcome import CannotReadError, Outcome
from search.files.parts import Archive

_HEAD = 4_096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A password turns an Office file into an OLE container with a stream of this name.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# No text has these: everything below the space except tab, line feed, form feed, carriage return.
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13}) + b"\x7f"


class Kind(Enum):
    """A kind of file whose text we can read."""

    PDF = auto()
    DOCX = auto()
    PPTX = auto()
    OPEN_TEXT = auto()
    OPEN_SLIDES = auto()
    HTML = auto()
    TEXT = auto()


_ODF = "application/vnd.oasis.opendocument."
_ODF_KINDS = {_ODF + "text": Kind.OPEN_TEXT, _ODF + "presentation": Kind.OPEN_SLIDES}
# Some programs number the main part.
_MAIN_PARTS = (
    (re.compile(r"word/document\d*\.xml"), Kind.DOCX),
    (re.compile(r"ppt/presentation\.xml"), Kind.PPTX),
)


def sniff(file: IO[bytes]) -> Kind:
    """The kind of a file. Raises CannotReadError for files without text, and for what hides it."""
    file.seek(0)
    head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(file)
    if head.startswith(_OLE):
        raise _why_not_ole(file)
    if head.startswith(_UTF16_MARKS):
        return Kind.TEXT
    if not head or head.translate(None, _CONTROLS) != head:
        raise CannotReadError(Outcome.UNSUPPORTED if head else Outcome.EMPTY)
    bare = head.removeprefix(b"\xef\xbb\xbf")
    return Kind.HTML if _HTML.match(bare) else Kind.TEXT


def _kind_of_archive(file: IO[bytes]) -> Kind:
    try:
        with Archive(file) as archive:
            if kind := _ODF_KINDS.get(archive.mimetype()):
                return kind
            for pattern, kind in _MAIN_PARTS:
                if any(map(pattern.fullmatch, archive.names)):
                    return kind
    except zipfile.BadZipFile as error:
        raise CannotReadError(Outcome.DAMAGED, str(error)) from error
    raise CannotReadError(Outcome.UNSUPPORTED)


def _why_not_ole(file: IO[bytes]) -> CannotReadError:
    before = b""
    file.seek(0)
    while chunk := file.read(1 << 20):
        if _ENCRYPTED_PACKAGE in before + chunk:
            return CannotReadError(Outcome.ENCRYPTED)
        before = chunk[-len(_ENCRYPTED_PACKAGE) :]
    return CannotReadError(Outcome.UNSUPPORTED)
