"""Leads an import: check every row first, then write all rows in one transaction, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, reset_queries, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from knowledge.enums import SubmissionState
from knowledge.models import CuratedItem, ImportedRow, Submission
from knowledge.services.imports.cells import Cells
from knowledge.services.imports.own_items import kept_back, note_own_decisions
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.reading import Reading, open_table
from knowledge.services.imports.schema import ItemImport, ParsedRow
from knowledge.services.imports.updating import Change, change_items, publish_item
from knowledge.services.imports.writing import create_items, new_item
from knowledge.signals import items_changed

BATCH = 500


@dataclass
class ImportReport:
    """What an import did, or would do (``dry_run``)."""

    read_as: str
    dry_run: bool
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    published: int = 0
    left_offline: int = 0
    skipped: int = 0
    locked_rows: list[int] = field(default_factory=list)
    # Own entries of whoever imports: they stay or become drafts, somebody else puts them online.
    own_rows: list[int] = field(default_factory=list)
    # Primary keys of what an organisation's import wrote: its people may send them for review.
    written: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What is known of an item before its row is looked at."""

    pk: int
    live: bool
    first_published_at: datetime | None
    locked: bool
    fingerprints: dict[str, str]


@dataclass
class _Plan:
    """What is to be done with the rows of one batch."""

    create: list[ParsedRow] = field(default_factory=list)
    change: list[Change] = field(default_factory=list)
    # Changes that become drafts although the others go online.
    draft: list[Change] = field(default_factory=list)
    publish: list[_Known] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        """All of them."""
        return [*self.change, *self.draft]


@dataclass(frozen=True)
class Options:
    """How to treat a file. ``skip``: numbers of rows that are left out; ``most``: of rows at all."""

    publish: bool = False
    reading: Reading = field(default_factory=Reading)
    skip: frozenset[int] = frozenset()
    most: int | None = None


def run_import(
    *,
    path: Path,
    importer: ItemImport,
    publish: bool = False,
    dry_run: bool = False,
    options: Options | None = None,
) -> ImportReport:
    """Import a file. The key of an item is its source and its id there, or its public id.

    New rows become drafts, or go online with ``publish``; changed cells change exactly their field;
    the same row again changes nothing, also if editors changed the item meanwhile; nor does a row
    that says what the item says already. Items that editors locked or withdrew stay as they are, and
    what is the importing person's own does not go online (`own_items`).
    Raises ImportRefusedError with every problem found; then nothing was written.
    """
    options = options or Options(publish=publish)
    report, problems = check_import(path=path, importer=importer, options=options)
    if problems.total:
        raise ImportRefusedError(problems)
    if dry_run:
        return report
    run = _Run(path, importer, options)
    try:
        with transaction.atomic():
            for batch in run.batches(problems):
                _write(importer, batch, run.report, publish=options.publish)
                reset_queries()  # Django in debug mode keeps every statement
            if problems.total:
                raise ImportRefusedError(problems)
    except IntegrityError as error:
        reason = _("Somebody else wrote the same entries at the same time. Please start again.")
        raise ImportRefusedError.because(reason) from error
    return run.report


def check_import(
    *,
    path: Path,
    importer: ItemImport,
    options: Options,
    look: Callable[[list[ParsedRow]], None] | None = None,
) -> tuple[ImportReport, Problems]:
    """Read a file and compare it with what is there, without writing.

    ``look`` is called with the new rows of each batch. Raises ImportRefusedError for a file that
    cannot be read at all.
    """
    run = _Run(path, importer, options, dry_run=True)
    problems = Problems()
    for batch in run.batches(problems):
        plan = _plan(importer, batch, run.report, publish=options.publish)
        if look and plan.create:
            look(plan.create)
        reset_queries()
    return run.report, problems


class _Run:
    """One reading of a file, in batches of parsed rows."""

    def __init__(
        self, path: Path, importer: ItemImport, options: Options, *, dry_run: bool = False
    ) -> None:
        self._importer = importer
        self._skip = options.skip
        self._most = options.most
        self._table = open_table(
            path,
            known=importer.columns,
            required=importer.required,
            reading=options.reading,
        )
        self.report = ImportReport(self._table.read_as, dry_run)

    def batches(self, problems: Problems) -> Iterator[list[ParsedRow]]:
        """Rows without problems."""
        rows = self._parsed(problems)
        while batch := list(islice(rows, BATCH)):
            yield batch

    def _parsed(self, problems: Problems) -> Iterator[ParsedRow]:
        """The ids seen are all that is kept of a row."""
        seen: dict[str, int] = {}
        for number, row in enumerate(self._table.rows(problems), start=1):
            if self._most is not None and number > self._most:
                problems.add(
                    None, "", _("A file may have at most %(most)s rows.") % {"most": self._most}
                )
                return
            if row.number in self._skip:
                self.report.skipped += 1
                continue
            parsed = self._importer.parse(Cells(row, problems))
            import_id = " ".join(row.cells["id"].split())
            if import_id and import_id in seen:
                problems.add(
                    row.number,
                    "id",
                    _('"%(id)s" already stands in row %(row)s')
                    % {"id": import_id[:60], "row": seen[import_id]},
                )
                continue
            seen[import_id] = row.number
            if parsed:
                yield parsed


