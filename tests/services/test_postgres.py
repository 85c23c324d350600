import os
from contextlib import suppress

import environ
import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction


@pytest.mark.postgres
def test_a_transaction_is_undone_as_a_whole(postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as session:
        session.execute("CREATE TEMPORARY TABLE round_trip (text varchar)")
        with suppress(ZeroDivisionError), session.transaction():
            session.execute("INSERT INTO round_trip VALUES ('lost')")
            raise ZeroDivisionError
        with session.transaction():
            session.execute("INSERT INTO round_trip VALUES ('kept: ئاشتی')")
        rows = session.execute("SELECT text FROM round_trip").fetchall()
    assert rows == [("kept: ئاشتی",)]


@pytest.mark.django_db
def test_tests_run_on_the_database_the_environment_names():
    asked = environ.Env.db_url_config(os.environ.get("DATABASE_URL", "sqlite://"))
    assert connection.settings_dict["ENGINE"] == asked["ENGINE"]


@pytest.mark.django_db(transaction=True)
def test_a_failed_block_leaves_no_row_on_this_database():
    with suppress(ZeroDivisionError), transaction.atomic():
        ContentType.objects.create(app_label="round_trip", model="lost")
        raise ZeroDivisionError
    with transaction.atomic():
        ContentType.objects.create(app_label="round_trip", model="kept")
    kept = ContentType.objects.filter(app_label="round_trip").values_list("model", flat=True)
    assert list(kept) == ["kept"]
