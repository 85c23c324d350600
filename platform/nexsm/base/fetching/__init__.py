"""Ask other servers for something, without being led into our own network.

Whoever may type an address (a link pasted, a link checked) could make the site ask its own machine or its
neighbours. So everything the site asks of others goes through ``fetch``.
"""

from .addresses import is_public
from .asking import FAILURES, OUTSIDE, FetchError, FetchFailedError, FetchRefusedError, Reach
from .fetch import Fetched, fetch

__all__ = [
    "FAILURES",
    "OUTSIDE",
    "FetchError",
    "FetchFailedError",
    "FetchRefusedError",
    "Fetched",
    "Reach",
    "fetch",
    "is_public",
]
