"""What the page of an item says of a file the search could not read."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from search.models import FileText, TextState

# Of files that have no text by their nature (sound, pictures, tables) there is nothing to say.
_NOTES = {
    TextState.EMPTY: _("The search cannot read this file: it has no text, perhaps it is a scan."),
    TextState.ENCRYPTED: _("The search cannot read this file: it is protected by a password."),
    TextState.DAMAGED: _("The search cannot read this file: it may be damaged."),
    TextState.TOO_BIG: _("The search cannot read this file: it is too big."),
    TextState.TIMED_OUT: _("The search cannot read this file: it would take too long."),
}
_CUT = _("The search knows only the beginning of this file.")


def notes(documents: Sequence[int]) -> dict[int, str]:
    """Document → a sentence in plain words, for those that cannot be found by all of their text."""
    rows = FileText.objects.filter(document__in=documents)
    found = {}
    for document, state, is_cut in rows.values_list("document", "state", "is_cut"):
        note = _NOTES.get(TextState(state)) or (_CUT if is_cut else "")
        if note:
            found[document] = str(note)
    return found
