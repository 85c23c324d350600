"""Closed lists of the conference room. What a programme prints in its own words is kept beside them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConferenceState(models.TextChoices):
    """Where a conference stands. Without a choice of the editors the date decides."""

    ANNOUNCED = "announced", _("announced")
    LIVE = "live", _("taking place now")
    PAST = "past", _("over")
    DOCUMENTED = "documented", _("over and documented")
    CANCELLED = "cancelled", _("cancelled")


class AttendanceMode(models.TextChoices):
    """How people take part (schema.org: EventAttendanceModeEnumeration)."""

    ONSITE = "onsite", _("on site")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("on site and online")


class SessionFormat(models.TextChoices):
    """What kind of session it is. Empty is allowed: some programmes do not say."""

    KEYNOTE = "keynote", _("Keynote")
    TALK = "talk", _("Talk")
    PANEL = "panel", _("Panel discussion")
    WORKSHOP = "workshop", _("Workshop")
    PLENARY = "plenary", _("Plenary")
    DISCUSSION = "discussion", _("Discussion")
    POSTER = "poster", _("Poster")
    OTHER = "other", _("Other")


class ScheduleItemKind(models.TextChoices):
    """Rows of a programme that have no page of their own."""

    REGISTRATION = "registration", _("Registration")
    OPENING = "opening", _("Opening")
    GREETING = "greeting", _("Greeting")
    BREAK = "break", _("Break")
    SOCIAL = "social", _("Social event")
    CLOSING = "closing", _("Closing")
    OTHER = "other", _("Other")


class OccurrenceStatus(models.TextChoices):
    """Whether something takes place (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "confirmed", _("takes place")
    TENTATIVE = "tentative", _("not yet certain")
    CANCELLED = "cancelled", _("cancelled")


class ParticipationRole(models.TextChoices):
    """What a person does in a session. Empty where the programme does not say."""

    SPEAKER = "speaker", _("Speaker")
    PANELLIST = "panellist", _("On the panel")
    MODERATOR = "moderator", _("Moderation")
    WORKSHOP_LEADER = "leader", _("Workshop leader")
    INTERPRETER = "interpreter", _("Interpretation")
    AUTHOR = "author", _("Author")
    OTHER = "other", _("Other")


class OrganiserRole(models.TextChoices):
    """How an organisation stands behind a conference."""

    ORGANISER = "organiser", _("Organised by")
    CARRIER = "carrier", _("A project of")
    PARTNER = "partner", _("In cooperation with")
    HOST = "host", _("Hosted by")
    MEDIA_PARTNER = "media_partner", _("Media partner")


class DocumentationKind(models.TextChoices):
    """What is left of a session afterwards."""

    SLIDES = "slides", _("Slides")
    RECORDING = "recording", _("Video recording")
    TRANSCRIPT = "transcript", _("Transcript")
    CAPTIONS = "captions", _("Captions")
    AUDIO = "audio", _("Audio recording")
    PHOTO = "photo", _("Photo")
    RESULT = "result", _("Result")
    PAPER = "paper", _("Paper")
    PRESS = "press", _("Press report")
    LINK = "link", _("Link")


class OfferState(models.TextChoices):
    """Where an offer for the documentation of a session stands."""

    BEGUN = "begun", _("begun")
    WAITING = "waiting", _("waits")
    ACCEPTED = "accepted", _("taken up")
    DECLINED = "declined", _("not taken up")


class Availability(models.TextChoices):
    """Whether it can be had. That there is no recording is worth saying, too."""

    AVAILABLE = "available", _("available")
    EXPECTED = "expected", _("to follow")
    NONE = "none", _("does not exist")


class ChangeKind(models.TextChoices):
    """What happened to an entry of a published programme."""

    NEW = "new", _("new")
    MOVED = "moved", _("moved")
    ROOM = "room", _("other room")
    CANCELLED = "cancelled", _("cancelled")
    RESTORED = "restored", _("takes place again")
    STATUS = "status", _("other status")
