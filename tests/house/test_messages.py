"""The German catalogue is complete, sure of itself, and keeps the placeholders."""

import os
import re

import polib
import pytest

from scripts.compile_messages import compile_catalogues
from tests.house.project import ROOT

GERMAN = ROOT / "locale" / "de" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue():
    assert GERMAN.exists(), "no German catalogue: make messages"
    return polib.pofile(str(GERMAN))


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def test_every_text_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []


def test_no_translation_is_unsure(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_there_is_something_to_translate(catalogue):
    assert len(catalogue.translated_entries()) > 100


def test_translations_keep_the_placeholders(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue.translated_entries()
        if not entry.msgid_plural and placeholders(entry.msgid) != placeholders(entry.msgstr)
    ]
    wrong += [
        entry.msgid
        for entry in catalogue.translated_entries()
        for text in entry.msgstr_plural.values()
        if not set(placeholders(text)) <= set(placeholders(entry.msgid_plural))
    ]
    assert wrong == []


def test_a_catalogue_is_compiled_once_and_again_after_a_change(tmp_path):
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    source.write_text(
        f'{header}\nmsgid "Search"\nmsgstr "Suche"\n\n#, fuzzy\nmsgid "Home"\nmsgstr "Haus"\n'
    )

    assert [path.name for path in compile_catalogues(tmp_path)] == ["django.mo"]
    assert compile_catalogues(tmp_path) == []
    texts = {entry.msgid: entry.msgstr for entry in polib.mofile(str(folder / "django.mo"))}
    assert texts == {"Search": "Suche"}

    later = (folder / "django.mo").stat().st_mtime + 10
    os.utime(source, (later, later))
    assert len(compile_catalogues(tmp_path)) == 1


def test_no_catalogue_is_no_error(tmp_path):
    assert compile_catalogues(tmp_path / "locale") == []
