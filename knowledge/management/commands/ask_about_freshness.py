"""Ask those who answer for entries whether these are still right."""

from typing import Any

from django.core.management.base import BaseCommand

from knowledge.services.freshness import ask_everybody, mark_unanswered


class Command(BaseCommand):
    """What the daily job does, at once."""

    help = "Queue one mail for everybody whose entries nobody has changed or confirmed for half a year."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        marked = mark_unanswered()
        asked = ask_everybody()
        self.stdout.write(f"{asked} mails queued, {marked} entries marked as not confirmed.")
