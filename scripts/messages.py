"""Collect the texts of the interface into the message catalogues.

`python scripts/messages.py` updates locale/; with `--check` it changes nothing and fails when the
catalogues do not hold exactly the texts of the source.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("de",)  # the texts in the source are English
SOURCES = ("platform", "knowledge", "conference", "search", "templates")
IGNORED = (".venv", "var", "tests", "scripts", "docs", "node_modules")
PROGRAMS = ("xgettext", "msgmerge", "msguniq", "msgattrib")


def collect(folder: Path) -> None:
    """Run Django's makemessages over a tree, without guessed translations and without noise."""
    os.chdir(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "nexsm.config.settings.test"
    sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]
    from django.conf import settings  # noqa: PLC0415 - needs the path above
    from django.core.management.commands.makemessages import Command  # noqa: PLC0415

    class Collect(Command):
        msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]
        requires_system_checks = []

    settings.LOCALE_PATHS = [folder / "locale"]
    (folder / "locale").mkdir(exist_ok=True)
    arguments = [part for language in LANGUAGES for part in ("--locale", language)]
    arguments += [f"--ignore={name}" for name in IGNORED]
    arguments += ["--no-location", "--no-obsolete", "--no-wrap", "--verbosity=0"]
    Collect().run_from_argv(["manage.py", "makemessages", *arguments])
    for path in catalogues(folder):
        catalogue = polib.pofile(str(path), wrapwidth=0)
        catalogue.header = f"NexSM, {path.parts[-3]}. Free software, AGPL-3.0-or-later."
        catalogue.metadata_is_fuzzy = False
        # A date or a name in the file would change with every run.
        kept = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
        catalogue.metadata = {
            "Project-Id-Version": "NexSM",
            "Language": path.parts[-3],
            **{key: value for key, value in catalogue.metadata.items() if key in kept},
        }
        catalogue.save()


def catalogues(folder: Path) -> list[Path]:
    """The catalogues of a tree."""
    return sorted(folder.glob("locale/*/LC_MESSAGES/*.po"))


def texts(path: Path) -> set[tuple[str | None, str, str]]:
    """What a catalogue translates: context, text, plural."""
    if not path.exists():
        return set()
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural)
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def differences() -> list[str]:
    """One line for every text that is missing in a catalogue or left over in it."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="nexsm-messages-") as name:
        copy = Path(name)
        for source in SOURCES:
            shutil.copytree(ROOT / source, copy / source)
        collect(copy)
        for fresh in catalogues(copy):
            kept = ROOT / fresh.relative_to(copy)
            lines += [f"{kept.name}: missing: {text[1]!r}" for text in texts(fresh) - texts(kept)]
            lines += [f"{kept.name}: left over: {text[1]!r}" for text in texts(kept) - texts(fresh)]
    return sorted(lines)


def main() -> int:
    """Return 1 when a check finds a difference or a program is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, only compare")
    if any(shutil.which(program) is None for program in PROGRAMS):
        sys.path.insert(0, str(ROOT))
        from scripts.services import system  # noqa: PLC0415 - only when it is needed

        try:
            system.install("gettext")
        except system.UnavailableError as reason:
            print(f"messages: {reason}", file=sys.stderr)
            return 1
    if not parser.parse_args().check:
        collect(ROOT)
        return 0
    found = differences()
    print("\n".join([*found, f"messages: {len(found)} differences"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
