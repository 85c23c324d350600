"""Show what the analysis makes of a text."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.analysis import ANALYSIS_VERSION, analyse
from search.analysis.explain import reasons


class Command(BaseCommand):
    """Print the tokens of a text."""

    help = "Show which terms the search makes of a text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text")
        parser.add_argument("--lang", default="de", help="language of the text (BCP 47)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        self.stdout.write(f"analysis {ANALYSIS_VERSION}, language {options['lang']}")
        for token in analyse(options["text"], options["lang"]):
            terms = " | ".join(token.terms)
            why = "; ".join(reasons(token.surface, options["lang"]))
            self.stdout.write(
                f"{token.pos:3} {token.start:4}-{token.end:<4} {token.surface} → {terms}  ({why})"
            )
