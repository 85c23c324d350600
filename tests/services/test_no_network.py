import socket
import urllib.request

import pytest
import pytest_socket


def test_a_test_cannot_reach_another_machine():
    # 192.0.2.1 is reserved for documentation (RFC 5737): nobody answers there.
    with (
        socket.socket() as probe,
        pytest.warns(UserWarning, match=r"192\.0\.2\.1"),
        pytest.raises(pytest_socket.SocketConnectBlockedError),
    ):
        probe.connect(("192.0.2.1", 80))


def test_a_library_cannot_either():
    with (
        pytest.warns(UserWarning, match=r"192\.0\.2\.1"),
        pytest.raises(pytest_socket.SocketConnectBlockedError),
    ):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)


def test_this_machine_is_reachable():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        accepted, _ = server.accept()
        with accepted:
            accepted.sendall(b"here")
        assert client.recv(4) == b"here"
