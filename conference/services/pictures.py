"""Copies of pictures go as soon as their row no longer shows them: their addresses may be known elsewhere.

Where the picture is also used for something else, copies are made again when they are asked for.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Model

from conference.models import ConferenceDocumentation, Person, SessionDocumentation
from nexsm.base.models import Rendition


class _Columns(NamedTuple):
    """The picture of a row, and whether visitors may see it."""

    picture: str
    is_shown: str


HOLDERS: dict[type[Model], _Columns] = {
    Person: _Columns("photo", "has_consented"),
    ConferenceDocumentation: _Columns("image", "is_public"),
    SessionDocumentation: _Columns("image", "is_public"),
}


def on_saving(sender: type[Model], instance: Any, **_kwargs: Any) -> None:
    """Receiver of `pre_save`: note which picture the row has had until now."""
    stored = sender._default_manager.filter(pk=instance.pk)  # noqa: SLF001 - Django's name
    column = HOLDERS[sender].picture
    instance.former_picture = stored.values_list(column, flat=True).first() if instance.pk else None


def on_saved(sender: type[Model], instance: Any, **_kwargs: Any) -> None:
    """Receiver of `post_save`: the picture was exchanged or taken out, or must not be shown any more."""
    columns = HOLDERS[sender]
    picture = getattr(instance, f"{columns.picture}_id")
    shown = picture if getattr(instance, columns.is_shown) else None
    _delete_copies({instance.former_picture, picture} - {shown})


def on_deleted(sender: type[Model], instance: Any, **_kwargs: Any) -> None:
    """Receiver of `post_delete`."""
    _delete_copies({getattr(instance, f"{HOLDERS[sender].picture}_id")})


def _delete_copies(pictures: set[int | None]) -> None:
    wanted = pictures - {None}
    if wanted:
        Rendition.objects.filter(image__in=wanted).delete()
