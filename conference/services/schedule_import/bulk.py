"""Writes many session pages at once, new ones and changed ones, with everything Wagtail keeps about a page.

Adding and publishing pages one by one costs more than a hundred queries a page. Here rows of the tree, of
the pages and of what belongs to them, revisions, log, usage references and the editors' search are
written in bulk; the number of queries hardly depends on the number of sessions.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update

from conference.models import ConferencePage, SessionPage
from conference.services.schedule_import import page_internals
from nexsm.base.models import PageTombstone
from nexsm.base.receivers import path_below_language
from nexsm.base.references import references_of

AT_ONCE = 200


def new_session(**fields: Any) -> SessionPage:
    """An unsaved page whose relations are all known to be empty.

    Relations that nobody sets would otherwise be asked from the database, one by one.
    """
    page = SessionPage(**fields)
    for name in _relation_names():
        getattr(page, name).set([])
    return page


def create_sessions(
    conference: ConferencePage, pages: Sequence[SessionPage], *, publish: bool, user: Any = None
) -> None:
    """Write new sessions below a conference, after those that are there.

    They must come from `new_session` with title and a slug that is free, and this must run inside a
    transaction. `publish` makes them public; the signal of a published page is not sent: see
    ``conference.signals.sessions_written``. Raises PathOverflow for more pages than a tree can hold.
    """
    if not pages:
        return
    _place_in_tree(conference, pages, publish=publish, user=user)
    for batch in _batches(pages):
        page_internals.insert(batch)
        for relation in get_all_child_relations(SessionPage):
            _insert_rows(relation, batch)
        for field in get_all_child_m2m_relations(SessionPage):
            _insert_links(field, batch)
        actions = ["wagtail.create", "wagtail.publish"] if publish else ["wagtail.create"]
        _keep_books(batch, actions, publish=publish, user=user)
        if publish:
            paths = [path_below_language(page) for page in batch]
            PageTombstone.objects.filter(path__in=paths).delete()
    Page.objects.filter(pk=conference.pk).update(numchild=conference.numchild)


def plain_pages(pages: Iterable[SessionPage]) -> set[int]:
    """Primary keys of pages that are public and wait for nothing: these can be written in bulk.

    Left out are pages with a draft, a lock, a schedule, a review, or a copy that is kept in step.
    """
    pks = [
        page.pk
        for page in pages
        if page.live
        and not (page.has_unpublished_changes or page.locked or page.go_live_at or page.expire_at)
    ]
    in_review = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    waiting = {int(pk) for pk in in_review.values_list("object_id", flat=True)}
    mirrored = Page.objects.filter(alias_of__isnull=False).values_list("alias_of", flat=True)
    return set(pks) - waiting - set(mirrored)


def rewrite_sessions(pages: Sequence[SessionPage], *, user: Any = None) -> None:
    """Write public sessions again that were changed in memory, and publish them so.

    They must be plain (`plain_pages`), and this must run inside a transaction. Their slugs stay. The
    signal of a published page is not sent: see ``conference.signals.sessions_written``.
    """
    now = timezone.now()
    names = [
        field.name
        for field in SessionPage._meta.local_concrete_fields  # noqa: SLF001 - documented API
        if not field.primary_key
    ]
    for batch in _batches(pages):
        with disable_reference_index_auto_update():
            for page in batch:
                page.draft_title = page.title
                page.last_published_at = page.latest_revision_created_at = now
                _commit_rows(page)
        prefetch_related_objects(batch, *_relation_names())  # with the keys of new rows
        SessionPage.objects.bulk_update(
            batch,
            [*names, "title", "draft_title", "last_published_at", "latest_revision_created_at"],
        )
        ReferenceIndex.objects.filter(
            base_content_type=batch[0].get_base_content_type(),
            object_id__in=[str(page.pk) for page in batch],
        ).delete()
        _keep_books(batch, ["wagtail.edit", "wagtail.publish"], publish=True, user=user)


def _commit_rows(page: SessionPage) -> None:
    """Write the rows that were set, and forget what was read before."""
    for name in _relation_names():
        getattr(page, name).commit()
    page_internals.forget_what_was_read(page)


def _place_in_tree(
    conference: ConferencePage, pages: Sequence[SessionPage], *, publish: bool, user: Any
) -> None:
    """Give each page its path behind the last child, as treebeard would, and Wagtail's own columns."""
    parent = Page.objects.select_for_update().get(pk=conference.pk)
    paths = page_internals.next_paths(parent, len(pages))
    content_type = ContentType.objects.get_for_model(SessionPage)
    now = timezone.now()
    for page, path in zip(pages, paths, strict=True):
        page.path, page.depth, page.numchild = path, parent.depth + 1, 0
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title
        page.locale_id = parent.locale_id
        page.content_type = content_type
        page.owner = user
        page.live, page.has_unpublished_changes = publish, not publish
        page.first_published_at = page.last_published_at = now if publish else None
        page.latest_revision_created_at = now
    conference.numchild = parent.numchild + len(pages)


