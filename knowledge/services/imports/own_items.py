"""Nobody puts her own entries online by an import either (`four_eyes`)."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.queries.membership import is_own, items_editable_by
from knowledge.services.four_eyes import may_decide_own, note_decision
from knowledge.services.imports.schema import ItemImport


def kept_back(importer: ItemImport, pks: Collection[int]) -> set[int]:
    """Which of these items whoever imports may not put online: somebody else must decide.

    Nobody keeps what superusers import, or a command without a person.
    """
    by = importer.scope.by
    return set() if by is None or may_decide_own(by) else _own(importer, pks)


def note_own_decisions(importer: ItemImport, pks: Collection[int]) -> None:
    """Write into the history which of these items, now online, are the superuser's own."""
    by = importer.scope.by
    if by is None:
        return
    for item in importer.items().filter(pk__in=_own(importer, pks), live=True):
        note_decision(item, by=by)


def _own(importer: ItemImport, pks: Collection[int]) -> set[int]:
    """The rule of `is_own` for many: as they are stored, and drafts also as they would go online."""
    by = importer.scope.by
    if by is None or not pks:
        return set()
    stored = items_editable_by(by, importer.model).filter(pk__in=pks)
    own = set(stored.values_list("pk", flat=True))
    drafts = importer.items().filter(pk__in=pks, live=False).exclude(pk__in=own)
    versions = (draft.get_latest_revision_as_object() for draft in drafts)
    return own | {version.pk for version in versions if is_own(by, version)}
