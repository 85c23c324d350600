"""What stands in the address of an Elasticsearch cluster."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DEFAULT_PORT = 9200
MOST_SHARDS = 100
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]*")
_HOW = (
    "NEXSM_SEARCH_URL: an Elasticsearch address is elasticsearch://HOST:PORT/PREFIX or "
    "elasticsearch://HOST:PORT,HOST:PORT/PREFIX?shards=N, the prefix in small letters."
)


@dataclass(frozen=True, slots=True)
class Address:
    """The nodes of a cluster, the name our indexes begin with, and into how many shards they are cut."""

    nodes: tuple[str, ...]
    prefix: str
    login: tuple[str, str] | None = None
    shards: int = 1


def read_address(url: str) -> Address:
    """Read ``elasticsearch[s]://[user:password@]host:port[,host:port…]/prefix[?shards=n]``.

    Raises ImproperlyConfigured if that is not what stands there.
    """
    parts = urlsplit(url)
    scheme = "https" if parts.scheme == "elasticsearchs" else "http"
    login, _at, hosts = parts.netloc.rpartition("@")
    user, _colon, password = login.partition(":")
    prefix = parts.path.strip("/")
    try:
        nodes = tuple(_node(scheme, host) for host in hosts.split(","))
        options: dict[str, Any] = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        shards = int(options.pop("shards", "1"))
    except ValueError as error:
        raise ImproperlyConfigured(_HOW) from error
    if not _PREFIX.fullmatch(prefix) or options or not 1 <= shards <= MOST_SHARDS:
        raise ImproperlyConfigured(_HOW)
    return Address(nodes, prefix, (unquote(user), unquote(password)) if user else None, shards)


def _node(scheme: str, host: str) -> str:
    parts = urlsplit(f"//{host.strip()}")
    if not parts.hostname:
        raise ValueError(host)
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{scheme}://{name}:{parts.port or DEFAULT_PORT}"
