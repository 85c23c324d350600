"""The public API: read only, for everybody, kept stable."""

from search.api.app import api

__all__ = ["api"]
