"""Brings the demo content into the database: facts stay, examples can be taken away again."""

from .run import LoadResult, load, remove_examples

__all__ = ["LoadResult", "load", "remove_examples"]
