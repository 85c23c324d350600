"""What may be asked: the form of an address, before any name is looked up."""

from __future__ import annotations

from dataclasses import dataclass

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

LONGEST = 4096
DEFAULT_PORTS = {"http": 80, "https": 443}

# Why a server gave no answer. A checker of links draws different conclusions from them.
UNKNOWN_HOST = "unknown_host"
TIMEOUT = "timeout"
TLS = "tls"
UNREACHABLE = "unreachable"
GARBLED = "garbled"
TOO_MANY_REDIRECTS = "too_many_redirects"
FAILURES = (UNKNOWN_HOST, TIMEOUT, TLS, UNREACHABLE, GARBLED, TOO_MANY_REDIRECTS)


class FetchError(Exception):
    """Nothing was fetched."""


class FetchRefusedError(FetchError):
    """The address is one the site does not ask: no web address, or not in the public internet."""


class FetchFailedError(FetchError):
    """The address may be asked, and nothing (or nothing usable) came. ``reason`` is one of FAILURES."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Reach:
    """How far a request may go. Only tests make another one than OUTSIDE; no setting does."""

    ports: frozenset[int] = frozenset({80, 443})
    loopback: bool = False


OUTSIDE = Reach()


def checked(url: str, reach: Reach) -> Url:
    """The parts of an address that may be asked; FetchRefusedError for every other.

    It is read by urllib3, which also opens the connection: two parsers that disagree are a way in.
    """
    if len(url) > LONGEST:
        raise FetchRefusedError("The address is too long.")
    if "\\" in url or any(ord(letter) < ord("!") or letter == "\x7f" for letter in url.strip()):
        raise FetchRefusedError("The address holds characters no web address has.")
    try:
        parts = parse_url(url.strip())
    except LocationParseError as error:
        raise FetchRefusedError("This is no web address.") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.host:
        raise FetchRefusedError("Only addresses with http:// or https:// are asked.")
    if parts.auth is not None:
        raise FetchRefusedError("An address with a name or password is not asked.")
    if (parts.port or DEFAULT_PORTS[parts.scheme]) not in reach.ports:
        raise FetchRefusedError("Only the usual ports of the web are asked.")
    return parts
