"""What the site fetches from elsewhere: never from its own network, never without an end."""

import gzip
import socket
import time
import tracemalloc

import pytest

from nexsm.base import fetching
from nexsm.base.fetching import FetchFailedError, FetchRefusedError, Reach, fetch, is_public
from tests.local_web import LocalWeb

# {p} is the port of the canary. It is allowed here, so that only the address stands between.
PRIVATE_URLS = [
    "http://127.0.0.1:{p}/",
    "http://127.0.0.1:{p}",
    "http://127.1:{p}/",
    "http://127.0.1:{p}/",
    "http://2130706433:{p}/",
    "http://0x7f000001:{p}/",
    "http://0x7f.0.0.1:{p}/",
    "http://0x7f.1:{p}/",
    "http://0177.0.0.1:{p}/",
    "http://0177.0.0.01:{p}/",
    "http://017700000001:{p}/",
    "http://127.0.0.1.:{p}/",
    "http://127.127.127.127:{p}/",
    "http://0.0.0.0:{p}/",
    "http://0:{p}/",
    "http://localhost:{p}/",
    "http://LOCALHOST:{p}/",
    "http://localhost.:{p}/",
    "http://[::1]:{p}/",
    "http://[::]:{p}/",
    "http://[0:0:0:0:0:0:0:1]:{p}/",
    "http://[0000::1]:{p}/",
    "http://[::ffff:127.0.0.1]:{p}/",
    "http://[::ffff:7f00:1]:{p}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{p}/",
    "http://[::127.0.0.1]:{p}/",
    "http://[::ffff:0:127.0.0.1]:{p}/",
    "http://[64:ff9b::127.0.0.1]:{p}/",
    "http://[64:ff9b:1::7f00:1]:{p}/",
    "http://[2002:7f00:1::]:{p}/",
    "http://[2001:0:7f00:1::]:{p}/",
    "http://[fe80::1]:{p}/",
    "http://[fe80::1%25lo]:{p}/",
    "http://[fe80::1%lo]:{p}/",
    "http://[::1%lo]:{p}/",
    "http://[fc00::1]:{p}/",
    "http://[fd00:ec2::254]:{p}/latest/meta-data/",
    "http://[fec0::1]:{p}/",
    "http://[ff02::1]:{p}/",
    "http://169.254.169.254:{p}/latest/meta-data/",
    "http://2852039166:{p}/latest/meta-data/",
    "http://0xa9fea9fe:{p}/",
    "http://[::ffff:169.254.169.254]:{p}/",
    "http://100.100.100.200:{p}/latest/meta-data/",
    "http://168.63.129.16:{p}/metadata/",
    "http://192.0.0.192:{p}/opc/",
    "http://10.0.0.1:{p}/",
    "http://172.16.0.1:{p}/",
    "http://192.168.1.1:{p}/",
    "http://100.64.0.1:{p}/",
    "http://198.18.0.1:{p}/",
    "http://224.0.0.1:{p}/",
    "http://240.0.0.1:{p}/",
    "http://255.255.255.255:{p}/",
    "http://192.88.99.1:{p}/",
    "http://user@127.0.0.1:{p}/",
    "http://user:secret@127.0.0.1:{p}/",
    "http://example.org@127.0.0.1:{p}/",
    "http://example.org:80@127.0.0.1:{p}/",
    "http://127.0.0.1:{p}\\@example.org/",
    "http://example.org\\@127.0.0.1:{p}/",
    "http://example.org#@127.0.0.1:{p}/",
    "http://127。0。0。1:{p}/",
    "http://127．0．0．1:{p}/",
    "http://①②⑦.⓪.⓪.①:{p}/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{p}/",
    "http://１２７.０.０.１:{p}/",
    "http://①27.0.0.1:{p}/",
    "http://127.0.0.1:{p}/?url=http://example.org/",
    "http:127.0.0.1:{p}/",
    "http:///127.0.0.1:{p}/",
    "//127.0.0.1:{p}/",
    "http://127.0.0.1:{p}\t/",
    "http://127.0.0.1:{p}/\r\nHost: example.org",
    "http://%31%32%37.0.0.1:{p}/",
    "http://inside.test:{p}/",
    "http://six.inside.test:{p}/",
    "http://mapped.inside.test:{p}/",
    "http://metadata.test:{p}/latest/",
    "http://mixed.test:{p}/",
    "https://127.0.0.1:{p}/",
    "https://[::1]:{p}/",
    "ftp://127.0.0.1:{p}/",
    "gopher://127.0.0.1:{p}/_GET",
    "file:///etc/passwd",
    "dict://127.0.0.1:{p}/",
    "data:text/plain,x",
    "javascript:alert(1)",
    "127.0.0.1:{p}",
    "",
]
NAMES = {
    "inside.test": ["127.0.0.1"],
    "six.inside.test": ["::1"],
    "mapped.inside.test": ["::ffff:127.0.0.1"],
    "metadata.test": ["169.254.169.254"],
    "mixed.test": ["127.0.0.1", "93.184.216.34"],
}


