"""Documents with a file, and reading what waits."""

import pytest
from django.core.files.base import ContentFile

from knowledge.models import ResourceFile
from nexsm.base.models import Document
from search.files.reader import read_waiting
from tests.factories.knowledge import ResourceFactory
from tests.search.files import samples

WORD = "Zitronenfalter"


@pytest.fixture
def make_document(db):
    """Store a file; it is deleted from the disk after the test."""
    made = []

    def making(content=None, name="heft.pdf", **fields):
        content = (
            samples.pdf(samples.pages_with(WORD, at=3, count=4)) if content is None else content
        )
        document = Document(title=fields.pop("title", "Heft"), **fields)
        document.file = ContentFile(content, name=name)
        document.save()
        document.file.close()
        made.append(document)
        return document

    yield making
    for document in made:
        document.file.storage.delete(document.file.name)


@pytest.fixture
def make_item(make_document):
    """A resource with files: those given, else ``count`` new ones."""

    def making(*documents, label="", count=1, **fields):
        fields = {"title": "Handreichung", **fields}
        documents = documents or [make_document(title=f"Heft {n}") for n in range(count)]
        rows = [ResourceFile(document=document, label=label) for document in documents]
        return ResourceFactory(files=rows, **fields)

    return making


@pytest.fixture
def read(index):
    """Read what waits and bring the index up to date."""

    def reading():
        count = read_waiting()
        index()
        return count

    index()
    return reading
