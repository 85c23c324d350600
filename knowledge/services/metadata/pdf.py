"""PDF files: their properties (XMP before the older ones), and a DOI or licence printed in them."""

from __future__ import annotations

import ctypes
import re
from contextlib import suppress
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException
from pypdfium2 import PdfDocument, PdfiumError, raw

from knowledge.services.metadata import texts
from knowledge.services.metadata.facts import Facts, Source, merged

_MAX_PACKET = 256 * 1024
_BEGIN, _END = b"<x:xmpmeta", b"</x:xmpmeta>"
# Pictures in a file carry packets of their own; that of the file says so.
_OF_A_PDF = (b"http://ns.adobe.com/pdf/1.3/", b"application/pdf")
_CHUNK = 1024 * 1024
_FRONT, _BACK = 3, 2
_DOI_LABEL = re.compile(r"(?:doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
_LICENCE = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/[a-z-]+/[1-4]\.0(?:/[a-z]{2}\b)?",
    re.IGNORECASE,
)
# Titles that programs write by themselves.
_BY_PROGRAM = re.compile(
    r"(untitled|unbenannt|dokument|document|title|titel|powerpoint[ -].*|slide 1|folie 1|"
    r"microsoft (word|powerpoint) - .*|.*\.(docx?|odt|rtf|indd|pptx?|qxd|pub|pdf|tex|dvi))\d*\Z",
    re.IGNORECASE,
)
_NS = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
    "cc": "http://creativecommons.org/ns#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
}


def read(file: IO[bytes]) -> list[Facts]:
    """What the file's properties say, then what stands on its pages. Raises PdfiumError if broken."""
    document = PdfDocument(file)
    properties = merged((_xmp(file), _information(document)), Source.FILE)
    return [properties, _printed(document)]


def _information(document: Any) -> Facts:
    told = document.get_metadata_dict()
    return Facts(
        Source.FILE,
        title=_title(told.get("Title", "")),
        authors=texts.parties([(name, "") for name in told.get("Author", "").split(";")]),
        abstract=texts.paragraphs(told.get("Subject", ""), texts.MAX_ABSTRACT),
        language=_language(document),
        year=texts.year_in(told.get("CreationDate", "")),
    )


def _title(text: str) -> str:
    title = texts.plain(text, texts.MAX_TITLE)
    return "" if _BY_PROGRAM.match(title) else title


def _language(document: Any) -> str:
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size <= 200:  # noqa: PLR2004 - bytes of UTF-16 with the end mark
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer).decode("utf-16-le", "ignore").rstrip("\0")


def _xmp(file: IO[bytes]) -> Facts:
    for packet in _packets(file):
        if not any(mark in packet for mark in _OF_A_PDF):
            continue
        with suppress(ParseError, DefusedXmlException, ValueError):
            return _described(defusedxml.ElementTree.fromstring(packet))
    return Facts(Source.FILE)


def _packets(file: IO[bytes]) -> list[bytes]:
    """Packets of properties, the newest first: a file that was changed has the new one at its end."""
    found: list[bytes] = []
    file.seek(0)
    kept = b""
    while chunk := file.read(_CHUNK):
        kept += chunk
        while (start := kept.find(_BEGIN)) >= 0:
            end = kept.find(_END, start)
            if end < 0:
                break
            packet = kept[start : end + len(_END)]
            kept = kept[end + len(_END) :]
            if len(packet) <= _MAX_PACKET:
                found.append(packet)
        kept = kept[-_MAX_PACKET:] if start >= 0 else kept[-len(_BEGIN) :]
    return found[::-1]


def _described(tree: Element) -> Facts:
    licence = next(
        (one.get(f"{{{_NS['rdf']}}}resource", "") for one in tree.iterfind(".//cc:license", _NS)),
        "",
    )
    return Facts(
        Source.FILE,
        title=_title(_first(tree, "dc:title")),
        authors=texts.parties(
            [(part, "") for name in _items(tree, "dc:creator") for part in name.split(";")]
        ),
        publisher=texts.plain(_first(tree, "dc:publisher"), texts.MAX_NAME),
        abstract=texts.paragraphs(_first(tree, "dc:description"), texts.MAX_ABSTRACT),
        language=_first(tree, "dc:language")[:40],
        year=texts.year_in(_first(tree, "dc:date") or _first(tree, "xmp:CreateDate")),
        licence=(licence or _first(tree, "rights:WebStatement") or _first(tree, "dc:rights"))[:300],
        doi=texts.doi_in(_first(tree, "prism:doi") or _first(tree, "dc:identifier")),
    )


def _items(tree: Element, name: str) -> list[str]:
    """The texts of a property: itself, the entries of its list, or an attribute of its description."""
    prefix, _colon, local = name.partition(":")
    key = f"{{{_NS[prefix]}}}{local}"
    found = [
        entry.text or ""
        for holder in tree.iterfind(f".//{name}", _NS)
        for entry in (holder.findall(".//rdf:li", _NS) or [holder])
    ]
    found += [one.get(key, "") for one in tree.iterfind(".//rdf:Description", _NS)]
    return [text for text in found if text.strip()]


def _first(tree: Element, name: str) -> str:
    return next(iter(_items(tree, name)), "")


def _printed(document: Any) -> Facts:
    """A DOI or a licence on the first or last pages, if there is exactly one: else it is another's."""
    count = len(document)
    front = [_text(document, number) for number in range(min(_FRONT, count))]
    back = [_text(document, number) for number in range(max(_FRONT, count - _BACK), count)]
    dois = {
        texts.doi_in(text[match.end() : match.end() + 200]).lower()
        for text in front
        for match in _DOI_LABEL.finditer(text)
    }
    licences = {match[0].lower() for text in front + back for match in _LICENCE.finditer(text)}
    return Facts(
        Source.FILE_TEXT,
        doi=dois.pop() if len(dois) == 1 else "",
        licence=f"https://{licences.pop()}/" if len(licences) == 1 else "",
    )


def _text(document: Any, number: int) -> str:
    try:
        return str(document[number].get_textpage().get_text_bounded())[:20_000]
    except PdfiumError:
        return ""  # a broken page says nothing
