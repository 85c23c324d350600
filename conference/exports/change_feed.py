"""The changes of a programme as an Atom feed (RFC 4287)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format, time_format
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _

from conference.exports.texts import line
from conference.models import ConferencePage
from conference.queries import ChangeList, ChangeShown, absolute

MOST_ENTRIES = 100


class _Feed(Atom1Feed):
    """Django's feed says "updated now" while it is empty, which would be another feed each time."""

    def __init__(self, *args: Any, updated_at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.updated_at = updated_at

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.updated_at


def change_feed(
    conference: ConferencePage, changes: ChangeList, *, page_url: str, address: str, at: datetime
) -> bytes:
    """Return the feed. `page_url` is the list for people, `at` when the programme was published."""
    feed = _Feed(
        title=_("Changes: %(title)s") % {"title": line(conference.title)},
        link=absolute(page_url),
        description="",
        language=get_language(),
        author_name=settings.SITE_NAME,
        feed_url=address,
        feed_guid=f"urn:uuid:{uuid.uuid5(conference.public_id, 'changes')}",
        updated_at=changes.published_at or at,
    )
    for change in changes.changes()[:MOST_ENTRIES]:
        feed.add_item(
            title=_("%(what)s: %(title)s")
            % {"what": capfirst(change.label), "title": line(change.title)},
            link=absolute(change.url or page_url),
            # Atom readers take the summary for HTML.
            description=escape(change_words(change, conference.zone)),
            unique_id=f"urn:uuid:{change.id}",
            pubdate=change.at,
            updateddate=change.at,
        )
    text: str = feed.writeString("utf-8")
    return text.encode()


def change_words(change: ChangeShown, zone: ZoneInfo) -> str:
    """Old and new time and room on one line, in the conference's time zone."""
    parts = []
    if change.has_moved:
        old, new = _moment(change.old_start, zone), _moment(change.new_start, zone)
        parts.append(f"{old} → {new}")
    elif change.start:
        parts.append(_moment(change.start, zone))
    if change.has_other_end:
        old, new = _clock(change.old_end, zone), _clock(change.new_end, zone)
        parts.append(_("end: %(old)s → %(new)s") % {"old": old, "new": new})
    if change.has_other_room:
        names = {"old": line(change.old_room), "new": line(change.new_room)}
        none = _("not yet known")
        rooms = {name: text or none for name, text in names.items()}
        parts.append(_("room: %(old)s → %(new)s") % rooms)
    return "; ".join(parts)


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    if moment is None:
        return _("not yet known")
    local = moment.astimezone(zone)
    return f"{date_format(local, 'SHORT_DATE_FORMAT')} {time_format(local, 'H:i')}"


def _clock(moment: datetime | None, zone: ZoneInfo) -> str:
    return time_format(moment.astimezone(zone), "H:i") if moment else _("open")
