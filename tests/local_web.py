"""A web server of a test on this machine, and how far a request must reach to meet it."""

import contextlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from nexsm.base.fetching import Reach


class LocalWeb:
    """Answers with what ``routes`` holds for a path, and remembers every request it got.

    A route is a function of the handler, or a tuple (status, headers, body).
    """

    def __init__(self, host="127.0.0.1"):
        self.hits = []
        self.routes = {}
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                web.hits.append((self.command, self.path, dict(self.headers)))
                route = web.routes.get(self.path, (404, {}, b""))
                with contextlib.suppress(OSError):  # the other side has had enough
                    route(self) if callable(route) else web.send(self, *route)

            def do_HEAD(self):
                self.do_GET()

            def log_message(self, *args):
                pass

        class Server(ThreadingHTTPServer):
            address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        self.server = Server((host, 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://{'[::1]' if ':' in host else host}:{self.port}"
        self.reach = Reach(ports=frozenset({self.port}), loopback=True)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    @staticmethod
    def send(handler, status, headers, body):
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
