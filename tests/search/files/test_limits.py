"""What a hostile file cannot do: take time, memory or disk, see our secrets, end our process."""

import io
import tempfile

import pytest

from search.files import extraction, limits, parts
from search.files.extraction import extract
from search.files.limits import MEBIBYTE, Limits
from search.files.outcome import CannotReadError, Outcome
from tests.search.files import samples


def read(content, **options):
    return extract(io.BytesIO(content), Limits(**options))


@pytest.fixture
def mad(monkeypatch):
    """Read with a reader that behaves as told."""
    monkeypatch.setattr(extraction, "_PROGRAM", "tests.search.files.hostile")

    def reading(way, **options):
        return read(way.encode(), **options)

    return reading


def test_a_reader_that_waits_is_ended(mad):
    assert mad("sleep", wall_seconds=1).outcome == Outcome.TIMED_OUT


def test_a_reader_that_computes_too_long_is_ended(mad):
    assert mad("work", cpu_seconds=1).outcome == Outcome.TIMED_OUT


def test_a_reader_that_writes_without_end_is_ended(mad):
    assert mad("write", output=MEBIBYTE).outcome == Outcome.TOO_BIG


def test_the_death_of_the_reader_harms_nobody(mad):
    found = mad("die")

    assert found.outcome == Outcome.DAMAGED
    assert found.detail


@pytest.mark.parametrize("way", ["sleep", "die"])
def test_what_was_read_before_stays(mad, way):
    found = mad(f"{way} after a page", wall_seconds=1)

    assert found.outcome == Outcome.READ
    assert found.pages == ("gelesen",)
    assert found.is_cut


def test_the_reader_sees_no_secret_no_connection_and_no_django(mad, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    environment, descriptors, modules = mad("open").pages

    assert "DATABASE_URL" not in environment
    assert descriptors == "descriptors []"
    assert modules == "modules []"


def test_a_bomb_of_memory_ends_with_the_reader():
    found = read(samples.pdf_bomb(400 * MEBIBYTE), memory=200 * MEBIBYTE)

    assert found.outcome == Outcome.TOO_BIG
    assert found.pages == ()


def test_a_bomb_of_zeros_in_an_archive_is_refused():
    assert read(samples.docx("", **{"word/a.xml": bytes(8 * MEBIBYTE)})).outcome == Outcome.TOO_BIG


def test_many_parts_are_refused():
    parts_ = {f"word/{number}.xml": "" for number in range(limits.MAX_ENTRIES + 1)}

    assert read(samples.docx("", **parts_)).outcome == Outcome.TOO_BIG


def test_what_is_unpacked_counts_and_not_what_the_archive_claims(monkeypatch):
    content = samples.archive({"big.xml": bytes(3 * MEBIBYTE)})
    monkeypatch.setattr(parts.Archive, "_refuse_bombs", lambda *_args: None)

    with parts.Archive(io.BytesIO(content)) as archive, pytest.raises(CannotReadError) as refusal:
        archive.open("big.xml").read()

    assert refusal.value.outcome == Outcome.TOO_BIG


def test_the_whole_archive_counts(monkeypatch):
    content = samples.archive(dict.fromkeys("ab", "x" * 1_000))
    monkeypatch.setattr(parts, "MAX_UNPACKED", 1_500)
    monkeypatch.setattr(parts.Archive, "_refuse_bombs", lambda *_args: None)

    with parts.Archive(io.BytesIO(content)) as archive:
        assert len(archive.open("a").read()) == 1_000
        with pytest.raises(CannotReadError):
            archive.open("b").read()


@pytest.mark.parametrize(
    "content",
    [
        ("wort " * 1_000).encode(),
        samples.docx(samples.runs(*["wort"] * 1_000)),
        samples.odt("<text:p>wort</text:p>" * 1_000),
        samples.pptx(["wort " * 100] * 50),
        samples.odp(["wort " * 100] * 50),
        samples.pdf(["wort " * 100] * 50),
        ("<html>" + "<p>wort" * 1_000).encode(),
    ],
    ids=["text", "docx", "odt", "pptx", "odp", "pdf", "html"],
)
def test_long_texts_are_cut_and_say_so(content):
    found = read(content, characters=300)

    assert found.outcome == Outcome.READ
    assert found.is_cut
    assert 250 <= sum(map(len, found.pages)) <= 300


def test_many_pages_are_cut():
    found = read(samples.pdf(["Seite"] * 12), pages=10)

    assert len(found.pages) == 10
    assert found.is_cut


def test_a_file_on_the_disk_is_read_from_its_beginning():
    with tempfile.TemporaryFile() as file:
        file.write(b"Text auf der Platte")
        assert extract(file).pages == ("Text auf der Platte",)
