"""Queries whose SQL is written once answer what the database holds now."""

import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from knowledge.models import Resource
from knowledge.queries import resources_visible_to
from knowledge.services.publication import withdraw
from search.repeated import FixedQuery, RepeatedQuery
from search.sources.resource_rows import resource_rows, visible_rows
from tests.factories.knowledge import ResourceFactory

pytestmark = pytest.mark.django_db


def titles_by_id():
    return RepeatedQuery(
        "public_id",
        lambda ids: (
            Resource.objects.filter(live=True, public_id__in=ids)
            .order_by("title")
            .values_list("public_id", "title")
        ),
    )


@pytest.mark.parametrize("number", [1, 2, 5])
def test_any_number_of_values_is_answered_however_often(number):
    rows = ResourceFactory.create_batch(5)
    query = titles_by_id()

    for part in (rows[:number], rows[-number:]):
        found = list(query.rows(str(row.public_id) for row in part))

        assert found == sorted(((row.public_id, row.title) for row in part), key=lambda it: it[1])


def test_values_that_are_named_twice_are_asked_for_once():
    row = ResourceFactory()

    assert len(list(titles_by_id().rows([row.public_id, row.public_id]))) == 1


def test_without_values_nobody_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(titles_by_id().rows([])) == []


def test_a_query_that_does_not_ask_for_the_values_is_refused():
    query = RepeatedQuery(
        "public_id", lambda ids: Resource.objects.filter(public_id=ids[0]).values_list("pk")
    )

    with pytest.raises(ValueError, match="public_id"):
        query.rows([row.public_id for row in ResourceFactory.create_batch(2)])


def test_a_query_in_which_a_constant_looks_like_the_value_is_refused():
    row = ResourceFactory(title="public")
    query = RepeatedQuery(
        "title",
        lambda titles: Resource.objects.filter(visibility="public", title__in=titles).values_list(
            "pk"
        ),
    )

    assert list(query.rows(["other"])) == []
    with pytest.raises(ValueError, match="not only there"):
        RepeatedQuery("title", query._make).rows([row.title])


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_on_a_connection_of_its_own():
    row = ResourceFactory()
    query = titles_by_id()
    found = [list(query.rows([row.public_id]))]

    def ask():
        found.append(list(query.rows([row.public_id])))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert found == [[(row.public_id, row.title)]] * 2


def test_a_query_without_values_answers_what_is_there_now():
    query = FixedQuery(lambda: Resource.objects.order_by("title").values_list("title"))
    assert list(query.rows()) == []

    row = ResourceFactory()

    assert list(query.rows()) == [(row.title,)]


def test_rows_for_visitors_are_those_of_the_rule(django_user_model):
    rows = ResourceFactory.create_batch(4)
    ids = [str(row.public_id) for row in rows]
    assert len(visible_rows(ids, AnonymousUser())) == 4

    withdraw(item=rows[0], reason="")
    Resource.objects.filter(pk=rows[1].pk).update(visibility="members")

    for viewer, number in ((AnonymousUser(), 2), (django_user_model(is_active=True), 3)):
        expected = resource_rows(resources_visible_to(viewer).filter(public_id__in=ids))
        assert sorted(visible_rows(ids, viewer)) == sorted(expected)
        assert len(visible_rows(ids, viewer)) == number
