"""A door in front of a server: open, shut (nobody listens), or stuck (it accepts and never answers)."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Self

_PIECE = 65_536


class Gate:
    """Passes on what is sent to a port of its own, while it is open. ``asked`` counts calls in vain."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.asked = 0
        self._target = target
        self._passing = threading.Event()
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.shut()
        for thread in self._threads:
            thread.join()

    def open(self) -> None:
        """Let everything pass, also what has waited."""
        self._passing.set()
        if self._listener.fileno() < 0:
            self._listener = socket.create_server(("127.0.0.1", self.port))
        self._begin(self._accept, self._listener)

    def stick(self) -> None:
        """Accept, listen, and keep everything: the server hangs."""
        self._passing.clear()

    def shut(self) -> None:
        """Break every connection and refuse new ones: the server is gone."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes up who waits in accept()
        self._listener.close()
        self._passing.set()
        for one in list(self._sockets):
            _break(one)

    def _begin(self, what, *arguments) -> None:
        thread = threading.Thread(target=what, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                caller, _address = listener.accept()
            except OSError:
                return
            self._begin(self._serve, caller)

    def _serve(self, caller: socket.socket) -> None:
        with caller, socket.create_connection(self._target) as server:
            self._sockets |= {caller, server}
            answers = threading.Thread(target=self._pass_on, args=(server, caller), daemon=True)
            answers.start()
            self._pass_on(caller, server)
            answers.join()
            self._sockets -= {caller, server}

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                if not self._passing.is_set():
                    self.asked += 1
                    self._passing.wait()
                target.sendall(piece)
        _break(source)
        _break(target)


def _break(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
