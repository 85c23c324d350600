"""Saving times, rooms and rounds of a whole programme in one step, as drafts or published."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from conference.models import ConferencePage, Occurrence, SessionPage
from nexsm.base.page_locking import hold

# The timed rows of both kinds of pages.
RELATIONS = {ConferencePage: ("rounds", "schedule_items"), SessionPage: ("occurrences",)}


@dataclass
class PageChanges:
    """What changes in one page: fields of rows by the rows' identity, and new times of a session."""

    rows: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    new: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Saved:
    """Titles of the pages that were saved, by what became of them."""

    published: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    # To be published, but visitors do not see the page yet, or it has other changes nobody looked at.
    kept_back: list[str] = field(default_factory=list)


class RowGoneError(Exception):
    """Somebody else deleted a row, or the page, meanwhile."""


@transaction.atomic
def save_programme(
    *,
    conference: ConferencePage,
    changes: Mapping[int, PageChanges],
    by: AbstractBaseUser,
    publish: bool,
) -> Saved:
    """Write the changes into the latest draft of each page, through revisions; all pages or none.

    `changes` is primary key of a page → what changes there. Publishing never makes a page public that
    is not, nor other changes that wait in a draft: such pages are saved as drafts and named.
    Raises PermissionDenied, RowGoneError, or ValidationError for a page that cannot be saved.
    """
    sessions = SessionPage.objects.child_of(conference).filter(pk__in=changes)
    hold([conference, *sessions])
    pages: dict[int, Any] = {
        **ConferencePage.objects.in_bulk([conference.pk]),
        **sessions.in_bulk(),
    }
    saved = Saved()
    # The conference first: times of sessions may follow from its rounds.
    for pk in sorted(changes, key=lambda key: (key != conference.pk, key)):
        if pk not in pages:
            raise RowGoneError
        _save_page(pages[pk], changes[pk], by, publish=publish, saved=saved)
    return saved


def _save_page(
    page: Any, changes: PageChanges, by: AbstractBaseUser, *, publish: bool, saved: Saved
) -> None:
    allowed = page.permissions_for_user(by)
    lock = page.get_lock()
    if not allowed.can_edit() or (lock is not None and lock.for_user(by)):
        raise PermissionDenied
    may_go_out = page.live and not page.has_unpublished_changes and allowed.can_publish()
    draft = page.get_latest_revision_as_object()
    _apply(draft, changes)
    revision = draft.save_revision(user=by, log_action=True)
    title = draft.get_admin_display_title()
    if not publish:
        saved.drafts.append(title)
    elif may_go_out:
        revision.publish(user=by)
        saved.published.append(title)
    else:
        saved.kept_back.append(title)


def _in_order(rows: list[Occurrence], new: list[Occurrence]) -> list[Occurrence]:
    """The new rows behind the others. Databases disagree about where a row without a number stands."""
    together = [*rows, *new]
    if new:
        for number, row in enumerate(together):
            row.sort_order = number
    return together


def _apply(draft: Any, changes: PageChanges) -> None:
    """Change the rows of a draft. Raises RowGoneError when one is not there any more."""
    left = dict(changes.rows)
    for relation in RELATIONS[type(draft)]:
        manager = getattr(draft, relation)
        rows = list(manager.all())
        for row in rows:
            for name, value in left.pop(row.uid, {}).items():
                setattr(row, name, value)
        if relation == "occurrences":
            rows = _in_order(rows, [Occurrence(**values) for values in changes.new])
        manager.set(rows)
    if left:
        raise RowGoneError
