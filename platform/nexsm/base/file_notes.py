"""What visitors should know of a file before they fetch it. A room above the floor knows and registers here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nexsm.base.media import quarantine

# Primary keys of documents → a sentence for those of which there is something to say.
Provider = Callable[[Sequence[int]], Mapping[int, str]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Set the function that knows; the last one registered counts."""
    _providers[:] = [provider]


def file_notes(documents: Sequence[int]) -> dict[int, str]:
    """Document → a sentence in the active language. At most two queries for all of them."""
    if not documents:
        return {}
    known = {key: note for provider in _providers for key, note in provider(documents).items()}
    return known | quarantine.notes(documents)