@pytest.fixture
def web():
    with LocalWeb() as web:
        yield web


@pytest.fixture
def resolver(monkeypatch):
    """Names of the tests, each look-up noted; a list of lists gives another answer each time."""
    real, lookups, names = socket.getaddrinfo, [], {name: [ips] for name, ips in NAMES.items()}

    def getaddrinfo(host, port, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name.endswith(".test"):
            lookups.append(name)
            if name not in names:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            answers = names[name]
            found = answers.pop(0) if len(answers) > 1 else answers[0]
            return [entry for ip in found for entry in real(ip, port, *args, **kwargs)]
        if name == "example.org":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return type("Resolver", (), {"lookups": lookups, "names": names})


def test_no_address_of_the_own_network_is_ever_asked(resolver):
    with LocalWeb() as canary, LocalWeb("::1") as canary_six:
        assert len(PRIVATE_URLS) >= 58
        for port in (canary.port, canary_six.port):
            reach = Reach(ports=frozenset({port}))
            for pattern in PRIVATE_URLS:
                url = pattern.replace("{p}", str(port))
                with pytest.raises(fetching.FetchError):
                    fetch(url, reach=reach, deadline=5)
        assert canary.hits == canary_six.hits == []


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "http://metadata.test/",
        "http://93.184.216.34:22/",
        "http://93.184.216.34:8080/",
        "https://93.184.216.34:8443/",
        "http://me:secret@93.184.216.34/",
        "http://93.184.216.34/" + "a" * 5000,
    ],
)
def test_what_the_site_does_not_ask_is_refused_and_not_merely_unreachable(resolver, url):
    with pytest.raises(FetchRefusedError):
        fetch(url)


def test_a_name_is_looked_up_once_and_the_address_found_is_the_one_asked(resolver, monkeypatch):
    asked = []

    def connect(address, *args, **kwargs):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    resolver.names["rebinding.test"] = [["93.184.216.34"], ["127.0.0.1"]]

    with pytest.raises(FetchFailedError):
        fetch("http://rebinding.test/")

    assert asked == [("93.184.216.34", 80)]
    assert resolver.lookups == ["rebinding.test"]


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "//169.254.169.254/latest/", "http://127.0.0.2:{p}/", "file:///etc/passwd",
     "http://inside.test:{p}/secret", "http://me:secret@127.0.0.1:{p}/", "http://127.0.0.1:22/"],
)  # fmt: skip
def test_a_redirect_is_judged_like_the_first_address(web, resolver, target):
    resolver.names["inside.test"] = [["10.0.0.1"]]
    web.routes["/"] = (302, {"Location": target.replace("{p}", str(web.port))}, b"")

    with pytest.raises(FetchRefusedError):
        fetch(f"{web.url}/", reach=web.reach)

    assert [path for _, path, _ in web.hits] == ["/"]


def test_three_redirects_are_followed_and_a_loop_is_not(web):
    for step in (1, 2, 3):
        web.routes[f"/{step}"] = (301, {"Location": f"/{step + 1}"}, b"moved")
    web.routes["/4"] = (200, {"Content-Type": "text/plain; charset=utf-8"}, b"here")
    web.routes["/loop"] = (302, {"Location": "/loop"}, b"")

    fetched = fetch(f"{web.url}/1", reach=web.reach)
    assert (fetched.url, fetched.status) == (f"{web.url}/4", 200)
    assert (fetched.body, fetched.content_type) == (b"here", "text/plain; charset=utf-8")
    web.hits.clear()
    with pytest.raises(FetchFailedError) as failure:
        fetch(f"{web.url}/loop", reach=web.reach)
    assert failure.value.reason == "too_many_redirects"
    assert len(web.hits) == 4


