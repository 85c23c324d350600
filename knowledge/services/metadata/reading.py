"""Reading files, pages and the register of DOIs: what they say about themselves, or nothing.

Their content is looked at in a child process.
"""

from __future__ import annotations

import io
import json
import logging
from dataclasses import asdict
from typing import IO
from urllib.parse import quote

from django.core.exceptions import ValidationError

from knowledge.models.identifiers import normalise_doi, validate_doi
from knowledge.services.metadata.child import CSL, PAGE, PDF, Limits
from knowledge.services.metadata.facts import Facts, from_json
from nexsm.base import confined
from nexsm.base.fetching import Fetched, FetchError, fetch

logger = logging.getLogger(__name__)
_PROGRAM = "knowledge.services.metadata.child"
# Somebody waits for the page: longer than this is worse than nothing.
_DEADLINE = 8.0
_MAX_PDF = 20 * 1024 * 1024
_OK = 200
_CSL_JSON = "application/vnd.citationstyles.csl+json"
_READABLE = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.1"


class NoAnswerError(Exception):
    """The address is not asked, or nobody answers there with something that can be read."""


def read_pdf(file: IO[bytes]) -> list[Facts]:
    """What a PDF says about itself, best first; empty if it cannot be read.

    Raises OSError if the file or the disk cannot be used.
    """
    return _understood(PDF, "", file)


def read_link(link: str) -> list[Facts]:
    """What stands at a web address, or what is registered for a DOI. Raises NoAnswerError."""
    doi = doi_of(link)
    address = f"https://doi.org/{quote(doi, safe='/:;()._-')}" if doi else link
    answer = _fetched(address, accept=_CSL_JSON if doi else _READABLE)
    if doi and "json" in answer.content_type:
        return read_csl(answer.body)
    if answer.body.startswith(b"%PDF-"):
        whole = _fetched(answer.url, max_bytes=_MAX_PDF) if answer.truncated else answer
        return read_pdf(io.BytesIO(whole.body))
    if "html" in answer.content_type:
        return read_page(answer.body, answer.content_type)
    return []


def doi_of(link: str) -> str:
    """The DOI in what somebody typed, empty if it is none."""
    doi = normalise_doi(link)
    try:
        validate_doi(doi)
    except ValidationError:
        return ""
    return doi


def _fetched(address: str, *, accept: str = "", max_bytes: int = 1024 * 1024) -> Fetched:
    try:
        answer = fetch(address, accept=accept, max_bytes=max_bytes, deadline=_DEADLINE)
    except FetchError as error:
        raise NoAnswerError from error
    if answer.status != _OK:
        raise NoAnswerError
    return answer


def read_page(content: bytes, content_type: str) -> list[Facts]:
    """What a web page says about what it shows; empty if it cannot be read."""
    return _understood(PAGE, content_type, io.BytesIO(content))


def read_csl(content: bytes) -> list[Facts]:
    """What the register of DOIs answered; empty if it cannot be read."""
    return _understood(CSL, "", io.BytesIO(content))


def _understood(kind: str, content_type: str, file: IO[bytes]) -> list[Facts]:
    limits = Limits()
    arguments = (kind, content_type[:200], json.dumps(asdict(limits)))
    finished = confined.run(_PROGRAM, *arguments, file=file, bounds=limits)
    if finished.status != 0:
        # A broken or hostile file, not our fault: the person types instead.
        logger.info("No metadata from a %s: %s %s", kind, finished.status, finished.complaint)
        return []
    return [from_json(row) for row in json.loads(finished.output)]
