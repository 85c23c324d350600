"""What happens in this room when pages are published or withdrawn, and when rows are saved or deleted."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.signals import page_published, page_unpublished

from conference.models import ConferencePage, DocumentationOffer, SessionPage
from conference.services import offers, pictures, publication


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


def connect() -> None:
    """Connect the receivers. Called once, when all apps are ready."""
    page_published.connect(on_conference_published, sender=ConferencePage)
    page_published.connect(on_session_published, sender=SessionPage)
    page_unpublished.connect(on_conference_unpublished, sender=ConferencePage)
    page_unpublished.connect(on_session_unpublished, sender=SessionPage)
    for model in pictures.HOLDERS:
        pre_save.connect(pictures.on_saving, sender=model)
        post_save.connect(pictures.on_saved, sender=model)
        post_delete.connect(pictures.on_deleted, sender=model)
    post_delete.connect(offers.on_deleted, sender=DocumentationOffer)