def test_neither_cookies_nor_proxies_nor_passwords_go_along(web, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.routes["/"] = (302, {"Location": "/next", "Set-Cookie": "a=b; Path=/"}, b"")
    web.routes["/next"] = (200, {}, b"")

    fetch(f"{web.url}/", reach=web.reach, accept="text/html")

    headers = web.hits[-1][2]
    assert headers["User-Agent"].startswith("NexSM (+http")
    assert headers["Accept"] == "text/html"
    assert not {"Cookie", "Authorization"} & set(headers)


def test_an_answer_that_drips_is_ended_by_the_deadline(web):
    def headers(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(200):
            handler.wfile.write(b"X")
            time.sleep(0.05)

    def body(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"X")
            time.sleep(0.05)

    web.routes |= {"/headers": headers, "/body": body}
    for path in ("/headers", "/body"):
        with pytest.raises(FetchFailedError) as failure:
            fetch(web.url + path, reach=web.reach, deadline=0.5)
        assert failure.value.reason == "timeout"


def test_a_look_up_that_hangs_is_ended_by_the_deadline(monkeypatch):
    def hang(*args, **kwargs):
        time.sleep(2)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with pytest.raises(FetchFailedError) as failure:
        fetch("http://slow.example/", deadline=0.2)
    assert failure.value.reason == "timeout"


def test_of_an_endless_body_the_beginning_is_read(web):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    web.routes["/"] = endless
    fetched = fetch(f"{web.url}/", reach=web.reach, max_bytes=100_000)
    assert fetched.truncated
    assert fetched.body == b"x" * 100_000


@pytest.mark.parametrize("status", [200, 302])
def test_a_bomb_is_not_unpacked_beyond_the_limit(web, status):
    bomb = gzip.compress(b"\0" * 200_000_000)
    web.routes["/"] = (status, {"Content-Encoding": "gzip", "Location": "/small"}, bomb)
    web.routes["/small"] = (200, {}, b"small")

    tracemalloc.start()
    fetched = fetch(f"{web.url}/", reach=web.reach, max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8_000_000
    assert (len(fetched.body), fetched.truncated) == (
        (1_000_000, True) if status == 200 else (5, False)
    )


@pytest.mark.parametrize("kind", ["line", "many", "continue", "chunk"])
def test_headers_without_end_are_not_read_to_the_end(web, kind):
    def huge(handler):
        start = b"HTTP/1.1 200 OK\r\n"
        if kind == "line":
            handler.wfile.write(start + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n")
        elif kind == "many":
            handler.wfile.write(
                start + b"X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 5000 + b"\r\n"
            )
        elif kind == "continue":
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 50_000)
        else:
            handler.wfile.write(start + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 1_000_000)

    web.routes["/"] = huge
    with pytest.raises(FetchFailedError):
        fetch(f"{web.url}/", reach=web.reach)


def test_a_failure_says_why(web, resolver):
    with pytest.raises(FetchFailedError) as failure:
        fetch("http://nobody.test/")
    assert failure.value.reason == "unknown_host"
    with pytest.raises(FetchFailedError) as failure:
        fetch("http://example.org/")
    assert failure.value.reason == "unreachable"
    web.server.server_close()
    with pytest.raises(FetchFailedError) as failure:
        fetch(f"{web.url}/", reach=web.reach)
    assert failure.value.reason == "unreachable"


def test_a_status_that_is_an_error_is_an_answer_and_a_head_has_no_body(web):
    web.routes["/"] = (410, {"ETag": '"one"'}, b"gone")
    fetched = fetch(f"{web.url}/", reach=web.reach, method="HEAD", etag='"zero"')
    assert (fetched.status, fetched.body, fetched.etag) == (410, b"", '"one"')
    assert web.hits[0][2]["If-None-Match"] == '"zero"'
    with pytest.raises(ValueError):
        fetch(f"{web.url}/", reach=web.reach, method="POST")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_public_internet_is_public(address):
    assert is_public(address)
    assert not is_public("no address")


def test_only_tests_reach_further():
    from tests.house import project

    for path in project.files("*.py", *project.ROOMS):
        if "fetching" not in path.parts:
            assert "reach=" not in path.read_text(encoding="utf-8"), project.name(path)


@pytest.mark.parametrize("target", ["http://[bad", "//[", "http://[::1"])
def test_a_redirect_that_is_no_address_is_no_answer(web, target):
    web.routes["/"] = (302, {"Location": target}, b"")
    with pytest.raises(FetchFailedError) as failure:
        fetch(f"{web.url}/", reach=web.reach)
    assert failure.value.reason == "garbled"


def test_headers_hold_nothing_a_program_or_a_database_refuses(web):
    web.routes["/"] = (200, {"Content-Type": "text/\0html\x07", "ETag": '"a\0b"'}, b"x")
    fetched = fetch(f"{web.url}/", reach=web.reach)
    assert (fetched.content_type, fetched.etag) == ("text/html", '"ab"')
