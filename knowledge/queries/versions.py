"""Versions that wait to be published, and what they use.

They stand in revisions as JSON: neither the database nor Wagtail's index of references knows what they refer to. A
version that refers with PROTECT to what is gone cannot be read any more (modelcluster raises an exception).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import PROTECT, ForeignKey, Model, Q, QuerySet
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision

from knowledge.enums import RequestState
from knowledge.models import OPEN_STATES, Resource, Submission
from knowledge.queries.submissions import MODELS
from nexsm.base.models import Document


def versions_under_way(items: QuerySet[Any]) -> QuerySet[Revision]:
    """The newest versions of the items if they are not online, and those that were sent.

    Also those that were refused and may come back, because their authors have objected.
    """
    sent = Submission.objects.filter(
        Q(state__in=OPEN_STATES) | Q(appeal__state=RequestState.OPEN),
        content_type=ContentType.objects.get_for_model(items.model),
        object_id__in=items.values("pk"),
    )
    changed = items.filter(has_unpublished_changes=True)
    return Revision.objects.filter(
        Q(pk__in=changed.values("latest_revision")) | Q(pk__in=sent.values("revision"))
    )


def with_document(document: Document, resources: QuerySet[Resource]) -> Iterator[int]:
    """Primary keys of those resources of which such a version has the document among its files."""
    rows = versions_under_way(resources).values_list("object_id", "content__files")
    for pk, files in rows.iterator():
        if any(row["document"] == document.pk for row in files or ()):
            yield int(pk)


def is_used_by_version(term: Model) -> bool:
    """Whether a version that waits cannot be read without this row of a vocabulary."""
    return any(_is_used_by(term, model) for model in MODELS)


def _is_used_by(term: Model, model: type[Any]) -> bool:
    versions = versions_under_way(model.objects.order_by())
    own = Q()
    for name in _protected(model, term):
        own |= Q(**{f"content__{name}": term.pk})
    if own and versions.filter(own).exists():
        return True
    for relation in get_all_child_relations(model):
        names = _protected(relation.related_model, term)
        if not names:
            continue
        key = relation.get_accessor_name()
        for rows in versions.values_list(f"content__{key}", flat=True).iterator():
            if any(row[name] == term.pk for row in rows or () for name in names):
                return True
    return False


def _protected(model: type[Any], term: Model) -> list[str]:
    """Names of the fields of a model that refer to rows like this one and do not let go."""
    return [
        field.name
        for field in model._meta.get_fields()  # noqa: SLF001 - Django's name
        if isinstance(field, ForeignKey)
        and field.remote_field.on_delete is PROTECT
        and field.related_model is type(term)
    ]
