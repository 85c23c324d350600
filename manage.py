#!/usr/bin/env python
"""Django's command line for NexSM."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Put the rooms on the import path and hand over to Django."""
    root = Path(__file__).resolve().parent
    for folder in (root / "platform", root):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexsm.config.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs sys.path

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