def _known_items(importer: ItemImport, batch: list[ParsedRow]) -> dict[str, _Known]:
    """The items that rows mean: by the id at their source, else by the public id of an export."""
    ids = [row.import_id for row in batch]
    public = {key: text for text in ids if (key := _uuid(text))}
    items = list(
        importer.items()
        .filter(Q(import_source=importer.source, import_id__in=ids) | Q(public_id__in=public))
        .values_list(
            "import_source",
            "import_id",
            "public_id",
            "pk",
            "live",
            "first_published_at",
            "locked",
        )
    )
    prints: dict[int, dict[str, str]] = dict(
        ImportedRow.objects.filter(
            kind=importer.kind, object_id__in=[item[3] for item in items]
        ).values_list("object_id", "fingerprints")
    )
    waiting = _in_review(importer, [item[3] for item in items])
    known: dict[str, _Known] = {}
    for source, import_id, public_id, pk, live, first, locked in items:
        item = _Known(pk, live, first, locked or pk in waiting, prints.get(pk, {}))
        if source == importer.source and import_id:
            known[import_id] = item
        if public_id in public:
            known.setdefault(public[public_id], item)
    return known


def _in_review(importer: ItemImport, pks: list[int]) -> set[int]:
    """Items of which a version waits for a review: nobody may change them behind its back."""
    submissions = Submission.objects.filter(
        content_type=ContentType.objects.get_for_model(importer.model),
        object_id__in=pks,
        state=SubmissionState.WAITING,
    )
    return set(submissions.values_list("object_id", flat=True))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _changed_columns(
    importer: ItemImport, batch: list[ParsedRow], known: Mapping[str, _Known]
) -> dict[int, list[str]]:
    """By primary key: the columns that differ from the row imported last, and from the item."""
    changed: dict[int, list[str]] = {}
    rows: dict[int, ParsedRow] = {}
    for row in batch:
        if item := known.get(row.import_id):
            traces = row.fingerprints.items()
            columns = [name for name, trace in traces if item.fingerprints.get(name) != trace]
            if columns:
                changed[item.pk], rows[item.pk] = columns, row
    if not changed:
        return {}
    stored = importer.loaded(importer.model._default_manager.filter(pk__in=changed))  # noqa: SLF001
    for found in stored:
        # The row of a draft in the database is older than its newest version.
        is_draft = not found.live and found.latest_revision_id
        newest = found.get_latest_revision_as_object() if is_draft else found
        values = importer.current_values(newest)
        row = rows[found.pk]
        changed[found.pk] = [
            name
            for name in changed[found.pk]
            if name not in values or not importer.is_same(name, row.values[name], values[name])
        ]
    return changed


def _plan(
    importer: ItemImport, batch: list[ParsedRow], report: ImportReport, *, publish: bool
) -> _Plan:
    """Compare the rows with what was imported before, and count."""
    known = _known_items(importer, batch)
    changed = _changed_columns(importer, batch, known)
    own = kept_back(importer, [item.pk for item in known.values()]) if publish else set()
    plan = _Plan()
    for row in batch:
        item = known.get(row.import_id)
        if item is None:
            plan.create.append(row)
            continue
        columns = changed.get(item.pk, [])
        withdrawn = publish and not item.live and item.first_published_at is not None
        goes_online = publish and not withdrawn and (not item.live or bool(columns))
        if item.locked and (columns or goes_online):
            report.locked_rows.append(row.number)
            continue
        if goes_online and item.pk in own:
            report.own_rows.append(row.number)
            goes_online = False
        report.left_offline += withdrawn
        report.published += goes_online
        if columns:
            changes = plan.draft if item.pk in own else plan.change
            changes.append(Change(item.pk, row, columns))
        elif goes_online:
            plan.publish.append(item)
    report.created += len(plan.create)
    report.published += len(plan.create) if publish else 0
    report.changed += len(plan.changes)
    report.unchanged += len(batch) - len(plan.create) - len(plan.changes)
    return plan


def _write(
    importer: ItemImport, batch: list[ParsedRow], report: ImportReport, *, publish: bool
) -> None:
    plan = _plan(importer, batch, report, publish=publish)
    importer.prepare([*plan.create, *(change.row for change in plan.changes)])
    created = _create(importer, plan.create, publish=publish)
    online = created if publish else []
    online += change_items(importer, plan.change, publish=publish)
    change_items(importer, plan.draft, publish=False)
    if importer.scope.organisation:
        report.written += [*created, *(change.pk for change in plan.changes)]
    _remember(importer, plan.changes)
    if online:
        items_changed.send(sender=importer.model, pks=online)
    for item in plan.publish:
        publish_item(importer, item.pk)
    if publish:
        decided = [change.pk for change in plan.change] + [item.pk for item in plan.publish]
        note_own_decisions(importer, decided)


def _create(importer: ItemImport, rows: list[ParsedRow], *, publish: bool) -> list[int]:
    """Write new items; returns their primary keys."""
    items: list[CuratedItem] = []
    for row in rows:
        item = new_item(importer.model, import_id=row.import_id, **importer.new_fields())
        importer.apply(item, row.values, row.values)
        items.append(item)
    create_items(items, publish=publish, by=importer.scope.by)
    pks = [item.pk for item in items]
    ImportedRow.objects.filter(kind=importer.kind, object_id__in=pks).delete()
    ImportedRow.objects.bulk_create(
        ImportedRow(kind=importer.kind, object_id=item.pk, fingerprints=row.fingerprints)
        for item, row in zip(items, rows, strict=True)
    )
    return pks


def _remember(importer: ItemImport, changes: list[Change]) -> None:
    """Keep what the rows said, beside what earlier files with other columns said."""
    rows = ImportedRow.objects.filter(
        kind=importer.kind, object_id__in=[change.pk for change in changes]
    )
    known = {row.object_id: row.fingerprints for row in rows}
    rows.delete()
    ImportedRow.objects.bulk_create(
        ImportedRow(
            kind=importer.kind,
            object_id=change.pk,
            fingerprints={**known.get(change.pk, {}), **change.row.fingerprints},
        )
        for change in changes
    )
