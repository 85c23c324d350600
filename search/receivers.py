"""What other rooms do that the index must follow. They do not know that the search exists.

Wagtail has two families of signals: `published` for snippets, `page_published` for pages. Neither
fires for deletions, moves, privacy, tags and vocabularies, which change results as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.signals import request_started
from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from conference.models import ConferencePage, Person, SessionPage, Venue
from conference.signals import sessions_written
from knowledge.models import Organisation, Region, Resource, Tag, Topic
from knowledge.signals import freshness_changed, items_changed
from nexsm.base.models import ContentPage, Document
from search import worker
from search.files import waiting
from search.files.attachments import groups_of
from search.outbox import enqueue
from search.sources.knowledge import organisation_groups, resource_groups
from search.sources.people import NAME

PAGE_KINDS: dict[type[Page], str] = {
    ConferencePage: "conference",
    SessionPage: "session",
    ContentPage: "page",
}


def connect() -> None:
    """Connect all receivers; called once, when all apps are loaded."""
    for model in (Resource, Organisation):
        published.connect(item_changed, sender=model)
        unpublished.connect(item_changed, sender=model)
        # Before: rows that point to it are still there. After: in the order of the transaction.
        pre_delete.connect(item_changed, sender=model)
        items_changed.connect(items_imported, sender=model)
        freshness_changed.connect(items_imported, sender=model)
    pre_save.connect(resource_may_leave_its_work, sender=Resource)
    for signal in (page_published, page_unpublished):
        signal.connect(page_changed)
    sessions_written.connect(sessions_imported, sender=SessionPage)
    for signal in (post_page_move, page_slug_changed):
        signal.connect(branch_changed)
    for page_model in PAGE_KINDS:
        pre_delete.connect(branch_changed, sender=page_model)
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction)
    for term_model in (Tag, Topic, Region):
        post_save.connect(term_changed, sender=term_model)
        pre_delete.connect(term_changed, sender=term_model)
    post_save.connect(file_saved, sender=Document)
    pre_delete.connect(file_goes, sender=Document)
    for signal in (post_save, post_delete):
        signal.connect(collection_changed, sender=CollectionViewRestriction)
    post_save.connect(venue_changed, sender=Venue)
    pre_delete.connect(venue_changed, sender=Venue)
    post_save.connect(person_changed, sender=Person)
    pre_delete.connect(person_changed, sender=Person)
    request_started.connect(worker.ensure_running)


def item_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:  # noqa: ARG001
    """A resource or organisation was published, withdrawn or deleted."""
    if isinstance(instance, Resource):
        enqueue(resource_groups([instance.translation_key]))
        return
    enqueue(organisation_groups([instance.public_id]))
    # Its name stands in the documents of what it published, made or looks after.
    related = Resource.objects.filter(
        Q(organisation=instance)
        | Q(publishers__organisation=instance)
        | Q(contributors__organisation=instance)
    )
    enqueue(resource_groups(related.values_list("translation_key", flat=True).distinct()))


def resource_may_leave_its_work(
    sender: type[Resource],
    instance: Resource,
    **kwargs: Any,  # noqa: ARG001
) -> None:
    """A text becomes the translation of another one: the work it belonged to so far changes as well."""
    if instance.pk is None:
        return
    before = sender.objects.filter(pk=instance.pk).exclude(translation_key=instance.translation_key)
    enqueue(resource_groups(before.values_list("translation_key", flat=True)))


def items_imported(sender: type[Model], pks: Iterable[int], **kwargs: Any) -> None:  # noqa: ARG001
    """Many resources or organisations went online at once, new ones and changed ones."""
    if issubclass(sender, Resource):
        works = Resource.objects.filter(pk__in=pks)
    else:
        profiles = Organisation.objects.filter(pk__in=pks)
        enqueue(organisation_groups(profiles.values_list("public_id", flat=True)))
        # Their names stand in the documents of what they published, made or look after.
        works = Resource.objects.filter(
            Q(organisation__in=pks)
            | Q(publishers__organisation__in=pks)
            | Q(contributors__organisation__in=pks)
        )
    enqueue(resource_groups(works.values_list("translation_key", flat=True).distinct()))


def page_changed(sender: type[Model], instance: Page, **kwargs: Any) -> None:  # noqa: ARG001
    """A page was published or withdrawn; sessions carry facts of the conference above them."""
    enqueue(page_groups(Page.objects.filter(pk=instance.pk) | Page.objects.child_of(instance)))


def sessions_imported(sender: type[Model], pks: Iterable[int], **kwargs: Any) -> None:  # noqa: ARG001
    """Many sessions went online at once."""
    enqueue(page_groups(Page.objects.filter(pk__in=pks)))


def branch_changed(sender: type[Model], instance: Page, **kwargs: Any) -> None:  # noqa: ARG001
    """A page was moved, renamed or deleted: all below it have another address, or are gone."""
    enqueue(page_groups(Page.objects.descendant_of(instance, inclusive=True)))


def restriction_changed(
    sender: type[Model],
    instance: PageViewRestriction,
    **kwargs: Any,  # noqa: ARG001
) -> None:
    """A page and all below it became private, or public again."""
    branch_changed(sender, instance.page)


def page_groups(pages: Any) -> list[str]:
    """Group names of the pages in this queryset that are of an indexed kind."""
    groups: list[str] = []
    chosen = pages.order_by().values("pk")
    for model, kind in PAGE_KINDS.items():
        keys = model.objects.filter(pk__in=chosen)
        groups.extend(f"{kind}:{key}" for key in keys.values_list("translation_key", flat=True))
    # A person can be found once a public programme names her.
    people = Person.objects.filter(
        Q(participations__session__in=chosen) | Q(contact_rows__conference__in=chosen),
        has_consented=True,
    )
    groups.extend(f"{NAME}:{key}" for key in people.values_list("public_id", flat=True))
    return list(dict.fromkeys(groups))


def person_changed(sender: type[Model], instance: Person, **kwargs: Any) -> None:  # noqa: ARG001
    """Somebody gave or took back consent, or writes her name otherwise: it finds her sessions, too."""
    held = SessionPage.objects.filter(participations__person=instance)
    sessions = held.values_list("translation_key", flat=True).distinct()
    enqueue([f"{NAME}:{instance.public_id}", *(f"session:{key}" for key in sessions)])


def file_saved(sender: type[Model], instance: Document, **kwargs: Any) -> None:  # noqa: ARG001
    """A file came in, was replaced, renamed or moved to another collection."""
    waiting.file_may_have_changed(instance)


def file_goes(sender: type[Model], instance: Document, **kwargs: Any) -> None:  # noqa: ARG001
    """A file is deleted; its text goes with it."""
    enqueue(groups_of(Q(document=instance)))


def collection_changed(
    sender: type[Model],  # noqa: ARG001
    instance: CollectionViewRestriction,
    **kwargs: Any,  # noqa: ARG001
) -> None:
    """The files of a collection and those below it became private, or public again."""
    enqueue(groups_of(Q(document__collection__path__startswith=instance.collection.path)))


def venue_changed(sender: type[Model], instance: Venue, **kwargs: Any) -> None:  # noqa: ARG001
    """A venue got another name, or is deleted: it stands in the documents of its conferences."""
    held = ConferencePage.objects.filter(venue=instance)
    enqueue(page_groups(Page.objects.filter(pk__in=held.values("pk"))))


def term_changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:  # noqa: ARG001
    """A tag, topic or region got another name, or is deleted."""
    if kwargs.get("created"):
        return  # nothing can have it yet
    enqueue(_groups_with(instance))


def _groups_with(term: Tag | Topic | Region) -> Iterable[str]:
    if isinstance(term, Tag):
        works, groups = Q(tagged_items__tag=term), Q(tagged_items__tag=term)
    elif isinstance(term, Topic):
        works, groups = Q(topics=term), Q(topics=term)
    else:
        works = Q(regions=term) | Q(regions__parent=term)
        groups = Q(region=term) | Q(region__parent=term)
    keys = Resource.objects.filter(works).values_list("translation_key", flat=True)
    ids = Organisation.objects.filter(groups).values_list("public_id", flat=True)
    return [*resource_groups(keys.distinct()), *organisation_groups(ids.distinct())]
