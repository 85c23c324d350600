"""What a page is made of inside, for writing many at once, by names without a promise.

Treebeard and Wagtail add pages one by one and have no public way to do it in bulk. The functions here do
for many what `add_child` and `save` do for one (`nexsm.base.references`: the reference index). An update of
Wagtail, treebeard or Django may change that: ``tests/conference/test_bulk_pages.py`` compares what is
written in this way with what they write themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from treebeard.exceptions import PathOverflow
from wagtail.models import Page

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
