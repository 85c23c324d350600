"""Reads points in time and durations as generators write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

# ISO 8601, and what Ruby prints: "2024-06-04 12:00:00 +0200", "2024-06-04 10:00:00 UTC".
_MOMENT = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s?(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_DURATION = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{1,3})")
_ISO_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE)
LONGEST = timedelta(hours=100)
# Generators write the first day of their calendar for "not known"; with it no one can reckon.
_YEARS = range(1900, 2200)


class Moment(NamedTuple):
    """What a text says: a day, perhaps a time of day, perhaps an offset from UTC."""

    day: date
    clock: time | None
    offset: timedelta | None

    @property
    def aware(self) -> datetime | None:
        """The point in time, where day, time and offset are all there."""
        if self.clock is None or self.offset is None:
            return None
        return datetime.combine(self.day, self.clock, tzinfo=UTC) - self.offset


def read_moment(text: str) -> Moment | None:
    """Read a date or a date with time. None for what is neither, or in no year of a conference."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return None
    try:
        day = date.fromisoformat(match["date"])
        if day.year not in _YEARS:
            return None
        clock = time.fromisoformat(match["time"].zfill(5)) if match["time"] else None
        return Moment(day, clock, _offset(match["zone"]))
    except (ValueError, OverflowError):
        return None


def read_clock(text: str) -> tuple[int, time] | None:
    """Read a time of day as days to add and the clock: 25:30 is half past one on the next day."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups())
    if hour > 47 or minute > 59 or second > 59:  # noqa: PLR2004 - what a clock can show, two days long
        return None
    return hour // 24, time(hour % 24, minute, second)


def read_duration(text: str) -> tuple[timedelta, bool] | None:
    """Read a duration and say whether it was written as the format asks: `H:MM` or `HH:MM:SS`.

    `0:90` and ISO 8601's `PT1H30M` are understood as well. None for what cannot be a duration.
    """
    text = text.strip()
    try:
        if match := _ISO_DURATION.fullmatch(text):
            if not any(match.groups()):
                return None
            days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
            found, proper = timedelta(days, seconds, 0, 0, minutes, hours), False
        elif match := _DURATION.fullmatch(text):
            first, second, third = match.groups()
            if first is None:
                hours, minutes, seconds = int(second), int(third), 0
            else:
                hours, minutes, seconds = int(first), int(second), int(third)
            found = timedelta(hours=hours, minutes=minutes, seconds=seconds)
            proper = minutes < 60 and seconds < 60  # noqa: PLR2004 - minutes and seconds
        else:
            return None
    except OverflowError:
        return None
    return (found, proper) if found < LONGEST else None


def in_zone(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, str]:
    """The point in time when a clock in the zone shows this, and a word where that is not one.

    The word is "gap" when the clock skips this time (spring), "twice" when it shows it two times
    (autumn; the first is returned), else empty.
    """
    moment = datetime.combine(day, clock, tzinfo=zone)
    back = moment.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        return moment, "gap"
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        return moment, "twice"
    return moment, ""


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text in {"Z", "UTC"}:
        return timedelta(0)
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
