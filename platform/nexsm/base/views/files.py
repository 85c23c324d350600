"""Files for readers: documents at an address that stays, and the smaller copies of pictures."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail import hooks

from nexsm.base.media.publicity import may_open
from nexsm.base.media.types import IMAGE_TYPES, find_by_extension
from nexsm.base.models import Document

logger = logging.getLogger(__name__)

# A file never runs anything. Some browsers draw no PDF inside a sandbox, so a PDF goes without.
_CSP_PDF = "default-src 'none'; frame-ancestors 'self'"
_CSP_OTHER = "default-src 'none'; sandbox; frame-ancestors 'self'"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
# No file has a number of bytes with more digits; int() would refuse thousands of them.
_MAX_DIGITS = 15
_BLOCK = 64 * 1024
# What Wagtail calls its renditions. No slash and no leading dot: nothing outside can be named.
_RENDITION_PATH = re.compile(r"images/[A-Za-z0-9][A-Za-z0-9_.-]*\.([a-z]+)", re.ASCII)


def _read(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (block := file.read(min(_BLOCK, length))):
            length -= len(block)
            yield block


def _requested_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte of a single range; None means the whole file. RFC 9110, section 14."""
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not match or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if max(len(first), len(last)) > _MAX_DIGITS or not (first or last):
        return None
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _body(request: HttpRequest, document: Document, etag: str) -> HttpResponseBase:
    size = document.file.size
    wanted = _requested_range(request, size, etag)
    if wanted is None:
        response = FileResponse(document.file.open("rb"), content_type=document.content_type)
        response["Content-Length"] = str(size)
        return response
    first, last = wanted
    if first > last or first >= size:
        nothing = HttpResponse(status=416)
        nothing["Content-Range"] = f"bytes */{size}"
        return nothing
    part = StreamingHttpResponse(
        _read(document.file.open("rb"), first, last - first + 1),
        status=206,
        content_type=document.content_type,
    )
    part["Content-Length"] = str(last - first + 1)
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    return part


def _disposition(document: Document) -> str:
    """RFC 6266: the name only in its encoded form, so that nothing in it can break the header."""
    kind = "inline" if document.is_inline else "attachment"
    return f"{kind}; filename*=UTF-8''{quote(document.filename, safe='')}"


@require_safe
def serve_document(request: HttpRequest, public_id: UUID, filename: str) -> HttpResponseBase:  # noqa: ARG001 - for people only
    """Send a document. Any name in the address works, so links survive a replaced file.

    Whoever may not open it, gets the same 404 as for a file that does not exist; the ETag is
    compared only after that, or it would tell what the file holds.
    """
    document = get_object_or_404(Document.objects.select_related("collection"), public_id=public_id)
    if not may_open(document, request.user):
        raise Http404
    if not document.file or not document.file.storage.exists(document.file.name):
        logger.error("The file of document %s is missing.", document.public_id)
        raise Http404
    etag = quote_etag(document.get_file_hash())
    response = get_conditional_response(request, etag=etag) or _body(request, document, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = _disposition(document)
    response["X-Content-Type-Options"] = "nosniff"
    is_shown_pdf = document.content_type == "application/pdf" and document.is_inline
    response["Content-Security-Policy"] = _CSP_PDF if is_shown_pdf else _CSP_OTHER
    return response


@hooks.register("before_serve_document", order=-10)
def lead_to_stable_address(document: Document, request: HttpRequest) -> HttpResponse:
    """Wagtail's own address of a document follows the same rule and leads to the stable one."""
    if not may_open(document, request.user):
        raise Http404
    return redirect(document.url)


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:  # noqa: ARG001
    """Send a smaller copy of a picture. Originals and documents are never reached by path."""
    match = _RENDITION_PATH.fullmatch(path)
    kind = find_by_extension(match.group(1)) if match else None
    if kind not in IMAGE_TYPES or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=kind.mime)
    # The name changes with every change of the picture.
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _CSP_OTHER
    return response
