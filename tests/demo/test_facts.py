"""The facts of NexSM24 and how strictly they are read."""

import copy
import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from nexsm.demo import facts as module
from nexsm.demo.content import DATA, DataError
from tests.house.project import ROOT

ENVIRONMENT = "NEXSM_FACTS"
# Of the original, so that a changed copy is noticed also where the original is not at hand.
DIGEST = "e68c1aa7f8082beec98c511c93862c3e3bb51f19d9acea2238a2a14aa46093c9"
BESIDE = ROOT.parent / "shared" / "facts" / "nexsm24.json"


def original():
    """The file the facts were copied from: beside this repository, or where the variable says."""
    return Path(os.environ.get(ENVIRONMENT, BESIDE))


def test_facts_equal_the_original(capsys):
    path = original()
    copied = json.loads((DATA / "nexsm24.json").read_text(encoding="utf-8"))
    canonical = json.dumps(copied, ensure_ascii=False, sort_keys=True).encode()
    assert hashlib.sha256(canonical).hexdigest() == DIGEST
    if path.is_file():
        assert copied == json.loads(path.read_text(encoding="utf-8"))
    else:
        with capsys.disabled():
            sys.stdout.write(f"\nThe original facts are not here; {ENVIRONMENT} can name them.\n")


def test_counts_are_those_of_the_source(facts):
    assert facts["counts"] == {
        "programme_rows_in_seed": module.ROWS,
        "top_level_slots": module.SLOTS,
        "workshop_sessions": module.PARALLEL,
        "distinct_workshops": module.WORKSHOPS,
        "distinct_name_strings": module.NAMES,
        "distinct_name_strings_in_programme": module.NAMES_IN_PROGRAMME,
    }
    assert (len(module.sessions(facts)), len(module.items(facts)), len(module.rounds(facts))) == (
        6,
        7,
        2,
    )


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("conference",),
        ("contacts", 0),
        ("programme", 0),
        ("programme", 2, "speakers", 0),
        ("programme", 8, "parallel_sessions", 0),
        ("workshops", 0),
    ],
)
def test_an_unknown_field_is_an_error(facts, monkeypatch, path):
    changed = copy.deepcopy(facts)
    place = changed
    for step in path:
        place = place[step]
    place["surprise"] = 1
    monkeypatch.setattr(module, "read", lambda _name: changed)
    with pytest.raises(DataError, match="unknown field surprise"):
        module.facts.__wrapped__()


def test_a_lost_row_is_an_error(facts):
    changed = copy.deepcopy(facts)
    del changed["programme"][0]
    with pytest.raises(DataError, match="top-level slots: 14 instead of 15"):
        module.check_counts(changed)


def test_merged_spellings_are_an_error(facts):
    changed = copy.deepcopy(facts)
    for person in changed["people"]:
        if person["name_as_printed"] == "Taissiya Sutormina":
            person["name_as_printed"] = "Taissyia Sutormina"
    with pytest.raises(DataError, match="names: 23 instead of 24"):
        module.check_counts(changed)


def test_offers_that_differ_are_an_error(facts):
    changed = copy.deepcopy(facts)
    changed["programme"][8]["parallel_sessions"][0]["title"] = "Something else"
    with pytest.raises(DataError, match="title of r1-1 differs from w1"):
        module.check_pairs(changed)
