"""Everything a person has here, as a ZIP: one JSON file and the files themselves."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.fields.files import FieldFile, FileField
from django.utils import timezone

from nexsm.accounts.models import User
from nexsm.accounts.privacy.registry import Holding, holdings

DATA_NAME = "data.json"
_ACCOUNT_FIELDS = ("email", "name", "language", "date_joined", "last_login", "is_active")


def write_export(user: User, target: IO[bytes]) -> None:
    """Write the ZIP for this person to a binary file that can be sought.

    ``data.json`` holds the account and, under the name of each column, the rows that belong to the
    person. A column with a file holds its place in the ZIP, or ``null`` where the file is lost.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        data = {
            "exported_at": timezone.now(),
            "account": {name: getattr(user, name) for name in _ACCOUNT_FIELDS},
            "held": {
                holding.key: rows
                for holding in holdings()
                if (rows := list(_rows(holding, user, archive)))
            },
        }
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr(DATA_NAME, text)


def _rows(holding: Holding, user: User, archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    for row in holding.rows(user).iterator(chunk_size=500):
        yield {field.attname: _value(row, field, archive) for field in _fields(holding)}


def _fields(holding: Holding) -> list[models.Field[Any, Any]]:
    columns = holding.model._meta.concrete_fields  # noqa: SLF001 - Django's name
    wanted = holding.fields
    return [
        column
        for column in columns
        if column.name not in holding.secret
        and (wanted is None or column.primary_key or column.name in wanted)
    ]


def _value(row: models.Model, field: models.Field[Any, Any], archive: zipfile.ZipFile) -> Any:
    if isinstance(field, FileField):
        return _file(row, getattr(row, field.attname), archive)
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | float | str | dict | list):
        return value
    return field.value_to_string(row)


def _file(row: models.Model, stored: FieldFile, archive: zipfile.ZipFile) -> str | None:
    """Copy a file piece by piece and return its name in the ZIP."""
    if not stored.name:
        return None
    name = f"files/{row._meta.label}/{row.pk}/{PurePosixPath(stored.name).name}"  # noqa: SLF001
    if name in archive.namelist():  # the same row by two columns
        return name
    try:
        source = stored.storage.open(stored.name, "rb")
    except FileNotFoundError:
        return None
    with source, archive.open(name, "w", force_zip64=True) as copy:
        for piece in source.chunks():
            copy.write(piece)
    return name
