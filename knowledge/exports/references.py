"""Resources as RIS, BibTeX and BibLaTeX. Types come from the vocabulary's columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.enums import ContributorKind, ContributorRole
from knowledge.models import Resource

# Our number of a resource: an import recognises it (BibLaTeX: a text in some archive).
EPRINT = "nexsm"
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_ESCAPE = str.maketrans(_SPECIAL)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_RIS_ROLES = (("AU", ContributorRole.AUTHOR), ("ED", ContributorRole.EDITOR))
_BIBTEX_ROLES = (
    ("author", ContributorRole.AUTHOR),
    ("editor", ContributorRole.EDITOR),
    ("translator", ContributorRole.TRANSLATOR),
)


@dataclass(frozen=True)
class Party:
    """Somebody who is named, and whether it is an organisation."""

    name: str
    is_organisation: bool


def ris_records(resources: Iterable[Resource], *, public: bool) -> Iterator[bytes]:
    """One record for each resource: CRLF, ``ER``, an empty line."""
    for resource in resources:
        lines = [f"{tag}  - {value}" for tag, value in _ris_lines(resource, public=public)]
        yield ("\r\n".join([*lines, "ER  - ", "", ""])).encode()


def bibtex_entries(resources: Iterable[Resource], *, public: bool, column: str) -> Iterator[bytes]:
    """One entry for each resource. ``column`` names the types: ``bibtex`` or ``biblatex``."""
    for resource in resources:
        kind = getattr(resource.type, column)
        fields = ",\n".join(f"  {key} = {value}" for key, value in _fields(resource, public=public))
        yield f"@{kind}{{nexsm-{resource.pk},\n{fields}\n}}\n\n".encode()


def _ris_lines(resource: Resource, *, public: bool) -> Iterator[tuple[str, str]]:
    yield "TY", resource.type.ris
    yield "ID", str(resource.public_id)
    yield "TI", _line(resource.title)
    for tag, role in _RIS_ROLES:
        for party in _parties(resource, role, public=public):
            yield tag, _line(party.name)
    if resource.year:
        yield "PY", str(resource.year)
    if resource.published_on:
        yield "DA", resource.published_on.strftime("%Y/%m/%d/")
    for name in _publishers(resource, public=public):
        yield "PB", _line(name)
    for tag, value in (("UR", resource.url), ("DO", resource.doi), ("SN", resource.isbn)):
        if value:
            yield tag, value
    yield "LA", resource.language.code
    for tag in sorted(tag.name for tag in resource.tags.all()):
        yield "KW", _line(tag)
    yield "M3", resource.type.code
    if resource.summary:
        yield "AB", _line(resource.summary)


def _fields(resource: Resource, *, public: bool) -> Iterator[tuple[str, str]]:
    for key, role in _BIBTEX_ROLES:
        if parties := _parties(resource, role, public=public):
            yield key, "{" + " and ".join(map(_name, parties)) + "}"
    # In two braces, so that no style takes capital letters away: German nouns have them.
    yield "title", "{{" + _latex(resource.title) + "}}"
    if resource.year:
        yield "year", "{" + str(resource.year) + "}"
    if resource.published_on:
        yield "date", "{" + resource.published_on.isoformat() + "}"
    publishers = " / ".join(_publishers(resource, public=public))
    simple: list[tuple[str, str, Callable[[str], str]]] = [
        # Books have a publisher, reports an institution; styles pass over what they do not know.
        ("publisher", publishers, _latex),
        ("institution", publishers, _latex),
        ("langid", resource.language.code, _latex),
        ("keywords", ", ".join(sorted(tag.name for tag in resource.tags.all())), _latex),
        ("abstract", resource.summary, _latex),
        ("url", resource.url, _address),
        ("doi", resource.doi, _address),
        ("isbn", resource.isbn, _latex),
        ("entrysubtype", resource.type.code, _latex),
        ("eprint", str(resource.public_id), _latex),
        ("eprinttype", EPRINT, _latex),
    ]
    for key, value, write in simple:
        if value:
            yield key, "{" + write(value) + "}"


def _parties(resource: Resource, role: str, *, public: bool) -> list[Party]:
    rows = [row for row in resource.contributors.all() if row.role == role]
    found = [(_shown(row, public=public), row.kind) for row in rows]
    return [Party(name, kind == ContributorKind.ORGANISATION) for name, kind in found if name]


def _publishers(resource: Resource, *, public: bool) -> list[str]:
    names = (_shown(row, public=public) for row in resource.publishers.all())
    return [name for name in names if name]


def _shown(row: Any, *, public: bool) -> str:
    return str(row.public_name if public else row.display_name)


def _line(text: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", text).split())


def _latex(text: str) -> str:
    return _line(text).translate(_ESCAPE)


def _name(party: Party) -> str:
    """An organisation stands in braces of its own; of a person nothing may look like two people."""
    name = _latex(party.name)
    if party.is_organisation:
        return "{" + name + "}"
    return re.sub(r"\band\b", "{and}", name, flags=re.IGNORECASE).replace(",", "{,}")


def _address(text: str) -> str:
    """Addresses stand as they are; what would upset the braces is written as in addresses."""
    return _line(text).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
