"""`make run` does nothing twice, and keeps the passwords of the test accounts to their owner."""

import stat
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from nexsm.demo.management.commands import prepare
from search.engines import EngineUnavailable
from tests.factories.knowledge import ResourceFactory


@pytest.fixture
def steps(monkeypatch, settings, tmp_path):
    """What the command did: the slow steps are replaced by notes."""
    settings.DATA_DIR = tmp_path
    settings.DEBUG = True
    done = []

    def load(**options):
        done.append(("load", options))
        return SimpleNamespace(passwords={"editor@example.org": "long-and-random"})

    def call(name, *arguments, **_options):
        done.append((name, arguments))

    monkeypatch.setattr(prepare, "load", load)
    monkeypatch.setattr(prepare, "call_command", call)
    monkeypatch.setattr(prepare, "needs_rebuild", lambda _engine: False)
    monkeypatch.delenv("RUN_MAIN", raising=False)
    return done


@pytest.mark.django_db
def test_an_empty_site_gets_the_demo_and_shows_its_accounts(steps, capsys, tmp_path):
    call_command("prepare")
    assert steps == [("load", {"with_examples": True, "with_accounts": True})]
    assert "editor@example.org  long-and-random" in capsys.readouterr().out
    kept = tmp_path / prepare.ACCOUNTS_FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_site_with_content_is_left_alone(steps):
    ResourceFactory()
    call_command("prepare")
    assert steps == []


@pytest.mark.django_db
def test_the_accounts_are_shown_again_at_the_next_start(steps, capsys):
    call_command("prepare")
    ResourceFactory()
    capsys.readouterr()
    call_command("prepare")
    assert "editor@example.org  long-and-random" in capsys.readouterr().out


@pytest.mark.django_db
def test_without_debug_no_accounts_are_asked_for_or_shown(steps, settings, capsys):
    settings.DEBUG = False
    call_command("prepare")
    assert steps == [("load", {"with_examples": True, "with_accounts": False})]
    assert "long-and-random" not in capsys.readouterr().out


@pytest.mark.django_db
def test_a_missing_index_is_built_and_a_dead_engine_stops_nobody(steps, monkeypatch, capsys):
    ResourceFactory()
    monkeypatch.setattr(prepare, "needs_rebuild", lambda _engine: True)
    call_command("prepare")
    assert steps == [("search_rebuild", ())]

    def dead(_engine):
        raise EngineUnavailable("nobody answers")

    monkeypatch.setattr(prepare, "needs_rebuild", dead)
    call_command("prepare", serve="127.0.0.1:1")
    assert steps[1:] == [("runserver", ("127.0.0.1:1",))]
    assert "nobody answers" in capsys.readouterr().err


def test_the_reloader_only_serves(steps, monkeypatch):
    monkeypatch.setenv("RUN_MAIN", "true")
    call_command("prepare", serve="127.0.0.1:1")
    assert steps == [("runserver", ("127.0.0.1:1",))]
