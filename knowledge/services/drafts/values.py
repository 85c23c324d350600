"""What a draft holds, and the way from a resource to it and back.

Only these fields can be set by members. Whatever else a resource has stays as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from knowledge.enums import ContributorKind, ContributorRole, DraftStep
from knowledge.models import (
    Audience,
    Contributor,
    Language,
    Licence,
    Publisher,
    Region,
    Resource,
    ResourceDraft,
    ResourceFile,
    ResourceType,
    Term,
    Topic,
)
from nexsm.base.models import Document

Values = dict[str, Any]

# Who it is sent for is asked with the makers; it is no field of a version that is changed later.
STEP_FIELDS: dict[str, tuple[str, ...]] = {
    DraftStep.SOURCE: ("url", "doi", "files"),
    DraftStep.CONTENT: ("title", "summary", "type", "language"),
    DraftStep.MAKERS: (
        "on_behalf",
        "persons",
        "organisations",
        "publishers",
        "year",
        "licence",
    ),
    DraftStep.TOPICS: ("topics", "tags", "audiences", "regions"),
}
# What the model calls otherwise: notes of editors are about the model's fields.
_IN_DRAFTS = {"contributors": "persons", "organisation": "on_behalf"}
FIELDS = tuple(field for fields in STEP_FIELDS.values() for field in fields)
TERMS: dict[str, type[Term]] = {"topics": Topic, "audiences": Audience, "regions": Region}


def step_of(field: str) -> str | None:
    """The page on which a field of a resource is changed; None for what only editors change."""
    name = _IN_DRAFTS.get(field, field)
    return next((step for step, fields in STEP_FIELDS.items() if name in fields), None)


def empty(field: str) -> Any:
    """The value of a field nobody has filled in."""
    if field in {"files", "persons", "organisations", "publishers", "tags", *TERMS}:
        return []
    return None if field == "year" else ""


def fingerprint(values: Mapping[str, Any], step: str) -> str:
    """A short text that differs whenever a value of the step does."""
    told = [values.get(field) or empty(field) for field in STEP_FIELDS[step]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def values_of(resource: Resource) -> Values:
    """What the fields say in this version of a resource."""
    authors = _authors(resource)
    return {
        "url": resource.url,
        "doi": resource.doi,
        "files": [str(row.document.public_id) for row in resource.files.all()],
        "title": resource.title,
        "summary": resource.summary,
        "type": resource.type.code,
        "language": resource.language.code,
        "persons": _names(authors, ContributorKind.PERSON),
        "organisations": _names(authors, ContributorKind.ORGANISATION),
        "publishers": [row.display_name for row in resource.publishers.all()],
        "year": resource.year,
        "licence": resource.licence.code if resource.licence else "",
        "tags": sorted(tag.name for tag in resource.tags.all()),
        **{name: sorted(term.code for term in getattr(resource, name).all()) for name in TERMS},
    }


def apply_values(values: Mapping[str, Any], resource: Resource) -> None:
    """Set what the fields say; the caller saves. Raises ValidationError for unknown codes."""
    get = {field: values.get(field) or empty(field) for field in FIELDS}.__getitem__
    for field in ("title", "summary", "url", "doi", "year"):
        setattr(resource, field, get(field))
    resource.type = _one(ResourceType, "type", get("type"))
    resource.language = _one(Language, "language", get("language"))
    resource.licence = _one(Licence, "licence", get("licence")) if get("licence") else None
    for name, model in TERMS.items():
        terms = model._default_manager.filter(code__in=get(name))  # noqa: SLF001 - Django's name
        getattr(resource, name).set(list(terms))
    resource.tags.set(get("tags"))
    _set_authors(resource, get("persons"), get("organisations"))
    _set_publishers(resource, get("publishers"))
    _set_files(resource, get("files"))


def _one(model: type[Any], field: str, code: str) -> Any:
    found = model.objects.filter(code=code).first()
    if found is None:
        raise ValidationError({field: _("Please choose again: this choice is gone.")})
    return found


def _authors(resource: Resource) -> list[Contributor]:
    return [row for row in resource.contributors.all() if row.role == ContributorRole.AUTHOR]


def _names(rows: Iterable[Contributor], kind: str) -> list[str]:
    return [row.display_name for row in rows if row.kind == kind]


def _set_authors(resource: Resource, persons: list[str], organisations: list[str]) -> None:
    """Name the authors. Rows whose name stays stay, with their link to a profile."""
    before = _authors(resource)
    person, organisation = ContributorKind.PERSON, ContributorKind.ORGANISATION
    if persons == _names(before, person) and organisations == _names(before, organisation):
        return  # also the order among each other
    known = {(row.kind, row.display_name): row for row in before}
    wanted = [(person, name) for name in persons]
    wanted += [(organisation, name) for name in organisations]
    others = [row for row in resource.contributors.all() if row not in before]
    authors = [
        known.get((kind.value, name)) or Contributor(kind=kind, name=name) for kind, name in wanted
    ]
    resource.contributors = _numbered([*authors, *others])


def _set_publishers(resource: Resource, names: list[str]) -> None:
    before = list(resource.publishers.all())
    if names == [row.display_name for row in before]:
        return
    known = {row.display_name: row for row in before}
    resource.publishers = _numbered([known.get(name) or Publisher(name=name) for name in names])


def _set_files(resource: Resource, public_ids: list[str]) -> None:
    known = {str(row.document.public_id): row for row in resource.files.all()}
    new = {
        str(document.public_id): ResourceFile(document=document)
        for document in Document.objects.filter(public_id__in=set(public_ids) - set(known))
    }
    rows = known | new
    resource.files = _numbered([rows[one] for one in public_ids if one in rows])


def _numbered(rows: list[Any]) -> list[Any]:
    for number, row in enumerate(rows):
        row.sort_order = number
    return rows


def version_to_change(resource: Resource) -> Resource:
    """The newest saved version of a resource, published or not."""
    newest: Resource = resource.get_latest_revision_as_object()
    return newest


def is_behind(draft: ResourceDraft) -> bool:
    """Whether there is a newer version than the one the draft began with."""
    return draft.resource is not None and draft.resource.latest_revision_id != draft.base_revision
