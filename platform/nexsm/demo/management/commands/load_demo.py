"""Loads NexSM24 and labelled example content."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from nexsm.demo.content import DataError
from nexsm.demo.loader import load, remove_examples


class Command(BaseCommand):
    """Load the demo, or take the examples away again."""

    help = (
        "Load the NexSM24 conference and clearly marked example content. A second run changes "
        "nothing; what somebody has edited since is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--remove-examples",
            action="store_true",
            help="Delete all example content and its files. NexSM24 and the pages stay.",
        )
        parser.add_argument(
            "--no-examples",
            action="store_true",
            help="Load pages, NexSM24 and its organisations only.",
        )
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="Create test accounts also where DEBUG is off; never with production settings.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["remove_examples"]:
            self._remove()
            return
        accounts = settings.DEBUG or options["accounts"]
        if options["accounts"] and _is_production():
            raise CommandError("Test accounts are not made with production settings.")
        try:
            result = load(
                with_examples=not options["no_examples"],
                with_accounts=accounts and not _is_production(),
            )
        except (DataError, ValidationError) as error:
            raise CommandError(f"The demo was not loaded: {error}") from error
        for line in result.tally.lines():
            self.stdout.write(line)
        for email, password in result.passwords.items():
            self.stdout.write(f"account {email}  password {password}")

    def _remove(self) -> None:
        for kind, count in remove_examples().items():
            self.stdout.write(f"{kind}: {count} removed")


def _is_production() -> bool:
    return str(settings.SETTINGS_MODULE).endswith(".production")
