"""Queries that every search asks: their SQL is written once.

Django takes several times as long to write such a query as the database to answer it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _Written:
    """A query for so many values, which stand among its parameters from ``place`` on."""

    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    place: int
    # What makes values of the project from those of the database's driver, by place in a row.
    converters: dict[int, Any]


class RepeatedQuery:
    """The rows that have one of some values in a column, as tuples.

    ``make`` takes such values and returns the query for them, with ``values_list``. All else in that query
    must be the same for ever and for everybody: no moment, no person.
    """

    def __init__(self, column: str, make: Callable[[Sequence[Any]], QuerySet[Any, Any]]) -> None:
        self._column = column
        self._make = make
        # Number of values → what is written; of each thread, like its connections.
        self._known = threading.local()

    def rows(self, values: Iterable[Any]) -> Rows:
        """The rows for these values: one query, none if there is no value."""
        different = list(dict.fromkeys(values))
        if not different:
            return ()
        known = self._known_here()
        written = known.get(len(different))
        if written is None or not _is_in_use(written.compiler):
            written = known[len(different)] = self._write(different)
        parameters = list(written.parameters)
        end = written.place + len(different)
        parameters[written.place : end] = self._adapted(different, written.compiler)
        return _asked(written, parameters)

    def _known_here(self) -> dict[int, _Written]:
        if not hasattr(self._known, "written"):
            self._known.written = {}
        written: dict[int, _Written] = self._known.written
        return written

    def _write(self, values: Sequence[Any]) -> _Written:
        queryset = self._make(values)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, parameters = compiler.as_sql()
        adapted = self._adapted(values, compiler)
        starts = range(len(parameters) - len(values) + 1)
        places = [at for at in starts if list(parameters[at : at + len(values)]) == adapted]
        if len(places) != 1:  # not there, or a constant of the query looks like them
            raise ValueError(f"{self._column} is not asked for with “in”, or not only there")
        return _written(compiler, sql, parameters, places[0])

    def _adapted(self, values: Sequence[Any], compiler: SQLCompiler) -> list[Any]:
        """The values as the database's driver takes them."""
        field: Any = None
        meta: Any = compiler.query.get_meta()
        for name in self._column.split("__"):
            field = meta.get_field(name)
            meta = field.related_model and field.related_model._meta  # noqa: SLF001 - Django's public name
        return [field.get_db_prep_value(value, compiler.connection) for value in values]


class FixedQuery:
    """The rows of a query in which everything is always the same."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._known = threading.local()

    def rows(self) -> Rows:
        """The rows now, as tuples."""
        written: _Written | None = getattr(self._known, "written", None)
        if written is None or not _is_in_use(written.compiler):
            queryset = self._make()
            compiler = queryset.query.get_compiler(queryset.db)
            sql, parameters = compiler.as_sql()
            written = self._known.written = _written(compiler, sql, parameters, 0)
        return _asked(written, written.parameters)


def _written(compiler: SQLCompiler, sql: str, parameters: Iterable[Any], place: int) -> _Written:
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    return _Written(compiler, sql, tuple(parameters), place, compiler.get_converters(columns))


def _asked(written: _Written, parameters: Sequence[Any]) -> Rows:
    with written.compiler.connection.cursor() as cursor:
        cursor.execute(written.sql, parameters)
        found = cursor.fetchall()
    return map(tuple, written.compiler.apply_converters(found, written.converters))


def _is_in_use(compiler: SQLCompiler) -> bool:
    connection = compiler.connection
    return connections[connection.alias] is connection
