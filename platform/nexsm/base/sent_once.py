"""A form that is sent twice does its work once: a double press, "back" and press again, a slow line.

Every page that is shown has a CSRF token of its own (Django masks it anew each time). The same page with
the same words is therefore the same sending, and is answered as the first one was.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

# How long a page is known. Who sends the same words from a page opened anew means them.
KNOWN_SECONDS = 600
# A process that dies at work takes the first sending with it; then the second one counts.
LONGEST_WORK_SECONDS = 60
_LOOK_SECONDS = 0.1
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of Django's field
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class _Answer:
    """Where the first sending led, and what was said there: browsers drop what they did not wait for."""

    location: str
    said: tuple[tuple[int, str], ...]


def sent_once(view: View) -> View:
    """A view whose POST ends in a redirect when it has done something.

    The same page sent again is answered with the same redirect, and waits for it while the first one is
    still at work. What was not accepted (an error, a limit) is looked at again each time.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not request.POST.get(_TOKEN):
            return view(request, *args, **kwargs)
        key = _key(request)
        if first := _first_answer(key):
            for level, text in first.said:
                messages.add_message(request, level, text)
            return HttpResponseRedirect(first.location)
        response: HttpResponseBase | None = None
        try:
            response = view(request, *args, **kwargs)
        finally:
            if isinstance(response, HttpResponseRedirect):
                cache.set(key, _Answer(response.url, _said(request)), KNOWN_SECONDS)
            else:
                cache.delete(key)
        return response

    return wrapped


def _first_answer(key: str) -> _Answer | None:
    """The answer to the first sending. None if this is the first: it is noted as being at work.

    None as well when nothing can be noted, on a full disk for example: then the work itself shall say so.
    """
    latest = time.monotonic() + LONGEST_WORK_SECONDS
    while not cache.add(key, "", LONGEST_WORK_SECONDS) and time.monotonic() < latest:
        if answer := cache.get(key):
            known: _Answer = answer
            return known
        time.sleep(_LOOK_SECONDS)
    return None


def _key(request: HttpRequest) -> str:
    """A hash of everything that was sent: nothing of it can be read in the cache."""
    sent = [
        request.path,
        str(request.user.pk or ""),
        sorted((name, request.POST.getlist(name)) for name in request.POST),
        sorted(
            (name, str(one.name), one.size)
            for name in request.FILES
            for one in request.FILES.getlist(name)
        ),
    ]
    return f"sent:{hashlib.sha256(json.dumps(sent).encode()).hexdigest()}"


def _said(request: HttpRequest) -> tuple[tuple[int, str], ...]:
    # To read them in the public way would mark them as shown.
    storage: Any = messages.get_messages(request)
    queued = storage._queued_messages  # noqa: SLF001
    return tuple((one.level, str(one.message)) for one in queued)
