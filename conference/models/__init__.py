"""Models of the conference room."""

from .conferences import ConferenceIndexPage, ConferencePage
from .documentation import (
    ConferenceDocumentation,
    ConferenceResource,
    SessionDocumentation,
    SessionOrganisation,
    SessionResource,
)
from .offers import DocumentationOffer
from .organisations import Funder, Organiser
from .people import Contact, Participation, Person
from .programme import Occurrence, Round, ScheduleItem
from .published import PublishedOccurrence, ScheduleChange
from .sessions import SessionPage
from .venues import Room, Venue

__all__ = [
    "ConferenceDocumentation",
    "ConferenceIndexPage",
    "ConferencePage",
    "ConferenceResource",
    "Contact",
    "DocumentationOffer",
    "Funder",
    "Occurrence",
    "Organiser",
    "Participation",
    "Person",
    "PublishedOccurrence",
    "Room",
    "Round",
    "ScheduleChange",
    "ScheduleItem",
    "SessionDocumentation",
    "SessionOrganisation",
    "SessionPage",
    "SessionResource",
    "Venue",
]
