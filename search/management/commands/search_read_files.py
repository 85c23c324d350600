"""Read the text of uploaded files now."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from search.files import waiting
from search.files.reader import read_waiting
from search.models import FileText, TextState

_SHOWN = 50


class Command(BaseCommand):
    """Read what waits; the server does the same by itself. Its items are then indexed by the worker."""

    help = "Read the text of uploaded files that wait, and say which could not be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="read all files once more")
        parser.add_argument(
            "--unreadable", action="store_true", help="read those once more that could not be read"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        if options["again"] or options["unreadable"]:
            waiting.read_again(unreadable_only=not options["again"])
        self.stdout.write(f"{read_waiting()} files read")
        counts = FileText.objects.order_by().values_list("state").annotate(Count("pk"))
        for state, count in sorted(counts):
            self.stdout.write(f"{state}: {count}")
        others = FileText.objects.exclude(state__in=(TextState.READ, TextState.UNSUPPORTED))
        for row in others.select_related("document").order_by("state", "pk")[:_SHOWN]:
            detail = f" ({row.detail})" if row.detail else ""
            self.stdout.write(f"  {row.state}: {row.document_id} {row.document.title}{detail}")
