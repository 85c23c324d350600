"""The table of file types that may come in. What is not in it, is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileType:
    """One kind of file."""

    mime: str
    extensions: tuple[str, ...]
    label: str
    inline: bool = False  # may a browser show it itself?
    text: bool = False  # has no signature: recognised by being clean text


PDF = FileType("application/pdf", ("pdf",), "PDF", inline=True)
PNG = FileType("image/png", ("png",), "PNG", inline=True)
JPEG = FileType("image/jpeg", ("jpg", "jpeg"), "JPEG", inline=True)
GIF = FileType("image/gif", ("gif",), "GIF", inline=True)
WEBP = FileType("image/webp", ("webp",), "WebP", inline=True)
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = FileType(_OOXML + "wordprocessingml.document", ("docx",), "DOCX")
PPTX = FileType(_OOXML + "presentationml.presentation", ("pptx",), "PPTX")
XLSX = FileType(_OOXML + "spreadsheetml.sheet", ("xlsx",), "XLSX")
_ODF = "application/vnd.oasis.opendocument."
ODT = FileType(_ODF + "text", ("odt",), "ODT")
ODP = FileType(_ODF + "presentation", ("odp",), "ODP")
ODS = FileType(_ODF + "spreadsheet", ("ods",), "ODS")
EPUB = FileType("application/epub+zip", ("epub",), "EPUB")
TXT = FileType("text/plain", ("txt",), "TXT", text=True)
CSV = FileType("text/csv", ("csv",), "CSV", text=True)
VTT = FileType("text/vtt", ("vtt",), "WebVTT", text=True)
MP3 = FileType("audio/mpeg", ("mp3",), "MP3")
M4A = FileType("audio/mp4", ("m4a",), "M4A")
OGG = FileType("audio/ogg", ("ogg", "oga"), "OGG")
MP4 = FileType("video/mp4", ("mp4", "m4v"), "MP4")
WEBM = FileType("video/webm", ("webm",), "WebM")

DOCUMENT_TYPES = (
    *(PDF, DOCX, ODT, PPTX, ODP, XLSX, ODS, TXT, CSV, VTT, EPUB),
    *(MP3, M4A, OGG, MP4, WEBM, PNG, JPEG, WEBP, GIF),
)
IMAGE_TYPES = (PNG, JPEG, WEBP, GIF)
OFFICE_XML_TYPES = (DOCX, PPTX, XLSX)

_BY_MIME = {kind.mime: kind for kind in DOCUMENT_TYPES}
_BY_EXTENSION = {name: kind for kind in DOCUMENT_TYPES for name in kind.extensions}


def find_by_mime(mime: str) -> FileType | None:
    """Return the type with this MIME name, or None if it is not in the table."""
    return _BY_MIME.get(mime)


def find_by_extension(extension: str) -> FileType | None:
    """Return the type a file with this extension (without dot) claims to be, or None."""
    return _BY_EXTENSION.get(extension.lower())
