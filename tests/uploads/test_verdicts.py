"""The whole corpus where the verdicts are made: of documents and images, schedules and tables."""

import pytest

from conference.services.schedule_import.findings import Findings, ScheduleRefusedError
from conference.services.schedule_import.reading import read_bytes
from knowledge.services.imports.problems import ImportRefusedError
from knowledge.services.imports.reading import open_raw
from knowledge.services.imports.resources import ResourceImport

from . import corpus
from .corpus import ACCEPT, EITHER, REJECT
from .routes import is_no_text
from .verdicts import FIELDS, one_of_each, refusal_as

ALL = corpus.BAD + corpus.GOOD


def test_there_are_enough_of_them():
    assert len(corpus.BAD) >= 200
    assert len(one_of_each()) >= 80
    assert len(corpus.GOOD) >= 16
    assert len({(case.name, case.content) for case in corpus.BAD}) == len(corpus.BAD)


@pytest.mark.parametrize("kind", FIELDS)
def test_fields_give_the_right_verdict(kind):
    for case in ALL:
        verdict, refusal = getattr(case, kind), refusal_as(kind, case)
        assert verdict is EITHER or verdict is (REJECT if refusal else ACCEPT), case.label


@pytest.mark.parametrize("kind", FIELDS)
def test_what_every_route_meets_holds_every_refusal(kind):
    assert {refusal_as(kind, case) for case in one_of_each()} == {
        refusal_as(kind, case) for case in ALL
    }


def test_none_of_them_is_a_schedule():
    for case in ALL:
        with pytest.raises(ScheduleRefusedError):
            read_bytes(case.content, Findings())


def test_what_is_no_text_is_no_table(tmp_path):
    path = tmp_path / "table"
    refused = set()
    for case in ALL:
        path.write_bytes(case.content)
        try:
            open_raw(path, ResourceImport.columns)
        except ImportRefusedError:
            refused.add(case)
    assert [case.label for case in ALL if is_no_text(case) and case not in refused] == []
