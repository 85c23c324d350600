"""Words that stand only in a file find its item, and the page is named."""

import datetime as dt
import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.models import Collection, CollectionViewRestriction

from conference.enums import Availability
from conference.models import SessionDocumentation
from knowledge.enums import Visibility
from nexsm.base.models import Document
from search import consistency, worker
from search.engines import get_engine
from search.files import reader, waiting
from search.models import FilePage, FileText, TextState
from tests.factories.conference import ConferencePageFactory, SessionPageFactory
from tests.factories.knowledge import ResourceFactory
from tests.search.files import samples
from tests.search.files.conftest import WORD

pytestmark = pytest.mark.django_db


def test_a_word_of_a_file_finds_its_item_with_the_page(make_item, read, search):
    make_item(label="Das Heft")

    assert read() == 1

    (hit,) = search(WORD).hits
    assert (hit.item.title, hit.file_label, hit.file_page) == ("Handreichung", "Das Heft", 3)
    assert f"<mark>{WORD}</mark>" in hit.snippet_html


def test_the_page_is_named_on_the_card_and_in_the_api(make_item, read, client):
    make_item(label="Das Heft")
    read()

    html = client.get("/de/suche/", {"q": WORD}).content.decode()
    (hit,) = client.get("/api/v1/search", {"q": WORD}).json()["hits"]

    assert "S. 3 in <bdi>Das Heft</bdi>" in html
    assert "<span>PDF</span>" in html
    assert hit["file"] == {"label": "Das Heft", "page": 3}
    assert f"<mark>{WORD}</mark>" in hit["snippet_html"]
    assert "p. 3 in" in client.get("/en/suche/", {"q": WORD}).content.decode()


def test_words_of_the_item_itself_are_shown_from_there(make_item, read, search):
    make_item(summary=f"Ein {WORD} im Garten.")
    read()

    (hit,) = search(WORD).hits

    assert hit.file_page is None
    assert hit.snippet_html == f"Ein <mark>{WORD}</mark> im Garten."


def test_the_file_is_shown_where_it_holds_what_the_item_lacks(make_item, read, search):
    make_item(summary="Etwas über Schmetterlinge.")
    read()

    (hit,) = search(f"Schmetterling {WORD}").hits

    assert hit.file_page == 3
    assert f"<mark>{WORD}</mark>" in hit.snippet_html


def test_a_phrase_is_shown_where_it_stands_and_not_where_its_words_do(
    make_item, make_document, read, search
):
    pages = ["grüne Bänke und kleine Tische", "kleine Kinder, grüne Wiesen"] * 2
    pages += ["Hier stehen grüne Tische", "Tische, grüne"]
    make_item(make_document(samples.pdf(pages)), summary="grüne Stühle, weiße Tische")
    read()

    (hit,) = search('"grüne Tische"').hits

    assert hit.file_page == 5
    assert "<mark>grüne</mark> <mark>Tische</mark>" in hit.snippet_html
    assert search('"Wiesen kleine Tische"').hits == []


def test_words_of_a_phrase_may_stand_on_two_lines(make_item, make_document, read, search):
    make_item(make_document(b"am Ende einer gr\xc3\xbcnen\nZeile", name="a.txt"))
    read()

    (hit,) = search('"grünen Zeile"').hits

    assert hit.snippet_html.endswith("<mark>grünen</mark> <mark>Zeile</mark>")
    assert hit.file_page is None
    assert hit.file_label == "Heft"


def test_a_file_in_another_language_is_read_as_such(make_item, make_document, read, search):
    make_item(make_document(samples.pdf(["The children were singing"]), language="en"))
    read()

    assert [hit.file_page for hit in search("child", ui_language="en").hits] == [1]


def test_what_a_file_is_called_finds_its_item(make_item, make_document, read, search):
    locked = make_document(samples.pdf(["x"], password="x"), title="Kräuterbuch", name="minze.pdf")
    make_item(locked)
    read()

    (hit,) = search("Kräuterbuch").hits
    assert (hit.file_label, hit.file_page) == ("Kräuterbuch", None)
    assert search("Minze").total == 1
    assert FileText.objects.get().state == TextState.ENCRYPTED


