"""What the home page shows of this room."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from conference.queries import conference_card, next_or_last_conference


def home_content(request: HttpRequest) -> dict[str, Any]:
    """The next conference, else the last one."""
    conference = next_or_last_conference(getattr(request, "user", None))
    if conference is None:
        return {"conference": None, "conference_is_upcoming": False}
    last_day = conference.last_day
    return {
        "conference": conference_card(conference),
        "conference_is_upcoming": last_day is not None and last_day >= timezone.localdate(),
    }
