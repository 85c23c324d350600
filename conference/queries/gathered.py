"""What is left of a conference: documentation and results of all its sessions in one list."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from conference.enums import Availability
from conference.models import SessionDocumentation, SessionPage
from conference.queries.entries import Programme, SessionShown


@dataclass(frozen=True)
class DocumentedSession:
    """A session of which something is left."""

    session: SessionShown
    rows: tuple[SessionDocumentation, ...]
    has_results: bool


def documented_sessions(programme: Programme) -> list[DocumentedSession]:
    """Return the sessions with public documentation or with results, in programme order.

    What does not exist is left out here; the session's own page says so. A repeated session comes
    once. Two queries, whatever the number of sessions.
    """
    sessions: dict[uuid.UUID, SessionShown] = {
        entry.session.id: entry.session for entry in programme.occurrences()
    }
    sessions |= {session.id: session for session in programme.unscheduled}
    pages = [session.page_id for session in sessions.values()]
    rows: dict[int, list[SessionDocumentation]] = defaultdict(list)
    found = SessionDocumentation.objects.filter(Q(document__isnull=False) | ~Q(url=""))
    for row in (
        found.filter(session_id__in=pages, is_public=True, availability=Availability.AVAILABLE)
        .select_related("document", "language")
        .order_by("session_id", "sort_order", "pk")
    ):
        rows[row.session_id].append(row)
    with_results = set(
        SessionPage.objects.filter(pk__in=pages).exclude(results="").values_list("pk", flat=True)
    )
    return [
        DocumentedSession(
            session, tuple(rows[session.page_id]), has_results=session.page_id in with_results
        )
        for session in sessions.values()
        if rows[session.page_id] or session.page_id in with_results
    ]
