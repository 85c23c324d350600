"""The outbox of the index, its generations, the text of files, synonyms, and what visitors missed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nexsm.base.localised import LinesField
from nexsm.base.models import Document


class IndexJob(models.Model):
    """A group of documents that the index must look at again.

    Written in the same transaction as the change that made it necessary. Holds only the name: the
    worker reads the state of the database, so jobs may be repeated and need no order.
    """

    group = models.CharField(_("group"), max_length=120)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    is_parked = models.BooleanField(_("given up"), default=False)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("index job")
        verbose_name_plural = _("index jobs")
        ordering = ["pk"]
        indexes = [models.Index(fields=["is_parked", "not_before"], name="indexjob_due")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.group}"


class IndexGeneration(models.Model):
    """One complete build of the index."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    engine = models.CharField(_("engine"), max_length=20)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    documents = models.PositiveIntegerField(_("documents"), default=0)

    class Meta:
        verbose_name = _("build of the index")
        verbose_name_plural = _("builds of the index")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return self.name


class ShownText(models.Model):
    """What a hit is shown with, and where its words stand (``search.marks``): written with the index.

    It saves reading and analysing the item's own texts while somebody waits. A row whose ``version`` is
    not that of the item is not used, so it can be late but never wrong.
    """

    key = models.CharField(_("document"), max_length=120, primary_key=True)
    group = models.CharField(_("group"), max_length=120, db_index=True)
    version = models.CharField(_("state"), max_length=40)
    text = models.TextField(_("text"))
    marks = models.TextField(_("places of words"))
    # On which pages of the item's files its words stand (`search.files.places`).
    pages = models.TextField(_("pages with words"), blank=True)
    kept_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("text of a hit")
        verbose_name_plural = _("texts of hits")

    def __str__(self) -> str:
        return self.key


class TextState(models.TextChoices):
    """What became of reading a file; the values are those of ``search.files.outcome``, and waiting."""

    WAITING = "waiting", _("not read yet")
    READ = "read", _("searchable")
    EMPTY = "empty", _("without text, for example a scan")
    ENCRYPTED = "encrypted", _("protected by a password")
    DAMAGED = "damaged", _("damaged")
    TOO_BIG = "too_big", _("too big to be read")
    TIMED_OUT = "timed_out", _("takes too long to be read")
    UNSUPPORTED = "unsupported", _("a kind of file without text")


class FileText(models.Model):
    """What was found when the text of an uploaded file was read. Its pages hold the text.

    A row that waits is at the same time the note that the file is to be read.
    """

    document = models.OneToOneField(
        Document, verbose_name=_("file"), on_delete=models.CASCADE, related_name="search_text"
    )
    file_hash = models.CharField(_("fingerprint of the file"), max_length=64, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=TextState.choices, default=TextState.WAITING
    )
    detail = models.CharField(_("reason"), max_length=300, blank=True)
    is_cut = models.BooleanField(_("only the beginning was read"), default=False)
    is_numbered = models.BooleanField(_("has pages to turn to"), default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("not before"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        indexes = [models.Index(fields=["state", "due_at"], name="filetext_due")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"


class FilePage(models.Model):
    """The text of one page of a file, or of a piece of a file that has no pages."""

    file = models.ForeignKey(
        FileText, verbose_name=_("file"), on_delete=models.CASCADE, related_name="pages"
    )
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("page of a file")
        verbose_name_plural = _("pages of files")
        ordering = ["file", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_page_a_number")]

    def __str__(self) -> str:
        return f"{self.file_id}, {self.number}"


class SynonymGroup(models.Model):
    """Words that mean the same to people who search. Used when a query is read; no new index needed."""

    words = LinesField(
        _("words"),
        help_text=_("One a line, at least two, in any language. Each finds what the others find."),
    )
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("For other editors: why they belong together."),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Without the tick the search ignores the group.")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " = ".join(self.words or [])


class MissingReport(models.Model):
    """What a visitor searched for in vain, in her words. Holds nothing about the person."""

    query = models.CharField(_("searched for"), max_length=256)
    text = models.TextField(_("what is missing"), max_length=2000, blank=True)
    language = models.CharField(_("language of the page"), max_length=35, blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    is_done = models.BooleanField(
        _("done"), default=False, help_text=_("Tick when somebody has taken care of it.")
    )

    class Meta:
        verbose_name = _("report of missing content")
        verbose_name_plural = _("missing content")
        ordering = ["is_done", "-created_at"]

    def __str__(self) -> str:
        return self.query