def test_a_session_is_found_by_its_slides(make_document, read, search):
    conference = ConferencePageFactory(date_start=dt.date(2024, 6, 4))
    session = SessionPageFactory(title="Werkstatt", parent=conference)
    shown = make_document(samples.pptx(["Anfang", f"Der {WORD}"]), name="folien.pptx")
    hidden = make_document(samples.pdf(["Ohrenkneifer"]))
    to_come = make_document(samples.pdf(["Marienkäfer"]))
    session.documentation = [
        SessionDocumentation(document=shown, title="Folien"),
        SessionDocumentation(document=hidden, is_public=False),
        SessionDocumentation(document=to_come, availability=Availability.EXPECTED),
    ]
    session.save_revision().publish()
    read()

    (hit,) = search(WORD).hits

    assert (hit.item.title, hit.file_label, hit.file_page) == ("Werkstatt", "Folien", 2)
    assert search("Ohrenkneifer").total == search("Marienkäfer").total == 0


@pytest.mark.parametrize(
    "hidden", [{"live": False}, {"visibility": Visibility.MEMBERS}], ids=["draft", "members"]
)
def test_files_of_what_is_not_public_are_nowhere(make_item, read, search, client, hidden):
    make_item(**hidden)
    ResourceFactory(title="Öffentlich")
    read()

    assert search(WORD).total == 0
    assert WORD.lower() not in get_engine().vocabulary()
    # A typing error must not be corrected into the word.
    assert search("Zitronenfaltar").did_you_mean is None
    for address in (f"search?q={WORD}", f"suggest?q={WORD[:6]}", "search?q=Handreichung"):
        assert WORD not in client.get(f"/api/v1/{address}").content.decode().replace(
            f"q={WORD}", ""
        )


def test_files_of_a_restricted_collection_are_nowhere(make_item, make_document, read, search):
    inner = Collection.get_first_root_node().add_child(name="Außen").add_child(name="Innen")
    make_item(make_document(collection=inner))
    read()
    assert search(WORD).total == 1

    restriction = CollectionViewRestriction.objects.create(
        collection=inner.get_parent(), restriction_type=CollectionViewRestriction.LOGIN
    )
    assert [hit.file_page for hit in search(WORD).hits] == [None]
    read()
    assert search(WORD).total == 0

    restriction.delete()
    read()
    assert search(WORD).total == 1


def test_a_file_that_is_not_the_items_any_more_is_not_shown(make_item, read, search):
    item = make_item()
    read()

    item.files.all()[0].delete()

    assert WORD not in str([hit.snippet_html for hit in search(WORD).hits])


def test_a_replaced_file_is_read_anew_and_the_old_text_goes(make_item, make_document, read, search):
    document = make_document()
    make_item(document)
    read()

    document.file = ContentFile(samples.pdf(["Ohrenkneifer"]), name="neu.pdf")
    document.save()
    document.file.close()

    assert not FilePage.objects.exists()
    assert read() == 1
    assert search(WORD).total == 0
    assert [hit.file_page for hit in search("Ohrenkneifer").hits] == [1]


def test_the_same_file_is_read_once(make_item, make_document, read):
    document = make_document()
    make_item(document)
    assert read() == 1

    document.title = "Anderer Name"
    document.save()

    assert read() == 0
    assert FilePage.objects.count() == 4


def test_the_text_of_a_deleted_file_goes(make_item, make_document, read, search):
    document = make_document()
    item = make_item(document)
    read()

    item.files.all().delete()
    document.delete()
    read()

    assert not FileText.objects.exists()
    assert not FilePage.objects.exists()


def test_a_file_replaced_while_it_is_read_is_read_again(make_document, monkeypatch):
    document = make_document()
    real = reader.extract

    def slow(file):
        found = real(file)
        other = Document.objects.get(pk=document.pk)
        other.file = ContentFile(samples.pdf(["Ohrenkneifer"]), name="neu.pdf")
        other.save()
        other.file.close()
        monkeypatch.setattr(reader, "extract", real)
        return found

    monkeypatch.setattr(reader, "extract", slow)

    assert reader.read_waiting() == 2
    assert [page.text for page in FilePage.objects.all()] == ["Ohrenkneifer"]


