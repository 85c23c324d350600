"""What can happen to the files of the embedded index, and that the site mends it."""

import resource
import shutil
from contextlib import contextmanager

import pytest

from search.engines import get_engine, registry, tantivy
from search.engines.tantivy_files import _EXTENSIONS
from search.models import IndexJob
from search.worker import IDLE_SECONDS
from tests.factories.knowledge import OrganisationFactory, ResourceFactory
from tests.search.lifecycle.test_rebuild import published

pytestmark = pytest.mark.django_db

WORD = "Wohnungssuche"
PAGES = ("/de/", "/de/suche/?q=Wohnung", "/api/v1/search?q=Wohnung", "/api/v1/suggest?q=woh")


@pytest.fixture
def folder(index):
    """The files of an index with something in it."""
    ResourceFactory(title="Wohnungssuche", summary="Rat und Tat für alle, die eine Wohnung suchen")
    OrganisationFactory(name="Wohnungshilfe")
    index(everything=True)
    engine = get_engine()
    return engine.root / engine.current()


def start_anew():
    """What a process knows about the files is gone with it."""
    registry._engine.cache_clear()


def look_again():
    """Files are looked at once a second; now."""
    get_engine()._next_look = 0.0


def file_with(folder, extension):
    return max(folder.glob(f"*.{extension}"), key=lambda path: path.stat().st_size)


@pytest.mark.parametrize("process", ["the same process", "a new process"])
@pytest.mark.parametrize("extension", _EXTENSIONS)
def test_a_file_that_was_cut(folder, site, extension, process):
    path = file_with(folder, extension)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    start_anew() if process == "a new process" else look_again()

    assert site.answers(*PAGES)
    look_again()
    assert site.heals(WORD)
    site.assert_equal()


@pytest.mark.parametrize("extension", _EXTENSIONS)
def test_a_file_with_one_wrong_byte(folder, site, extension):
    path = file_with(folder, extension)
    content = bytearray(path.read_bytes())
    content[0] ^= 0xFF
    path.write_bytes(content)
    start_anew()

    assert site.answers(*PAGES)
    look_again()
    assert site.heals(WORD)
    site.assert_equal()


def vanish(folder):
    shutil.rmtree(folder.parent)


def lose_the_generation(folder):
    shutil.rmtree(folder)


def empty_the_pointer(folder):
    (folder.parent / "CURRENT").write_text("")


def point_outside(folder):
    (folder.parent / "CURRENT").write_text("../media")


def half_a_table_of_contents(folder):
    path = folder / "meta.json"
    path.write_bytes(path.read_bytes()[:-20])


def an_empty_table_of_contents(folder):
    (folder / "meta.json").write_text("{}")


def a_folder_for_the_pointer(folder):
    (folder.parent / "CURRENT").unlink()
    (folder.parent / "CURRENT").mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        vanish,
        lose_the_generation,
        empty_the_pointer,
        point_outside,
        half_a_table_of_contents,
        an_empty_table_of_contents,
        a_folder_for_the_pointer,
    ],
    ids=lambda damage: damage.__name__,
)
def test_files_that_are_gone_or_say_nonsense(folder, site, damage):
    damage(folder)
    look_again()

    assert site.search(WORD).degraded
    assert site.answers(*PAGES)
    look_again()
    assert site.heals(WORD)
    site.assert_equal()


def test_a_file_where_the_folder_should_be_costs_nobody_a_page(folder, site):
    root = folder.parent
    shutil.rmtree(root)
    root.write_text("a careless copy")
    published("Wartet")

    assert site.answers(*PAGES)
    assert site.work() > IDLE_SECONDS

    root.unlink()
    look_again()
    assert site.heals(WORD)
    assert site.search("Wartet").total == 1


@contextmanager
def full_disk():
    """Every commit fails as on a full disk, by the kernel's limit on the size of files."""
    fill, write = tantivy._fill, tantivy.TantivyEngine.write
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_the_disk(*arguments):
        written = fill(*arguments)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
        return written

    def writing(*arguments, **options):
        try:
            return write(*arguments, **options)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tantivy, "_fill", fill_the_disk)
        patch.setattr(tantivy.TantivyEngine, "write", writing)
        yield


def test_a_full_disk_lets_edits_wait_and_searches_go_on(folder, site):
    published("Wartet auf Platz")
    with full_disk():
        assert site.work() > IDLE_SECONDS
        job = IndexJob.objects.get()
        assert (job.attempts, job.is_parked) == (0, False)
        assert site.answers(*PAGES)
        page = site.search(WORD)
        assert (page.total, page.degraded) == (1, False)

    look_again()
    assert site.heals(WORD)
    assert site.search("Wartet").total == 1
    site.assert_equal()


def test_a_build_on_a_full_disk_leaves_the_old_index_and_no_rubbish(folder, site):
    shutil.rmtree(folder)  # a build is needed, and fails again and again
    published("Wartet auf Platz")
    with full_disk():
        assert site.work(rounds=3) > IDLE_SECONDS
        assert list(folder.parent.glob("*_*")) == []
        assert site.answers(*PAGES)
        assert site.search(WORD).degraded

    look_again()
    assert site.heals(WORD)
    site.assert_equal()


def test_an_index_of_before_an_update_is_asked_by_its_own_fields(index, search, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(tantivy, "FACET_FIELDS", tantivy.FACET_FIELDS[::-1])
        tantivy.schema.cache_clear()
        resource = ResourceFactory(title="Wohnungssuche")
        index(everything=True)
    tantivy.schema.cache_clear()

    page = search("Wohnung", chosen={"type": (resource.type.code,)})

    assert not page.degraded
    assert [hit.item.title for hit in page.hits] == ["Wohnungssuche"]
