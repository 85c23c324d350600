"""Takes all example content away and leaves everything else alone."""

from __future__ import annotations

from typing import Any

from wagtail.models import Collection, Page, ReferenceIndex

from conference.models import ConferencePage, Person
from knowledge.models import Organisation, Resource, Tag, Tombstone
from nexsm.base.models import Document, Image, PageTombstone
from nexsm.base.receivers import path_below_language
from nexsm.demo.loader.files import COLLECTION


def remove() -> dict[str, int]:
    """Delete all examples with their files. Returns how many of each kind went."""
    resources = list(Resource.objects.filter(is_example=True))
    organisations = list(Organisation.objects.filter(is_example=True))
    conferences = list(ConferencePage.objects.filter(is_example=True))
    people = list(Person.objects.filter(is_example=True))
    documents, images = _files(resources, organisations)
    tags = {tag for item in (*resources, *organisations) for tag in item.tags.all()}
    counts = {
        "resources": _delete_items(resources),
        "organisations": _delete_items(organisations),
        "conferences": _delete_pages(conferences),
        "people": _delete(people),
    }
    counts["files"] = _delete_unused(documents)
    counts["pictures"] = _delete_unused(images)
    counts["tags"] = _delete([tag for tag in tags if _is_unused_tag(tag)])
    _remove_collection()
    return counts


def _files(
    resources: list[Resource], organisations: list[Organisation]
) -> tuple[list[Document], list[Image]]:
    """What hangs on the examples or lies in their collection."""
    pks = [resource.pk for resource in resources]
    documents = {
        *Document.objects.filter(resource_files__resource__in=pks),
        *Document.objects.filter(collection__name=COLLECTION),
    }
    shown = [item.cover_image_id for item in resources] + [item.logo_id for item in organisations]
    images = {
        *Image.objects.filter(pk__in=[pk for pk in shown if pk]),
        *Image.objects.filter(collection__name=COLLECTION),
    }
    return sorted(documents, key=lambda item: item.pk), sorted(images, key=lambda item: item.pk)


def _delete_items(items: list[Any]) -> int:
    """Delete curated items. What was invented needs no tombstone: nobody will miss it."""
    for item in items:
        kind, number = item.tombstone_kind, item.pk
        item.delete()
        Tombstone.objects.filter(kind=kind, object_id=number).delete()
    return len(items)


def _delete_pages(pages: list[Any]) -> int:
    paths = [
        path_below_language(below)
        for page in pages
        for below in Page.objects.descendant_of(page, inclusive=True)
    ]
    deleted = _delete(pages)
    PageTombstone.objects.filter(path__in=paths).delete()
    return deleted


def _delete(items: list[Any]) -> int:
    for item in items:
        item.delete()
    return len(items)


def _delete_unused(items: list[Any]) -> int:
    """Delete files one by one, so that their bytes go too; what is used elsewhere stays."""
    return _delete([item for item in items if not ReferenceIndex.get_references_to(item).exists()])


def _is_unused_tag(tag: Tag) -> bool:
    return not (tag.tagged_resources.exists() or tag.tagged_organisations.exists())


def _remove_collection() -> None:
    for collection in Collection.objects.filter(name=COLLECTION, depth=2, numchild=0):
        is_empty = not (
            Document.objects.filter(collection=collection).exists()
            or Image.objects.filter(collection=collection).exists()
        )
        if is_empty:
            collection.delete()
