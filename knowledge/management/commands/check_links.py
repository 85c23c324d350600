"""Look for links to other sites in the content and ask whether they still work."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from knowledge.services.link_checks import check_due
from knowledge.services.link_uses import forget_unused, scan


class Command(BaseCommand):
    """What the job does in small portions, at once."""

    help = "Note all links of the content and check those that are due, at most one of each server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--limit", type=int, default=50, help="Check no more than this many links."
        )
        parser.add_argument(
            "--only-note", action="store_true", help="Ask no other site; only note what there is."
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        now, read = timezone.now(), 0
        while portion := scan(now):
            read += portion
        forget_unused()
        checked = 0 if options["only_note"] else check_due(limit=options["limit"])
        self.stdout.write(f"{read} items read, {checked} links checked.")
