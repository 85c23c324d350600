"""Delete what is too old to be kept."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from nexsm.accounts import retention


class Command(BaseCommand):
    """Apply the rules on how long data is kept."""

    help = "Delete what is too old: unconfirmed and inactive accounts, ended sessions, invitations, drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        with transaction.atomic():
            results = retention.apply()
            transaction.set_rollback(options["dry_run"])
        for result in results:
            self.stdout.write(f"{result.name}: {result.count}")
