"""The conference itself as the file describes it."""

from __future__ import annotations

from datetime import date, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from conference.services.schedule_import.findings import Findings
from conference.services.schedule_import.meant import ConferenceMeant
from conference.services.schedule_import.moments import read_moment
from conference.services.schedule_import.raw import RawSchedule
from conference.services.schedule_import.texts import Texts, urlsplit_scheme
from conference.services.schedule_import.zones import Zone
from knowledge.slugs import slug_for

NOON = time(12)
# Names that are read, here or elsewhere, and names that say nothing we would keep.
_READ = {"title", "acronym", "subtitle", "venue", "city", "start", "end", "url", "base_url"}
_KNOWN = _READ | {"time_zone_name", "days", "daysCount", "timeslot_duration"}


def acronym_of(raw: RawSchedule) -> str:
    """The key of the conference: its acronym, else its title as an address."""
    text = raw.conference.get("acronym", "").strip() or raw.conference.get("title", "")
    return slug_for(text)[:40].strip("-")


def conference_facts(raw: RawSchedule, zone: Zone, findings: Findings) -> ConferenceMeant:
    """Read title, place, dates and website."""
    facts = raw.conference
    texts = Texts(_("conference"), findings)
    for name in facts.keys() - _KNOWN:
        findings.left_out[name] += 1
    acronym = acronym_of(raw)
    if not facts.get("acronym", "").strip():
        how = _("taken from the title: %(acronym)s") % {"acronym": acronym}
        findings.repaired(texts.place, _("no acronym"), how)
    title = texts.line(facts.get("title", ""), "title", 255)
    if not title:
        findings.repaired(texts.place, _("no title"), _("the acronym is taken"))
    first, last = _dates(raw, zone.zone, findings, texts.place)
    return ConferenceMeant(
        acronym=acronym,
        slug=_slug(facts, acronym),
        title=title or acronym,
        subtitle=texts.line(facts.get("subtitle", ""), "subtitle", 300),
        venue=texts.line(facts.get("venue", ""), "venue", 200),
        city=texts.line(facts.get("city", ""), "city", 100),
        website=_website(facts, texts),
        zone=zone.zone,
        zone_is_derived=zone.is_derived,
        date_start=first,
        date_end=last if last != first else None,
        day_change=day_change(raw),
    )


def day_change(raw: RawSchedule) -> time | None:
    """When a day ends, where days of the file end after midnight: 03:59 stands for 04:00."""
    ends = []
    for day in raw.days:
        first, end = read_moment(day.date), read_moment(day.end)
        if first and end and end.clock and end.day > first.day and end.clock < NOON:
            minute = end.clock.minute + (end.clock.minute % 30 == 29)  # noqa: PLR2004 - one before
            ends.append(time((end.clock.hour + minute // 60) % 24, minute % 60))
    return max(ends, default=None)


def _slug(facts: dict[str, str], acronym: str) -> str:
    """The page's address: the acronym; that of the file if it is an export of this site."""
    url = facts.get("base_url", "")
    if not url.startswith(settings.BASE_URL):
        return acronym
    return slug_for(urlsplit(url).path.strip("/").rsplit("/", 1)[-1])


def _website(facts: dict[str, str], texts: Texts) -> str:
    """The conference's own site; not the page here that our own exports name."""
    for name in ("url", "base_url"):
        url = facts.get(name, "")
        if url and urlsplit_scheme(url) and not url.startswith(settings.BASE_URL):
            return texts.address(url, "", name)
    return ""


def _dates(
    raw: RawSchedule, zone: ZoneInfo, findings: Findings, place: str
) -> tuple[date | None, date | None]:
    first, last = (_day(raw.conference.get(name, ""), zone) for name in ("start", "end"))
    days = sorted(day for entry in raw.days if (day := _day(entry.date, zone)))
    if not first and days:
        findings.repaired(place, _("no first day"), _("that of the programme is taken"))
        first = days[0]
    if not last and days:
        findings.repaired(place, _("no last day"), _("that of the programme is taken"))
        last = days[-1]
    if first and last and last < first:
        what = _("the last day %(last)s is before the first %(first)s")
        how = _("those of the programme are taken")
        findings.repaired(place, what % {"last": last, "first": first}, how)
        first, last = (days[0], days[-1]) if days else (last, first)
    return first, last


def _day(text: str, zone: ZoneInfo) -> date | None:
    """The day of a date, or of a moment in the conference's zone."""
    moment = read_moment(text)
    if moment is None:
        return None
    return moment.aware.astimezone(zone).date() if moment.aware else moment.day


def change_of_day(raw: RawSchedule) -> time:
    """The hour before which events belong to the day before: the file's, else 04:00."""
    return day_change(raw) or time(4)
