"""Send the mails that wait, for cron or by hand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nexsm.base.mail import delivery
from nexsm.base.models import MailState, OutgoingMail


class Command(BaseCommand):
    """Send what is due and delete what is old."""

    help = "Send the mails that are due, and delete the texts of those sent days ago."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retry", action="store_true", help="first try again what was given up"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        if options["retry"]:
            self.stdout.write(f"{delivery.try_again()} mails are tried again")
        done = delivery.deliver_due()
        delivery.forget_old()
        waiting = OutgoingMail.objects.filter(state=MailState.WAITING).count()
        self.stdout.write(
            f"{done.sent} sent, {done.postponed} postponed, {done.parked} given up, {waiting} waiting"
        )
