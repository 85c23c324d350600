"""Mail: written into a queue with what it is about, sent afterwards."""

from .queueing import queue

__all__ = ["queue"]
