"""One request with everything it may cost: redirects, time, bytes."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from urllib.parse import urljoin

import requests
from django.conf import settings
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.exceptions import HTTPError

from . import asking
from .asking import OUTSIDE, FetchFailedError, FetchRefusedError, Reach, checked
from .wire import Adapter, Guard

MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 16 * 1024
METHODS = {"GET", "HEAD"}


@dataclass(frozen=True)
class Fetched:
    """An answer: where it came from at last, its status, its type as the server wrote it, its text.

    ``truncated``: there was more than ``max_bytes``. ``etag``: for the next question about it.
    """

    url: str
    status: int
    content_type: str
    body: bytes
    truncated: bool = False
    etag: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def fetch(
    url: str,
    *,
    method: str = "GET",
    max_bytes: int = 1_048_576,
    deadline: float = 15.0,
    accept: str = "",
    etag: str = "",
    reach: Reach | None = None,
) -> Fetched:
    """Ask a server of the public internet (method GET or HEAD), whatever its status is.

    ``max_bytes`` counts after unpacking; of a longer body the beginning comes back, marked as truncated.
    ``deadline`` is in seconds and for all together: look-up, redirects, body. ``etag`` asks whether
    something changed (304). Neither cookies nor proxies of the environment are used. FetchRefusedError
    for an address the site does not ask, also in the middle of redirects; FetchFailedError when no usable
    answer comes. ``reach`` is for tests.
    """
    if method not in METHODS:
        raise ValueError(f"{method} is not for asking.")
    guard, answer = Guard(), Future[Fetched]()
    headers = {"User-Agent": f"NexSM (+{settings.BASE_URL})", "Accept": accept or "*/*"}
    if etag:
        headers["If-None-Match"] = etag
    request = _Request(
        method, headers, max_bytes, time.monotonic() + deadline, reach or OUTSIDE, guard
    )

    def work() -> None:
        try:
            answer.set_result(request.follow(url))
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that asked
            answer.set_exception(error)

    # A thread of its own, for a server that sends a byte a second, or a look-up that takes minutes, is not
    # stopped by the timeout of a socket. It ends when its connections are cut.
    threading.Thread(target=work, name="fetch", daemon=True).start()
    try:
        return answer.result(timeout=deadline)
    except TimeoutError as error:
        raise FetchFailedError(f"No answer within {deadline:g} seconds.", asking.TIMEOUT) from error
    finally:
        guard.end()


@dataclass(frozen=True)
class _Request:
    method: str
    headers: dict[str, str]
    max_bytes: int
    until: float
    reach: Reach
    guard: Guard

    def follow(self, url: str) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            response = self._ask(url)
            try:
                target = _target(response)
                if target is None:
                    return self._answer(response)
            finally:
                response.close()
            url = _joined(response.url, target)
        raise FetchFailedError("There are too many redirects.", asking.TOO_MANY_REDIRECTS)

    def _ask(self, url: str) -> requests.Response:
        """The head of one answer. No session: it keeps cookies, and reads the body of a redirect whole."""
        parts = checked(url, self.reach)
        left = max(0.1, self.until - time.monotonic())
        try:
            prepared = requests.Request(self.method, parts.url, headers=self.headers).prepare()
            checked(prepared.url or "", self.reach)
            adapter = Adapter(parts.scheme or "", self.reach, self.guard)
            return adapter.send(prepared, stream=True, timeout=left, proxies={})
        except (
            InvalidIPAddress,
            requests.exceptions.InvalidURL,
            requests.exceptions.InvalidSchema,
        ) as error:
            raise FetchRefusedError("This address is not in the public internet.") from error
        except (
            requests.RequestException,
            HTTPError,
            http.client.HTTPException,
            OSError,
            ValueError,
        ) as error:
            raise _failure(error) from error

    def _answer(self, response: requests.Response) -> Fetched:
        body = b""
        try:
            while len(body) <= self.max_bytes:
                part = response.raw.read(CHUNK, decode_content=True)
                if not part:
                    break
                body += part
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise _failure(error) from error
        return Fetched(
            url=response.url,
            status=response.status_code,
            content_type=_printable(response.headers.get("Content-Type", "")),
            body=body[: self.max_bytes],
            truncated=len(body) > self.max_bytes,
            etag=_printable(response.headers.get("ETag", "")),
            headers=response.headers,
        )


def _target(response: requests.Response) -> str | None:
    """Where a redirect leads. http.client reads headers as Latin-1; addresses are written in UTF-8."""
    location = response.headers.get("Location", "")
    if response.status_code not in REDIRECTS or not location:
        return None
    return location.encode("latin-1").decode("utf-8", errors="replace").strip().replace(" ", "%20")


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError as error:  # such as "http://[bad"
        raise FetchFailedError("The redirect leads nowhere.", asking.GARBLED) from error


def _printable(header: str) -> str:
    """A header as it can be handed to a program or to a database: NUL goes into neither."""
    return "".join(letter for letter in header if letter.isprintable())


def _failure(error: Exception) -> FetchFailedError:
    if isinstance(error.__cause__, socket.gaierror):
        # Only a definite "there is none" says something about the name: EAI_AGAIN is our own network.
        gone = error.__cause__.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)}
        reason = asking.UNKNOWN_HOST if gone else asking.UNREACHABLE
        return FetchFailedError("The name of the server is not known.", reason)
    if isinstance(error, requests.exceptions.SSLError):
        return FetchFailedError("The server has no valid certificate.", asking.TLS)
    if isinstance(error, (requests.exceptions.Timeout, TimeoutError)):
        return FetchFailedError("The server did not answer in time.", asking.TIMEOUT)
    if isinstance(error, (requests.exceptions.ConnectionError, OSError)):
        return FetchFailedError("The server cannot be reached.", asking.UNREACHABLE)
    return FetchFailedError("The answer cannot be read.", asking.GARBLED)
