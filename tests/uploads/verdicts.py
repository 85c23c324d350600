"""Where the verdict about a file is made, and which files show that a route asks there."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from nexsm.base.media.form_fields import DocumentUploadField, ImageUploadField

from . import corpus
from .corpus import Case

FIELDS = {"document": DocumentUploadField, "image": ImageUploadField}


def refusal_as(kind: str, case: Case) -> str:
    """The code of the refusal of a file that should become a document or an image, or empty."""
    try:
        FIELDS[kind]().clean(SimpleUploadedFile(case.name, case.content))
    except ValidationError as refused:
        return refused.error_list[0].code
    return ""


def kind_of(case: Case, chapter: str) -> tuple[Any, ...]:
    """What makes a bad file another one for a route than those before it."""
    verdicts = (case.document, case.image)
    refusals = (refusal_as("document", case), refusal_as("image", case))
    return (chapter, PurePath(case.name).suffix, verdicts, refusals)


@cache
def one_of_each() -> list[Case]:
    """The first bad file of each kind: of each chapter, extension, verdict and refusal."""
    found: dict[tuple[Any, ...], Case] = {}
    for chapter, cases in corpus.BAD_BY_CHAPTER.items():
        for case in cases:
            found.setdefault(kind_of(case, chapter), case)
    return list(found.values())
