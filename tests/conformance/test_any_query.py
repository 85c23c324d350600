"""Whatever is typed, both engines answer, and answer the same."""

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from search import asking, synonyms
from search.evaluation.asking import AllInSight
from search.evaluation.vocabulary import first_synonyms
from tests.odd_queries import ODD

pytestmark = pytest.mark.es


@pytest.fixture(scope="module")
def answers(judged_engines):
    def both(text):
        found = []
        for engine in judged_engines:
            search = asking.understand(asking.SearchRequest(text))
            with synonyms.instead(first_synonyms()):
                answer = asking.ask(engine, search, AllInSight())
            ids = [hit.key for hit in answer.page.hits]
            found.append((answer.page.total, set(ids), answer.meaning))
        return found

    return both


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_queries_are_answered_alike(answers, text):
    embedded, cluster = answers(text)

    assert embedded[0] == cluster[0]
    assert embedded[2] == cluster[2]
    if embedded[0] <= asking.PAGE_SIZE:
        assert embedded[1] == cluster[1]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                ["Verein", "Migrant*in", '"', "-", "(", "titel:", "AND", "ki", "dernek", "لاجئ"]
            ),
            max_size=12,
        ).map(" ".join),
    )
)
@example("titel:-\"'")
def test_any_string_is_answered_alike(answers, text):
    embedded, cluster = answers(text)

    assert embedded[0] == cluster[0]
    assert embedded[2] == cluster[2]
