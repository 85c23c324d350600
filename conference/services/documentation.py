"""Adding documentation to a session or a conference."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from conference.models import (
    ConferenceDocumentation,
    ConferencePage,
    SessionDocumentation,
    SessionPage,
)
from nexsm.base.page_locking import held

Page = TypeVar("Page", ConferencePage, SessionPage)


@transaction.atomic
def add_documentation(
    *,
    page: Page,
    row: ConferenceDocumentation | SessionDocumentation,
    by: AbstractBaseUser | None = None,
) -> Page:
    """Add an item to the latest draft of a page, behind the others, and return that draft.

    Nothing becomes public: somebody who may publish looks at it first. Raises ValidationError for an
    item without file and address, PermissionError while the page is locked for this person.
    """
    draft = held(page).get_latest_revision_as_object()
    if draft.get_lock() is not None and draft.get_lock().for_user(by):
        raise PermissionError(f"Page {page.pk} is locked.")
    row.clean_fields(exclude=["conference", "session"])
    row.clean()
    row.sort_order = draft.documentation.count()
    draft.documentation.add(row)
    draft.save_revision(user=by, log_action=True)
    return draft
