"""However a word is written for all genders, it finds the same items in both engines."""

import pytest

from search.evaluation.asking import ask
from search.evaluation.judgements import Query

SIGNS = ("*innen", ":innen", "_innen", "Innen", "/-innen", "/innen", "(inn)en", "·innen", "•innen")


def signed(stem, tail=""):
    return [f"{stem}{sign}{tail}" for sign in SIGNS]


# Lists of spellings of the same thing, those of the page of NexSM24 among them.
SPELLINGS = {
    "people": [
        *signed("Migrant"),
        "Migrantinnen und Migranten",
        "Migranten und Migrantinnen",
        "migrant*innen",
        "MIGRANT*INNEN",
    ],
    "organisations": [
        *signed("Migrant", "organisationen"),
        "Migrant*innen-Organisationen",
        "Migrantinnen- und Migrantenorganisationen",
        "Migrantenorganisation",
        *signed("Migrant", "selbstorganisationen"),
        "Migrant*innen-selbstorganisationen",
        "Migrant*innen(selbst)organisation",
        "Migrantinnen- und Migranten(selbst)organisationen",
        "Migrantinnen- und Migrantenselbstorganisationen",
        "Migrantenselbstorganisation",
        "MSO",
        "MSOs",
    ],
    "communities": ["Communities", "Communitys", "Community"],
    "communities online": [
        "Online-Communities",
        "Online-Communitys",
        "Onlinecommunities",
        "Online-Community",
    ],
}


def keys_of(engine, spelling):
    page = ask(engine, Query(spelling, "gender"), page_size=1000).page
    return frozenset(hit.key for hit in page.hits)


@pytest.mark.es
@pytest.mark.parametrize("thing", SPELLINGS)
def test_all_spellings_find_the_same_of_the_example_texts(judged_engines, thing):
    answers = {
        (engine.name, spelling): keys_of(engine, spelling)
        for engine in judged_engines
        for spelling in SPELLINGS[thing]
    }

    assert len(set(answers.values())) == 1
    assert all(len(found) > 5 for found in answers.values())
