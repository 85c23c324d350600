"""Office documents and e-books are zip archives: only their table of contents is read here."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .types import DOCX, EPUB, ODP, ODS, ODT, PPTX, XLSX, FileType

MAX_ENTRIES = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
# Small parts of honest files pack very well (a sheet of empty cells), so the ratio counts from here.
RATIO_COUNTS_FROM = 1024 * 1024
# A table of contents longer than this cannot belong to 2000 entries with sensible names.
MAX_DIRECTORY_BYTES = 1024 * 1024

_END_RECORD = b"PK\x05\x06"
_END_RECORD_SIZE = 22
_MAX_COMMENT = 65_535
_MIMETYPE_LIMIT = 100
_TYPES, _TYPES_LIMIT = "[Content_Types].xml", 1024 * 1024
# What a Word, Excel or PowerPoint file for macros calls its main part, whatever its name ends in.
_MACRO_TYPE = b"macroenabled"
_PASSWORD_FLAG = 0x1
_ODF_LIKE = {kind.mime.encode(): kind for kind in (ODT, ODP, ODS, EPUB)}
# What zipfile and zlib raise when an archive is not what its directory says.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError),
    *(ValueError, NotImplementedError, RuntimeError),
)
# Lists that LibreOffice writes even when a document holds no macro.
_ODF_EMPTY_LISTS = frozenset({"script-lb.xml", "script-lc.xml", "dialog-lb.xml", "dialog-lc.xml"})
# Some programs number the main part (`word/document2.xml`); the binary `xl/workbook.bin` is none.
_MAIN_PART = (
    (re.compile(r"word/document\d*\.xml"), DOCX),
    (re.compile(r"ppt/presentation\d*\.xml"), PPTX),
    (re.compile(r"xl/workbook\d*\.xml"), XLSX),
)


def _damaged() -> ValidationError:
    return ValidationError(
        _("This file is damaged or incomplete. Please save it again and try once more."),
        code="archive_damaged",
    )


def _macros() -> ValidationError:
    return ValidationError(
        _("This file contains macros. Please save it without macros."), code="archive_macros"
    )


def _refuse_long_directory(file: IO[bytes], size: int) -> None:
    """Look at the end record before zipfile does, which would load a directory of any length."""
    tail_size = min(size, _END_RECORD_SIZE + _MAX_COMMENT)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(_END_RECORD)
    if at < 0 or len(tail) - at < _END_RECORD_SIZE:
        raise _damaged()
    entries, directory_size = struct.unpack("<HL", tail[at + 10 : at + 16])
    if entries > MAX_ENTRIES or directory_size > MAX_DIRECTORY_BYTES:
        raise ValidationError(
            _("This file consists of too many parts (more than %(limit)s).")
            % {"limit": MAX_ENTRIES},
            code="archive_entries",
        )


def _is_macro(parts: list[str]) -> bool:
    if "vbaproject" in parts[-1].lower():
        return True
    return (
        parts[0] in {"Basic", "Scripts"} and bool(parts[-1]) and parts[-1] not in _ODF_EMPTY_LISTS
    )


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise ValidationError(
            _("This file consists of too many parts (more than %(limit)s).")
            % {"limit": MAX_ENTRIES},
            code="archive_entries",
        )
    for entry in entries:
        # `orig_filename` is the name as written; zipfile cuts `filename` at the first NUL.
        parts = entry.orig_filename.replace("\\", "/").split("/")
        if parts[0] == "" or ".." in parts or ":" in parts[0] or "\0" in entry.orig_filename:
            raise ValidationError(
                _("This file contains parts with forbidden names."), code="archive_path"
            )
        if _is_macro(parts):
            raise _macros()
        if entry.flag_bits & _PASSWORD_FLAG:  # Office and LibreOffice protect files in other ways
            raise _damaged()
    _check_sizes(entries)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(packed, 1)
    too_dense = too_dense or any(
        entry.file_size > RATIO_COUNTS_FROM
        and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if unpacked > MAX_UNPACKED or too_dense:
        raise ValidationError(
            _("This file would become far too big when it is opened."), code="archive_bomb"
        )
    # Parts that lie on top of each other are a known way to make a bomb out of few bytes.
    end = 0
    for entry in sorted(entries, key=lambda item: item.header_offset):
        if entry.header_offset < end:
            raise ValidationError(
                _("This file would become far too big when it is opened."), code="archive_bomb"
            )
        end = entry.header_offset + 30 + len(entry.orig_filename.encode()) + entry.compress_size


def _read_part(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], name: str, limit: int
) -> bytes:
    """A part, if it says that it is small. Never unpacks more than ``limit`` bytes."""
    entry = names.get(name)
    if entry is None or entry.file_size > limit:
        return b""
    with archive.open(entry) as part:
        return part.read(limit)


def _read_mimetype(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> bytes:
    """The few bytes by which OpenDocument and EPUB say what they are."""
    return _read_part(archive, names, "mimetype", _MIMETYPE_LIMIT).strip()


def identify_archive(file: IO[bytes], size: int) -> FileType | None:
    """Say which document a zip archive is, or None if it is some other archive.

    Limits of ASVS 5.2.3 and 5.3.3. Raises ValidationError if the archive is damaged or dangerous.
    """
    _refuse_long_directory(file, size)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            names = {entry.filename: entry for entry in entries}
            if found := _ODF_LIKE.get(_read_mimetype(archive, names)):
                return found
            if _MACRO_TYPE in _read_part(archive, names, _TYPES, _TYPES_LIMIT).lower():
                raise _macros()
    except _DAMAGE:
        raise _damaged() from None
    if _TYPES not in names:
        return None
    return next((kind for main, kind in _MAIN_PART if any(map(main.fullmatch, names))), None)
