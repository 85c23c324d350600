"""The hours of a conference, as far as its printed time says them without doubt."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo

Hours = tuple[datetime, datetime]

_CLOCK = r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*(?:Uhr|h))?"
_FROM_TO = re.compile(rf"(?:(?:von|from)\s+)?{_CLOCK}\s*(?:[–—-]|bis|to)\s*{_CLOCK}", re.IGNORECASE)


def printed_hours(
    printed: str, *, first_day: date | None, last_day: date | None, zone: tzinfo
) -> Hours | None:
    """Return begin and end of a conference of one day, from a text such as “09:30 – 16:30”.

    None for everything that can be read in two ways: more times than two, words, an end before the
    begin, and several days, of which nobody knows to which one the times belong.
    """
    match = _FROM_TO.fullmatch(printed.strip())
    if match is None or first_day is None or last_day not in {None, first_day}:
        return None
    begin, begin_minute, end, end_minute = (int(number) for number in match.groups())
    opens = datetime.combine(first_day, time(begin, begin_minute), zone)
    closes = datetime.combine(first_day, time(end, end_minute), zone)
    return (opens, closes) if opens < closes else None
