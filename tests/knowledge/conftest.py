import pytest
from django.utils.translation import override

from tests.knowledge.csv_files import text_of


@pytest.fixture
def english():
    """Messages in the language of the source code."""
    with override("en"):
        yield


@pytest.fixture
def write_csv(tmp_path):
    """Writes rows, text or bytes to a file and returns its path."""

    def write(content, *, name="rows.csv", encoding="utf-8", **options):
        if isinstance(content, list):
            content = text_of(content, **options)
        data = content if isinstance(content, bytes) else content.encode(encoding)
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