def _insert_rows(relation: Any, pages: Sequence[SessionPage]) -> None:
    """Rows that belong to one page each: occurrences, participations, documentation."""
    rows = []
    for page in pages:
        for row in getattr(page, relation.get_accessor_name()).all():
            setattr(row, relation.field.name, page)
            rows.append(row)
    relation.related_model._default_manager.bulk_create(rows)  # noqa: SLF001 - Django's name


def _insert_links(field: Any, pages: Sequence[SessionPage]) -> None:
    """Links to what pages share: topics, languages."""
    through = field.remote_field.through
    source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    through._default_manager.bulk_create(  # noqa: SLF001 - Django's name
        through(**{f"{source}_id": page.pk, f"{target}_id": row.pk})
        for page in pages
        for row in getattr(page, field.name).all()
    )


def _keep_books(
    pages: Sequence[SessionPage], actions: Sequence[str], *, publish: bool, user: Any
) -> None:
    """Revisions, history, references and the editors' search, for pages whose rows are written."""
    revisions = _create_revisions(pages, user)
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
        page.live_revision = revision if publish else None
    Page.objects.bulk_update([_base(page) for page in pages], ["latest_revision", "live_revision"])
    _create_log(pages, revisions, actions, user)
    ReferenceIndex.objects.bulk_create(
        reference for page in pages for reference in references_of(page)
    )
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(SessionPage, pages)


def _base(page: SessionPage) -> Page:
    return Page(pk=page.pk, latest_revision=page.latest_revision, live_revision=page.live_revision)


def _create_revisions(pages: Sequence[SessionPage], user: Any) -> list[Revision]:
    now = timezone.now()
    revisions: list[Revision] = Revision.objects.bulk_create(
        Revision(
            content_type=page.get_content_type(),
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            object_str=str(page),
            created_at=now,
            user=user,
            content=page.serializable_data(),
        )
        for page in pages
    )
    return revisions


def _create_log(
    pages: Sequence[SessionPage],
    revisions: Iterable[Revision],
    actions: Sequence[str],
    user: Any,
) -> None:
    content_type = ContentType.objects.get_for_model(SessionPage, for_concrete_model=False)
    now = timezone.now()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=page.pk,
            content_type=content_type,
            label=page.title,
            action=action,
            timestamp=now,
            uuid=uuid.uuid4(),
            user=user,
            revision=revision,
            content_changed=action != "wagtail.publish",
        )
        for page, revision in zip(pages, revisions, strict=True)
        for action in actions
    )


def _relation_names() -> list[str]:
    names = [relation.get_accessor_name() for relation in get_all_child_relations(SessionPage)]
    return names + [field.name for field in get_all_child_m2m_relations(SessionPage)]


def _batches(pages: Sequence[SessionPage]) -> Iterator[list[SessionPage]]:
    rest = iter(pages)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
