import http.server
import threading

import pytest

pytestmark = pytest.mark.e2e

PAGE = """<!doctype html><html lang="de"><title>Probe</title><h1>مرحبا</h1>
<img src="http://elsewhere.example.org/pixel.png" alt=""></html>"""


class OnePage(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *args):
        """Keep the test output clean."""


@pytest.fixture
def address():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_browser_opens_a_page_from_here(page, address):
    assert page.goto(address).status == 200
    assert page.title() == "Probe"
    assert page.get_by_role("heading").inner_text() == "مرحبا"


def test_the_browser_reaches_nothing_else(page, address):
    failed = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    page.goto(address, wait_until="load")
    assert failed == [("http://elsewhere.example.org/pixel.png", "net::ERR_NAME_NOT_RESOLVED")]
