"""Answers that are files for programs."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

FIVE_MINUTES = "public, max-age=300"


def file_response(
    request: HttpRequest,
    content: bytes,
    *,
    content_type: str,
    filename: str,
    modified_at: datetime,
) -> HttpResponseBase:
    """Answer with a file, or with 304 to whoever has it already (RFC 9110, 13.1.2).

    Only the fingerprint decides: a room may get another name without anything being published, and
    then the date would be wrong. What is public may be read by scripts of other sites.
    """
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified_at.timestamp())
    response["Cache-Control"] = FIVE_MINUTES
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return get_conditional_response(request, etag=etag, response=response) or response
