"""What stays of a session or a conference, as pages show it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeAlias

from conference.enums import Availability, DocumentationKind
from conference.models import (
    ConferenceDocumentation,
    ConferencePage,
    SessionDocumentation,
    SessionPage,
)
from nexsm.base.models import Document
from nexsm.base.players import Player, player_for

Row: TypeAlias = ConferenceDocumentation | SessionDocumentation

# What is played, and what belongs beside it.
_PLAYED = (DocumentationKind.RECORDING, DocumentationKind.AUDIO)
_BESIDE = (DocumentationKind.TRANSCRIPT, DocumentationKind.CAPTIONS)
_MEDIA = {
    "mp4": "video", "m4v": "video", "webm": "video",
    "mp3": "audio", "m4a": "audio", "ogg": "audio", "oga": "audio",
}  # fmt: skip


@dataclass
class DocumentationShown:
    """One item. `row` is the model's row with its file, picture, language and licence."""

    row: Row
    href: str
    # A player of another site, for the address of a recording that is on the list.
    player: Player | None = None
    # "video" or "audio" where the file is ours and a browser plays it.
    media: str = ""
    # Transcripts and captions of a recording.
    beside: list[DocumentationShown] = field(default_factory=list)

    @property
    def document(self) -> Document | None:
        """The file, if there is one to be had."""
        return self.row.document if self.href else None

    @property
    def document_id(self) -> int | None:
        """Number of the file, by which notes about it are found."""
        return self.document.pk if self.document else None

    @property
    def extension(self) -> str:
        """Kind of file as people say it: PDF, PPTX."""
        name = self.document.filename if self.document else ""
        return PurePosixPath(name).suffix[1:].upper()

    @property
    def is_track(self) -> bool:
        """Whether a browser can show these captions in the film (WebVTT)."""
        return self.row.kind == DocumentationKind.CAPTIONS and self.extension == "VTT"

    @property
    def is_missing(self) -> bool:
        """Whether the editors say that there is none."""
        return self.row.availability == Availability.NONE

    @property
    def duration(self) -> str:
        """Length as a clock shows it: 48:05, 1:02:30."""
        seconds = self.row.duration_seconds
        if not seconds:
            return ""
        minutes, rest = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def documentation_of(page: ConferencePage | SessionPage) -> list[DocumentationShown]:
    """Return what visitors see, in the editors' order, transcripts and captions at their recording."""
    rows = page.documentation.select_related("document", "image", "language", "licence").all()
    # Rows with the same place stand as they were added, whatever the database prefers.
    ordered = sorted(rows, key=lambda row: (row.sort_order or 0, row.pk or math.inf))
    return _beside_recordings([_shown(row) for row in ordered if row.is_public])


def players_in(items: Iterable[DocumentationShown]) -> list[Player]:
    """Return the players of other sites that these items may show."""
    return [item.player for item in items if item.player is not None]


def _shown(row: Row) -> DocumentationShown:
    item = DocumentationShown(row=row, href=row.href)
    if item.document is not None:
        item.media = _MEDIA.get(item.extension.lower(), "")
    elif row.kind in _PLAYED and item.href:
        item.player = player_for(item.href)
    return item


def _beside_recordings(items: list[DocumentationShown]) -> list[DocumentationShown]:
    """Put transcripts and captions at the recording before them, else at the first one."""
    played = [item for item in items if item.row.kind in _PLAYED]
    if not played:
        return items
    current = played[0]
    shown: list[DocumentationShown] = []
    for item in items:
        if item.row.kind in _BESIDE:
            current.beside.append(item)
            continue
        if item.row.kind in _PLAYED:
            current = item
        shown.append(item)
    return shown