def test_a_missing_file_is_told_and_trouble_of_the_disk_is_not_its_fault(
    make_document, monkeypatch
):
    missing = make_document()
    missing.file.storage.delete(missing.file.name)
    other = make_document(b"Text", name="a.txt")

    def no_disk(_file):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(reader, "extract", no_disk)
        reader.read_waiting()

    states = {row.document_id: row for row in FileText.objects.all()}
    assert states[missing.pk].state == TextState.DAMAGED
    assert (states[other.pk].state, states[other.pk].attempts) == (TextState.WAITING, 1)
    FileText.objects.update(due_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    reader.read_waiting()
    assert FileText.objects.get(document=other).state == TextState.READ


def test_a_file_that_brings_the_reader_down_is_given_up(make_document):
    make_document()
    FileText.objects.update(attempts=reader.MAX_ATTEMPTS)

    reader.read_waiting()

    assert FileText.objects.get().state == TextState.DAMAGED


def test_files_nobody_has_noted_are_read(make_item, read, search):
    make_item()
    FileText.objects.all().delete()

    assert read() == 1
    assert search(WORD).total == 1


def test_reading_again_loses_nothing_meanwhile(make_item, read, index, search):
    make_item()
    read()

    assert waiting.read_again(unreadable_only=True) == 0
    assert waiting.read_again() == 1
    index(everything=True)
    assert search(WORD).total == 1

    assert read() == 1
    assert search(WORD).total == 1


def test_a_command_reads_and_says_what_could_not_be_read(make_document):
    make_document()
    make_document(samples.pdf(["x"], password="x"), title="Zu")
    out = io.StringIO()

    call_command("search_read_files", stdout=out)

    assert out.getvalue().startswith("2 files read\nencrypted: 1\nread: 1\n  encrypted: ")
    for option, count in (("--unreadable", 1), ("--again", 2)):
        out = io.StringIO()
        call_command("search_read_files", option, stdout=out)
        assert out.getvalue().startswith(f"{count} files read\n")


def test_a_worker_that_runs_once_reads_first(make_item, index, search):
    make_item()
    out = io.StringIO()

    call_command("search_worker", "--once", stdout=out)

    assert out.getvalue().startswith("1 files read\n")
    assert search(WORD).total == 1


def test_a_build_and_the_comparison_know_the_files(make_item, read, index, search):
    from search import generations

    make_item()
    read()
    assert consistency.compare(get_engine()).is_clean

    generations.rebuild(get_engine())

    assert consistency.compare(get_engine()).is_clean
    assert [hit.file_page for hit in search(WORD).hits] == [3]

    FileText.objects.update(read_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    assert len(consistency.compare(get_engine()).stale) == 1


def test_the_threads_of_a_server_read_and_end(make_document, monkeypatch):
    import threading

    make_document()
    stop = threading.Event()
    rounds = reader.Reader(stop)

    assert rounds.round() == reader.IDLE_SECONDS
    assert FileText.objects.get().state == TextState.READ

    def broken():
        raise RuntimeError("the database is away")

    monkeypatch.setattr(waiting, "due", broken)
    assert rounds.round() > reader.IDLE_SECONDS
    stop.set()
    for thread in worker.start(stop):
        thread.join(timeout=20)
        assert not thread.is_alive()


@pytest.mark.parametrize("item_count", [1, 3])
def test_searching_needs_the_same_number_of_queries_for_any_number_of_files(
    make_item, read, search, django_assert_num_queries, item_count
):
    for number in range(item_count):
        make_item(title=f"Handreichung {number}", count=item_count)
    read()
    search(WORD)

    with django_assert_num_queries(6):
        page = search(WORD)

    assert [hit.file_page for hit in page.hits] == [3] * item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_indexing_an_item_needs_the_same_number_of_queries_for_any_number_of_files(
    make_item, read, index, django_assert_num_queries, item_count
):
    make_item(count=item_count)
    read()

    with django_assert_num_queries(33):
        index(everything=True)
