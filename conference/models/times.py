"""Points in time that editors enter and read in the conference's own time zone."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Offered first; the rest follows in alphabetical order.
NEAR_ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/Vaduz")


def validate_timezone(name: str) -> None:
    """Raises ValidationError unless this is a zone of the IANA database by region and city.

    Names such as `EST` or `Etc/GMT+1` are refused: the schedule formats do not allow them.
    """
    if name not in _zone_names():
        raise ValidationError(_("Choose a time zone, for example Europe/Berlin."))


def zone_choices() -> list[tuple[str, str]]:
    """Return all zones with the likely ones first."""
    others = sorted(_zone_names() - set(NEAR_ZONES))
    return [(name, name.replace("_", " ")) for name in (*NEAR_ZONES, *others)]


@cache
def _zone_names() -> frozenset[str]:
    regions = {
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    }
    names = zoneinfo.available_timezones()
    return frozenset(name for name in names if name.split("/")[0] in regions and "/" in name)


class ZonedDateTimeFormField(forms.DateTimeField):
    """Reads and shows wall-clock time of `zone`; without one, of the active time zone.

    The admin would use the editor's own zone: whoever travels would move the programme.
    """

    zone: zoneinfo.ZoneInfo | None = None

    def prepare_value(self, value: Any) -> Any:
        """Show the time of the zone."""
        if self.zone and isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.make_naive(value, self.zone)
        return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        """Read the time in the zone; of an hour that comes twice the first one is meant.

        Raises ValidationError for times the clock skips.
        """
        zone = self.zone or timezone.get_current_timezone()
        try:
            with timezone.override(zone):
                return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":  # Django's word for skipped hours, too
                raise
            with timezone.override(UTC):
                written: Any = super().to_python(value)
            shown = written.replace(tzinfo=None)
            # In UTC: in its own zone such a time equals no other (PEP 495).
            first: datetime = shown.replace(tzinfo=zone).astimezone(UTC)
            if first.astimezone(zone).replace(tzinfo=None) != shown:
                raise
            return first


class ZonedDateTimeField(models.DateTimeField):
    """An ordinary date-time column whose form field knows time zones."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Migrations see Django's own field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Use the form field that knows time zones."""
        return super().formfield(**{"form_class": ZonedDateTimeFormField, **kwargs})
