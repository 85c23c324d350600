"""Conferences, sessions and their rows.

Rows are given as lists of unsaved objects: ``SessionPageFactory(occurrences=[Occurrence(…)])``.
Pages are stored as published, without a revision and without the signal that publishing sends;
``publish(page)`` does the real thing.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from conference.models import (
    ConferenceIndexPage,
    ConferencePage,
    Person,
    Room,
    SessionPage,
    Venue,
)
from tests.factories.base import PageFactory, default_home

BERLIN = ZoneInfo("Europe/Berlin")
DAY = dt.date(2024, 6, 4)


def at(clock, day=DAY, zone=BERLIN):
    """The moment when a clock in the zone shows this time: ``at("12:00")``."""
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), tzinfo=zone)


def publish(page):
    """Publish the page as it is, through a revision, as the admin does."""
    page.save_revision().publish()
    page.refresh_from_db()
    return type(page).objects.get(pk=page.pk)


class RowPageFactory(PageFactory):
    """Base of pages with rows: a list given by keyword becomes the rows of that relation."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        rows = {name: kwargs.pop(name) for name in list(kwargs) if isinstance(kwargs[name], list)}
        page = super()._create(model_class, *args, **kwargs)
        if rows:
            for name, objects in rows.items():
                getattr(page, name).set(objects)
            page.save()
        return page


class ConferenceIndexPageFactory(PageFactory):
    class Meta:
        model = ConferenceIndexPage

    title = "Konferenzen"
    slug = "konferenzen"


def default_index():
    """The German list of conferences, made when there is none."""
    home = default_home()
    return ConferenceIndexPage.objects.child_of(home).first() or ConferenceIndexPageFactory(
        parent=home
    )


class ConferencePageFactory(RowPageFactory):
    class Meta:
        model = ConferencePage

    title = factory.Sequence(lambda number: f"Tagung {number}")
    slug = factory.Sequence(lambda number: f"tagung-{number}")
    date_start = DAY

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs["parent"] = kwargs.get("parent") or default_index()
        return super()._create(model_class, *args, **kwargs)


class SessionPageFactory(RowPageFactory):
    class Meta:
        model = SessionPage

    title = factory.Sequence(lambda number: f"Workshop {number}")
    slug = factory.Sequence(lambda number: f"workshop-{number}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs["parent"] = kwargs.get("parent") or ConferencePageFactory()
        return super()._create(model_class, *args, **kwargs)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda number: f"Person {number}")


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    name = factory.Sequence(lambda number: f"Haus {number}")
    city = "Berlin"


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = Room

    name = factory.Sequence(lambda number: f"Raum {number}")
    venue = factory.SubFactory(VenueFactory)
