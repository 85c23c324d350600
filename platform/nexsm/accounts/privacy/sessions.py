"""Ends what somebody has begun in browsers."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from nexsm.accounts.models import User
from nexsm.accounts.privacy.traces import words_pattern


def end_sessions(user: User, addresses: Iterable[str]) -> None:
    """Delete sessions of this person, also of half a sign-in: they hold the address, not the user."""
    mentioned = words_pattern(addresses)
    for session in Session.objects.iterator(chunk_size=500):
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk) or mentioned.search(str(data)):
            session.delete()
