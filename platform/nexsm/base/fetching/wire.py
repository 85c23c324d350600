"""The connection: pinned to a checked address, ended by the deadline, with a limit for headers.

requests-hardened looks a name up once, refuses what is private and connects to that very address, so a
second look-up cannot lead elsewhere. What it leaves open is closed here: some more addresses, servers that
send a byte at a time, headers without end.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import socket
import threading
from typing import Any

from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from .addresses import is_public
from .asking import Reach

LONGEST_LINE = 16 * 1024
HEADER_BYTES = 64 * 1024


class Guard:
    """The open sockets of one request, so that another thread can end them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handles: list[socket.socket] = []
        self._over = False

    def watch(self, opened: socket.socket) -> None:
        """Remember a socket. TLS takes its number over, a second handle of it keeps working."""
        with self._lock:
            if self._over:
                opened.close()
                raise TimeoutError("The request is over.")
            self._handles.append(opened.dup())

    def end(self) -> None:
        """Cut every connection: whoever waits for a byte on one of them gets the end instead."""
        with self._lock:
            self._over = True
            handles, self._handles = self._handles, []
        for handle in handles:
            with contextlib.suppress(OSError):  # the other side was first
                handle.shutdown(socket.SHUT_RDWR)
            handle.close()


class _Lines:
    """A stream whose lines have a greatest length, and whose lines together have a greatest sum."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.left: int | None = HEADER_BYTES

    def readline(self, size: int = -1) -> bytes:
        """One line; HTTPException when it, or all of them, are too long."""
        line = self._stream.readline(LONGEST_LINE if size < 0 else min(size, LONGEST_LINE))
        if len(line) >= LONGEST_LINE:
            raise http.client.LineTooLong("header line")
        if self.left is not None:
            self.left -= len(line)
            if self.left < 0:
                raise http.client.HTTPException("The headers are too long.")
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Response(http.client.HTTPResponse):
    """An answer whose header lines are counted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fp: Any = _Lines(self.fp)

    def begin(self) -> None:
        lines = self.fp
        super().begin()
        lines.left = None  # what follows is the body, which has its own limit


class _Connection(HTTPConnection):
    response_class = _Response

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guard = guard

    def _new_conn(self) -> socket.socket:
        opened = super()._new_conn()
        self.guard.watch(opened)
        return opened


class _SafeConnection(_Connection, HTTPSConnection):
    """The same with TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection


class Adapter(IPFilterAdapter):
    """The adapter of requests for one request; ``reach`` and ``guard`` say how far and how long."""

    def __init__(self, scheme: str, reach: Reach, guard: Guard) -> None:
        self._reach = reach
        super().__init__(is_https_proto=scheme == "https", allow_loopback=reach.loopback)
        self.poolmanager.pool_classes_by_scheme = {
            "http": functools.partial(_Pool, guard=guard),
            "https": functools.partial(_SafePool, guard=guard),
        }

    def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> Any:
        """Where to connect: the address requests-hardened has looked up, if it is public for us too."""
        host, rest = super().build_connection_pool_key_attributes(*args, **kwargs)
        address = host["host"].strip("[]")
        if not (is_public(address) or (self._reach.loopback and address in {"127.0.0.1", "::1"})):
            raise InvalidIPAddress(address)
        return host, rest
