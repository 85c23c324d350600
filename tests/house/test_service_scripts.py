"""The scripts that bring real services say why one is missing, and leave nothing running."""

import os
import shutil
import sys
from contextlib import contextmanager

import pytest

from scripts.services import chromium, elasticsearch, start, system


def started(tmp_path, code):
    return system.running(
        [sys.executable, "-c", code], log=tmp_path / "log", user=None, environment=os.environ
    )


def test_a_server_ends_with_the_block(tmp_path):
    with started(tmp_path, "import time; time.sleep(600)") as process:
        assert process.poll() is None
    assert process.returncode is not None


def test_a_server_that_dies_is_reported_with_its_last_words(tmp_path):
    code = "import sys; print('first'); sys.exit('no room on the disk')"
    with started(tmp_path, code) as process:
        process.wait()
        expected = "ended with code 1: no room on the disk"
        with pytest.raises(system.UnavailableError, match=expected):
            system.wait_until(lambda: False, process=process, log=tmp_path / "log", seconds=5)


def test_what_cannot_be_installed_is_named(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(system.UnavailableError, match="chromium fonts-noto-core not found"):
        system.install("chromium", "fonts-noto-core")


def test_a_browser_given_by_name_must_exist(monkeypatch):
    monkeypatch.setenv(chromium.VARIABLE, "/nowhere/chromium")
    with pytest.raises(system.UnavailableError, match="is not a program"), chromium.service():
        pass


def test_an_address_given_for_elasticsearch_must_answer(monkeypatch):
    monkeypatch.setenv(elasticsearch.VARIABLE, "http://127.0.0.1:1")
    with (
        pytest.raises(system.UnavailableError, match="no Elasticsearch answers"),
        elasticsearch.service(),
    ):
        pass


def test_one_missing_service_does_not_stop_the_others(monkeypatch):
    @contextmanager
    def here():
        yield {"HERE": "http://127.0.0.1:1"}

    @contextmanager
    def away():
        raise system.UnavailableError("no package")
        yield

    services = {"Away": ("AWAY", away), "Here": ("HERE", here)}
    monkeypatch.setattr(start, "SERVICES", services)
    monkeypatch.setattr(start.signal, "signal", lambda *_arguments: None)
    with start.all_services() as environment:
        assert environment == {
            "HERE": "http://127.0.0.1:1",
            "AWAY_WHY_NOT": "Away is missing: no package",
        }
