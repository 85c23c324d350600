"""What somebody typed into a form that could not be taken, offered to be sent once more.

A session that ended, a token that is old, too many tries, a database that is away: none of these
may cost what a person typed. The server keeps nothing for it: the answer itself holds the fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

# What is never written into a page again: passwords, codes, keys, and the old token.
_SECRET = re.compile(r"passw|^code$|credential|secret|csrfmiddlewaretoken", re.IGNORECASE)
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@dataclass(frozen=True)
class KeptForm:
    """A posted form: where it goes, its fields in order, and names of files to be chosen again.

    ``files``: (name of the field, name of the file). ``left_out``: whether a password or a code
    was typed, which is not kept.
    """

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...] = ()
    left_out: bool = False

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What the person can read before she sends it: fields with a value."""
        return [(name, value) for name, value in self.fields if value.strip()]

    @property
    def size(self) -> int:
        """Characters of all fields."""
        return sum(len(name) + len(value) for name, value in self.fields)

    def as_data(self) -> dict[str, Any]:
        """Plain data, for a session."""
        return {"action": self.action, "fields": self.fields, "files": self.files}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> KeptForm:
        """The form again. Raises KeyError and TypeError for other data."""
        return cls(
            data["action"],
            tuple((name, value) for name, value in data["fields"]),
            tuple((field, name) for field, name in data["files"]),
        )


def kept_form(request: HttpRequest) -> KeptForm | None:
    """Return what was posted. None: nothing was, or it did not come from a page of this site.

    A form of another site must not get a page of ours that asks to confirm its content. Never
    raises: it is called while other things go wrong.
    """
    if request.method != "POST" or not is_from_here(request):
        return None
    try:
        posted, uploaded = request.POST, request.FILES
    except (OSError, UnreadablePostError, MultiPartParserError, SuspiciousOperation):
        return None
    names = [name for name in posted if name != _TOKEN]
    fields = tuple(
        (name, value)
        for name in names
        if not _SECRET.search(name)
        for value in posted.getlist(name)
    )
    files = tuple((name, file.name or "") for name in uploaded for file in uploaded.getlist(name))
    if not fields and not files:
        return None
    left_out = any(_SECRET.search(name) for name in names)
    return KeptForm(request.get_full_path(), fields, files, left_out)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request. Silence counts as no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(source)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
