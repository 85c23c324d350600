"""In which time zone a conference takes place, and when its events start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from conference.models.times import validate_timezone
from conference.services.schedule_import.findings import Findings, ScheduleRefusedError
from conference.services.schedule_import.moments import Moment, in_zone, read_clock, read_moment
from conference.services.schedule_import.raw import RawEvent, RawSchedule

Trust = Literal["", "date", "start"]
# Sessions whose date and start contradict each other, from which on it is no slip but a wrong zone.
MANY = 3


@dataclass
class Zone:
    """A zone, and whether it had to be concluded."""

    zone: ZoneInfo
    is_derived: bool


def zone_of(raw: RawSchedule, findings: Findings, *, wanted: str = "", known: str = "") -> Zone:
    """The zone that was asked for, else the file's, else the stored conference's, else the site's.

    The site's only if all offsets in the file agree with it. Raises ScheduleRefusedError otherwise.
    """
    named = raw.conference.get("time_zone_name", "").strip()
    for name in filter(None, (wanted, named)):
        try:
            validate_timezone(name)
        except ValidationError:
            if name == wanted:
                reason = _("“%(name)s” is not a time zone such as Europe/Berlin.")
                raise ScheduleRefusedError.because(reason % {"name": name[:60]}) from None
            continue
        return Zone(ZoneInfo(name), is_derived=False)
    if known:
        zone, how = known, _("the zone that the conference has here is kept: %(zone)s")
    else:
        zone, how = settings.TIME_ZONE, _("concluded from the times: %(zone)s")
        _agree(raw, ZoneInfo(zone))
    what = _("“%(name)s” is no time zone with a place") % {"name": named[:60]}
    findings.repaired("", what if named else _("no time zone is named"), how % {"zone": zone})
    return Zone(ZoneInfo(zone), is_derived=not known)


def _agree(raw: RawSchedule, zone: ZoneInfo) -> None:
    """Raises ScheduleRefusedError unless each offset is the one the zone has at that moment."""
    for event in raw.events:
        moment = read_moment(event.fields.get("date", ""))
        aware = moment.aware if moment else None
        if moment and aware and aware.astimezone(zone).utcoffset() != moment.offset:
            reason = _(
                "The file names no time zone, and its times (%(date)s) are not those of %(zone)s. "
                "Please name the zone (--timezone)."
            )
            date_ = event.fields.get("date", "")[:40]
            raise ScheduleRefusedError.because(reason % {"date": date_, "zone": zone.key})


class Clock:
    """Settles when events start. `date` counts where `date` and `start` contradict each other.

    That is the rule of the format. If many contradict each other, the generator has mixed up its
    time zones and either may be right: then a person has to say which one (`trust`).
    """

    def __init__(self, zone: ZoneInfo, day_change: time, trust: Trust, findings: Findings) -> None:
        self.zone = zone
        self.day_change = day_change
        self.trust = trust
        self.findings = findings
        self.compared = 0
        self.contradictions: list[str] = []

    def start_of(self, event: RawEvent) -> datetime | None:
        """When the event starts; None where the file does not say."""
        text = event.fields.get("start", "").strip()
        clock = read_clock(text)
        if clock is None and (inside := read_moment(text)) and inside.clock:
            clock = (0, inside.clock)  # a whole date where only the time of day belongs
        if clock is None and text:
            self._repaired(
                event, _("start “%(text)s” cannot be read") % {"text": text[:40]}, _("ignored")
            )
        text = event.fields.get("date", "").strip()
        moment = read_moment(text)
        if moment is None and text:
            self._repaired(
                event, _("date “%(text)s” cannot be read") % {"text": text[:40]}, _("ignored")
            )
        if moment is not None and moment.clock is not None:
            return self._compared(event, moment, clock)
        return self._from_day(event, moment, clock)

    def refuse_if_zones_are_mixed_up(self) -> None:
        """Raises ScheduleRefusedError when most events contradict themselves and nobody chose."""
        many = len(self.contradictions)
        if self.trust or many < MANY or many * 2 < self.compared:
            return
        reason = _(
            "In %(many)s of %(all)s sessions date and start are different times in %(zone)s, for "
            "example: %(example)s. The file mixes up time zones. Please say which one is right: "
            "--trust date or --trust start."
        )
        values = {
            "many": many,
            "all": self.compared,
            "zone": self.zone.key,
            "example": self.contradictions[0],
        }
        raise ScheduleRefusedError.because(reason % values)

    def _compared(
        self, event: RawEvent, moment: Moment, clock: tuple[int, time] | None
    ) -> datetime | None:
        if moment.aware is None:
            local = self._local(event, moment.day, moment.clock or time())
            written = event.fields.get("date", "")[:40]
            self._repaired(
                event,
                _("date “%(date)s” has no offset") % {"date": written},
                _("read as time of %(zone)s") % {"zone": self.zone.key},
            )
        else:
            local = moment.aware.astimezone(self.zone)
        if local is None or clock is None:
            return local
        self.compared += 1
        if local.time().replace(second=0) == clock[1].replace(second=0):
            return local
        what = _("date %(date)s is %(local)s in %(zone)s, start says %(start)s") % {
            "date": event.fields.get("date", "")[:40],
            "local": f"{local:%H:%M}",
            "zone": self.zone.key,
            "start": event.fields.get("start", "")[:20],
        }
        self.contradictions.append(f"{event.place}: {what}")
        if self.trust != "start":
            self._repaired(event, what, _("date counts"))
            return local
        self._repaired(event, what, _("start counts"))
        return self._local(event, moment.day, clock[1])

    def _from_day(
        self, event: RawEvent, moment: Moment | None, clock: tuple[int, time] | None
    ) -> datetime | None:
        """Without a time in `date`: the day and the start, in the zone of the conference."""
        day = moment.day if moment else _day(event.day)
        if day is None or clock is None:
            self._repaired(event, _("no date or no start"), _("taken over without a time"))
            return None
        after_midnight = moment is None and clock[0] == 0 and clock[1] < self.day_change
        day += timedelta(days=clock[0] + after_midnight)
        local = self._local(event, day, clock[1])
        if local is not None:
            how = _("day and start taken: %(local)s") % {"local": f"{local:%Y-%m-%d %H:%M}"}
            self._repaired(event, _("date is missing or has no time"), how)
        return local

    def _local(self, event: RawEvent, day: date, clock: time) -> datetime | None:
        local, trouble = in_zone(day, clock, self.zone)
        values = {"local": f"{local:%Y-%m-%d %H:%M}", "zone": self.zone.key}
        if trouble == "gap":
            what = _("%(local)s does not exist in %(zone)s: the clocks go forward") % values
            self.findings.problem(event.place, what)
            return None
        if trouble == "twice":
            what = _("%(local)s comes twice in %(zone)s: the clocks go back") % values
            self._repaired(event, what, _("the first one is taken"))
        return local

    def _repaired(self, event: RawEvent, what: str, how: str) -> None:
        self.findings.repaired(event.place, what, how)


def _day(text: str) -> date | None:
    moment = read_moment(text)
    return moment.day if moment else None
