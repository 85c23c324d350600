"""Show what the analysis makes of a text."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.analysis import ANALYSIS_VERSION, analyse
from search.analysis.explain import reasons


class Command(BaseCommand):
    """Print the tokens of a text, where they stand, and why each term exists."""

    help = (
        "Show which terms the search makes of a text, where they stand, and which rule made each."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text")
        parser.add_argument("--lang", default="de", help="language of the text (BCP 47)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        self.stdout.write(f"analysis {ANALYSIS_VERSION}, language {options['lang']}")
        for token in analyse(options["text"], options["lang"]):
            place = f"{token.start}-{token.end}"
            self.stdout.write(f"{token.pos:3} {place:>9} {token.surface}")
            for term, why in reasons(token, options["lang"]):
                self.stdout.write(f"{'':14}{term}  ({why})")
