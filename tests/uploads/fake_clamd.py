"""A clamd that speaks the real words: one command a connection, ended by NUL, files by INSTREAM."""

import socket
import struct
import threading
from contextlib import contextmanager

# The harmless test file every scanner knows (https://www.eicar.org). Put together here, so that
# this file itself is not taken for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeClamd:
    """``mood``: honest, garbage, silent (hangs), limit (refuses the size), gone (hangs up)."""

    def __init__(self, family=socket.AF_INET, address=("127.0.0.1", 0)):
        self.mood = "honest"
        self.scanned = []
        self.listener = socket.socket(family, socket.SOCK_STREAM)
        self.listener.bind(address)
        self.listener.listen()
        self.end = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def setting(self):
        name = self.listener.getsockname()
        return name if isinstance(name, str) else f"127.0.0.1:{name[1]}"

    def _serve(self):
        while not self.end.is_set():
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(10)
                try:
                    self._talk(connection)
                except OSError:
                    continue  # the other side gave up, as it may

    def _talk(self, connection):
        reader = connection.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            command += reader.read(1)
        if command == b"zPING\0" and self.mood != "gone":
            connection.sendall(b"PONG\0")
            return
        if self.mood == "gone":
            return
        content = b""
        while length := struct.unpack(">I", reader.read(4))[0]:
            content += reader.read(length)
        self.scanned.append(content)
        if self.mood == "silent":
            self.end.wait(10)
        answers = {
            "garbage": b"\xff\xfe no clamd at all\0",
            "limit": b"INSTREAM size limit exceeded. ERROR\0",
            "honest": b"stream: Eicar-Test-Signature FOUND\0"
            if EICAR in content
            else b"stream: OK\0",
        }
        connection.sendall(answers.get(self.mood, b""))


@contextmanager
def running(**how):
    """A fake clamd that listens until the end of the block."""
    clamd = FakeClamd(**how)
    clamd.thread.start()
    try:
        yield clamd
    finally:
        clamd.end.set()
        clamd.listener.shutdown(socket.SHUT_RDWR)
        clamd.listener.close()
        clamd.thread.join(10)
