"""`manage.py sweep_media`: stray files go, missing ones are named."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nexsm.base.media.sweeping import sweep


class Command(BaseCommand):
    """Deletes files that no row knows; says which rows have lost their file."""

    help = "Delete uploaded files that nothing points to, and report rows whose file is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")
        parser.add_argument(
            "--older-than", type=int, default=60, metavar="MINUTES", help="spare younger files (60)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        older_than = timedelta(minutes=options["older_than"])
        found = sweep(older_than=older_than, dry_run=options["dry_run"])
        verb = "would be deleted" if options["dry_run"] else "deleted"
        for name in found.strays:
            self.stdout.write(f"{verb}: {name}")
        for row, name in found.missing:
            self.stderr.write(f"missing: {name} of {row}")
        self.stdout.write(f"{len(found.strays)} stray files {verb}, {len(found.missing)} missing")
        if found.missing:
            sys.exit(1)
