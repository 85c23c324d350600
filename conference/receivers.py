"""What happens in this room when pages are published or withdrawn, and when people change their mind."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from conference.models import ConferencePage, DocumentationOffer, Person, SessionPage
from conference.services import offers, publication


def on_conference_published(instance: ConferencePage, **_kwargs: Any) -> None:
    """Note what the public is told now."""
    publication.record_conference(instance)


def on_session_published(instance: SessionPage, **_kwargs: Any) -> None:
    """Note what the public is told now."""
    publication.record_session(instance)


def on_conference_unpublished(instance: ConferencePage, **_kwargs: Any) -> None:
    """Cancel everything; deleting a published page comes here, too."""
    publication.withdraw_conference(instance)


def on_session_unpublished(instance: SessionPage, **_kwargs: Any) -> None:
    """Cancel its occurrences; deleting a published page comes here, too."""
    publication.withdraw_session(instance)


def on_person_saved(instance: Person, **_kwargs: Any) -> None:
    """Without consent the copies of the photo go, too: their addresses may be known elsewhere.

    Where the picture is also used for something else, copies are made again when they are asked for.
    """
    if instance.photo is not None and not instance.has_consented:
        instance.photo.renditions.all().delete()


def connect() -> None:
    """Connect the receivers. Called once, when all apps are ready."""
    page_published.connect(on_conference_published, sender=ConferencePage)
    page_published.connect(on_session_published, sender=SessionPage)
    page_unpublished.connect(on_conference_unpublished, sender=ConferencePage)
    page_unpublished.connect(on_session_unpublished, sender=SessionPage)
    post_save.connect(on_person_saved, sender=Person)
    post_delete.connect(offers.on_deleted, sender=DocumentationOffer)
