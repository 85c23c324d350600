"""The look for viruses, by clamd. Optional: without NEXSM_CLAMAV nothing is asked.

A file in which it finds something is refused. While clamd does not answer, files come in but stay
in quarantine: nobody gets them until it has looked (`scan_waiting`). Pictures are not sent to it:
they are written anew from their pixels, so nothing that was hidden in them is kept.
"""

from __future__ import annotations

import logging
import socket
import struct
import time
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.log_actions import get_active_log_context, log

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 2.0
# For all of a file: gunicorn ends a request after 30 seconds.
ANSWER_SECONDS = 15.0
_CHUNK = 64 * 1024
_MAX_ANSWER = 4096


class ScanState(models.TextChoices):
    """What is known of a stored file."""

    NONE = "", gettext_lazy("not looked for")
    CLEAN = "clean", gettext_lazy("nothing found")
    WAITING = "waiting", gettext_lazy("waits for the virus scanner")
    FOUND = "found", gettext_lazy("malware")


class ScannerDownError(Exception):
    """clamd does not answer, not in time, or not in its own words."""


class InfectedError(ValidationError):
    """Malware; ``signature`` is the scanner's name for it."""

    def __init__(self, signature: str) -> None:
        super().__init__(
            _("A virus scanner found something harmful in this file. It was not saved."),
            code="malware",
        )
        self.signature = signature


def is_configured() -> bool:
    """Whether there is a scanner to ask."""
    return bool(settings.CLAMAV)


def _connect() -> socket.socket:
    address = settings.CLAMAV
    if "/" in address:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(address)
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)


def _answer(connection: socket.socket, deadline: float) -> str:
    """Read up to the NUL that ends an answer."""
    answer = b""
    while not answer.endswith(b"\0"):
        connection.settimeout(max(0.01, deadline - time.monotonic()))
        part = connection.recv(_MAX_ANSWER)
        answer += part
        if not part or len(answer) > _MAX_ANSWER:
            break
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _ask(command: bytes, file: IO[bytes] | None = None) -> str:
    """One command, after it the file in pieces with their lengths. clamd(8), INSTREAM."""
    deadline = time.monotonic() + ANSWER_SECONDS
    try:
        with _connect() as connection:
            connection.sendall(b"z" + command + b"\0")
            while file is not None and (chunk := file.read(_CHUNK)):
                connection.settimeout(max(0.01, deadline - time.monotonic()))
                connection.sendall(struct.pack(">I", len(chunk)) + chunk)
            if file is not None:
                connection.sendall(struct.pack(">I", 0))
            return _answer(connection, deadline)
    except (OSError, ValueError) as error:  # ValueError: no port in the setting
        raise ScannerDownError(str(error)) from error


def scan(file: IO[bytes]) -> str:
    """Return the name of what was found in the file, or nothing. Raises ScannerDownError."""
    file.seek(0)
    answer = _ask(b"INSTREAM", file)
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:200]
    # For example "INSTREAM size limit exceeded. ERROR": clamd's StreamMaxLength is below ours.
    raise ScannerDownError(answer[:200] or "no answer")


def scan_upload(file: IO[bytes], name: str) -> ScanState:
    """Look through a file that comes in, and note what is refused. Raises InfectedError."""
    if not is_configured():
        return ScanState.NONE
    try:
        signature = scan(file)
    except ScannerDownError as error:
        logger.warning("clamd cannot look through an upload, it waits: %s", error)
        return ScanState.WAITING
    if signature:
        note_malware(signature, name)
        raise InfectedError(signature)
    return ScanState.CLEAN


def note_malware(signature: str, name: str, instance: Any = None) -> None:
    """Write to the log that something was found: at the file, or at the person who sent it."""
    logger.warning("Malware %s in the file %r.", signature, name)
    about = instance or get_active_log_context().user
    if about is not None:
        log(about, "base.malware", data={"signature": signature, "file": name})


def probe() -> dict[str, Any]:
    """What /readyz says of the scanner. Its absence is a choice, so it is said and is ok."""
    if not is_configured():
        return {"ok": True, "state": "none"}
    try:
        is_up = _ask(b"PING") == "PONG"
    except ScannerDownError:
        is_up = False
    return {"ok": is_up, "state": "up" if is_up else "down"}
