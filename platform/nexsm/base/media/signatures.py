"""What a file is, by its content. Its name is only a claim."""

from __future__ import annotations

from typing import IO

from . import types
from .archives import identify_archive
from .types import FileType

HEAD = 4096
_TAIL = 65_536
_CHUNK = 65_536
# Everything below the space except tab, line feed, form feed and carriage return; and DEL.
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13}) + b"\x7f"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Text that a program would run or draw. It has no business behind the name of a plain text.
_ACTIVE_TEXT = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?", b"#!")
_ISO_MEDIA_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V "}
    | {b"M4A ", b"M4B ", b"MSNV", b"3gp4", b"3gp5", b"f4v "}
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


# Sync, and layer III in the two bits that say which layer it is.
_MPEG_MASK, _MPEG_LAYER_3 = 0xFFE60000, 0xFFE20000
_MPEG_NO_BITRATE = frozenset({0, 15})
_MPEG_NO_SAMPLE_RATE = 3
_SPACE = 32


def _is_mpeg_audio(head: bytes) -> bool:
    """An MPEG layer III frame header: sync, layer, a bitrate and a sample rate that exist."""
    word = int.from_bytes(head[:4], "big")
    return head.startswith(b"ID3") or (
        word & _MPEG_MASK == _MPEG_LAYER_3
        and word >> 12 & 15 not in _MPEG_NO_BITRATE
        and word >> 10 & 3 != _MPEG_NO_SAMPLE_RATE
    )


def _is_text(file: IO[bytes], head: bytes) -> bool:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_ACTIVE_TEXT):
        return False
    if head.startswith(_UTF16_MARKS):
        return _is_utf16_text(head)
    file.seek(0)
    while chunk := file.read(_CHUNK):
        if len(chunk.translate(None, _CONTROLS)) != len(chunk):
            return False
    return True


def _is_utf16_text(head: bytes) -> bool:
    text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return not any(ord(char) < _SPACE and char not in "\t\n\f\r" for char in text)


def _is_vtt(head: bytes) -> bool:
    """W3C WebVTT, 4.1: UTF-8, and the first word is WEBVTT."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def find_fixed(head: bytes) -> FileType | None:
    """Return the type whose signature these first bytes are."""
    signatures = (
        (types.PDF, head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")),
        (types.PNG, head.startswith(b"\x89PNG\r\n\x1a\n")),
        (types.JPEG, head.startswith(b"\xff\xd8\xff")),
        (types.GIF, head.startswith((b"GIF87a", b"GIF89a"))),
        (types.WEBP, head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
        (types.OGG, head.startswith(b"OggS")),
        (types.WEBM, head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:128]),
        (types.MP3, _is_mpeg_audio(head)),
    )
    return next((kind for kind, fits in signatures if fits), None)


def identify(file: IO[bytes], size: int, claimed: FileType) -> FileType | None:
    """Return the type the content has, or None if it has none of our types.

    `claimed` (the type the name promises) decides only where content alone cannot: between plain
    text and CSV, and between sound and film in an MP4 container. Raises ValidationError if the
    content is recognised but damaged or dangerous.
    """
    file.seek(0)
    head = file.read(HEAD)
    if found := find_fixed(head):
        return found
    if head.startswith(b"PK\x03\x04"):
        return identify_archive(file, size)
    if head[4:8] == b"ftyp" and head[8:12] in _ISO_MEDIA_BRANDS:
        return claimed if claimed in {types.M4A, types.MP4} else types.MP4
    if head.startswith(OLE) and claimed in types.OFFICE_XML_TYPES and is_encrypted(file, size):
        return claimed  # a password turns an Office file into an OLE container
    if claimed.text and _is_text(file, head):
        return claimed if claimed is not types.VTT or _is_vtt(head) else None
    return None


def is_encrypted(file: IO[bytes], size: int) -> bool:
    """Whether a PDF or an Office file is protected with a password."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(OLE):
        # The directory of an OLE container may lie anywhere, its names are UTF-16.
        file.seek(0)
        before = b""
        while chunk := file.read(_CHUNK):
            if _ENCRYPTED_PACKAGE in before + chunk:
                return True
            before = chunk[-len(_ENCRYPTED_PACKAGE) :]
        return False
    if b"%PDF-" not in head[:16]:
        return False
    file.seek(max(0, size - _TAIL))
    return b"/Encrypt" in head or b"/Encrypt" in file.read(_TAIL)
