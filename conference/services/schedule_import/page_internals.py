"""What a page is made of inside, for writing many at once: the one place that uses names without a promise.

Treebeard and Wagtail add pages one by one and have no public way to do it in bulk. The functions here do
for many what `add_child`, `save` and the reference index do for one. An update of Wagtail, treebeard or
Django may change that: ``tests/conference/test_bulk_pages.py`` compares what is written here with what
they write themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Max
from treebeard.exceptions import PathOverflow
from wagtail.models import Page, ReferenceIndex

from conference.models import SessionPage


def next_paths(parent: Page, number: int) -> list[str]:
    """Places in the tree for so many pages behind the last child, as treebeard's `add_child` gives them.

    The parent must be held until they are used. Raises PathOverflow for more than a tree can hold.
    """
    depth = parent.depth + 1
    children = Page.objects.filter(path__startswith=parent.path, depth=depth)
    last = children.aggregate(last=Max("path"))["last"]
    step = Page._str2int(last[-Page.steplen :]) if last else 0  # noqa: SLF001 - treebeard
    if step + number >= len(Page.alphabet) ** Page.steplen:
        raise PathOverflow
    return [
        Page._get_path(parent.path, depth, place)  # noqa: SLF001 - treebeard
        for place in range(step + 1, step + 1 + number)
    ]


def insert(pages: Sequence[SessionPage]) -> None:
    """Write new pages: rows of the base table first, then those of our own, whose key is theirs.

    `bulk_create` refuses models with two tables; `_insert` is the statement it would make.
    """
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - documented API
    bases = [Page(**{name: getattr(page, name) for name in names}) for page in pages]
    Page.objects.bulk_create(bases)
    for page, base in zip(pages, bases, strict=True):
        page.pk = page.id = base.pk
        page._state.adding = False  # noqa: SLF001 - what a save would note
        page._state.db = base._state.db  # noqa: SLF001 - the same
    SessionPage._base_manager.all()._insert(  # noqa: SLF001 - Django
        list(pages),
        fields=SessionPage._meta.local_concrete_fields,  # noqa: SLF001 - documented API
        using=bases[0]._state.db,  # noqa: SLF001 - documented API
    )


def forget_what_was_read(page: SessionPage) -> None:
    """Let the rows of a page be read anew: `prefetch_related_objects` passes by what it has read."""
    page._prefetched_objects_cache = {}  # noqa: SLF001 - Django


def references_of(page: SessionPage) -> Iterator[ReferenceIndex]:
    """What a page refers to, as `ReferenceIndex.create_or_update_for_object` would write it; unsaved."""
    found = set(ReferenceIndex._extract_references_from_object(page))  # noqa: SLF001 - Wagtail
    for to_type, to_id, model_path, content_path in found:
        yield ReferenceIndex(
            content_type=page.get_content_type(),
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),  # noqa: SLF001 - Wagtail
        )
