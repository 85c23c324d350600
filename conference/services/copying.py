"""The next edition: a copy of a conference with its dates moved and without what belongs to this one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction

from conference.enums import OccurrenceStatus
from conference.models import ConferencePage, SessionPage
from conference.models.programme import TimedRow

# What was said of this edition only. Funders and consent to show an address are never assumed.
_NOT_AGAIN = [
    "import_id",
    "hashtag",
    "acronym",
    "state",
    "website",
    "registration_url",
    "registration_text",
    "results",
    "social_image",
    "documentation",
    "resource_links",
    "funders",
    "search_description",
]
_PEOPLE = ["participations", "people_as_shown", "contacts"]


class _NextEdition(CopyPageAction):
    """Wagtail's copy of a page, without other rows and with other times."""

    def __init__(
        self, *args: Any, days: int, zone: ZoneInfo, left_out: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.process_child_object = self._next
        self.days, self.zone, self.left_out = days, zone, left_out

    def _copy_page(self, page: Any, *args: Any, **kwargs: Any) -> Any:
        given = kwargs.pop("exclude_fields", None) or []
        kwargs["exclude_fields"] = [*given, *self.left_out]
        return super()._copy_page(page, *args, **kwargs)

    def _next(self, _source: Any, _copy: Any, _relation: Any, row: Any) -> None:
        """Change a copied row before it is saved."""
        if isinstance(row, TimedRow):
            row.start = moved(row.start, self.days, self.zone)
            row.end = moved(row.end, self.days, self.zone)
        if hasattr(row, "status"):
            row.status = OccurrenceStatus.CONFIRMED
        for name, value in (("results", ""), ("people", []), ("people_as_shown", "")):
            if hasattr(row, name) and (name == "results" or "participations" in self.left_out):
                setattr(row, name, value)
        if hasattr(row, "show_email"):
            row.show_email = False


@transaction.atomic
def copy_conference(
    *,
    source: ConferencePage,
    title: str,
    slug: str,
    date_start: date,
    with_people: bool,
    by: AbstractBaseUser,
) -> ConferencePage:
    """Copy a conference with its sessions as drafts of the next edition, and return the new page.

    What is public is copied, not drafts of it. Days keep their distance, clocks their hour; rows get
    new identities, rounds stay linked. Documentation, results and consents are left out, people come
    along only if asked for. Raises Wagtail's CopyPagePermissionError for who may not add pages there.
    """
    days = (date_start - source.date_start).days if source.date_start else 0
    last = source.date_end + timedelta(days=days) if source.date_end and source.date_start else None
    action = _NextEdition(
        page=source,
        recursive=False,
        copy_revisions=False,
        keep_live=False,
        user=by,
        update_attrs={"title": title, "slug": slug, "date_start": date_start, "date_end": last},
        days=days,
        zone=source.zone,
        left_out=_NOT_AGAIN + ([] if with_people else _PEOPLE),
    )
    copy: ConferencePage = action.execute()
    for session in SessionPage.objects.child_of(source).filter(alias_of=None).order_by("path"):
        _NextEdition(
            page=session,
            to=copy,
            recursive=False,
            copy_revisions=False,
            keep_live=False,
            user=by,
            days=days,
            zone=source.zone,
            left_out=action.left_out,
        ).execute(skip_permission_checks=True)
    return copy


def moved(moment: datetime | None, days: int, zone: ZoneInfo) -> datetime | None:
    """The same hour on the clock of the zone, so many days later; summer time may begin between."""
    if moment is None:
        return None
    local = moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=zone)
