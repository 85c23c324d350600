"""What the page of an item says of a file the search could not read."""

import pytest
from django.utils.translation import override

from conference.models import SessionDocumentation
from knowledge.models import ResourceFile
from nexsm.base.templatetags.nexsm import with_notes
from search.files.notes import notes
from search.files.reader import read_waiting
from search.models import FileText, TextState
from tests.factories.conference import ConferencePageFactory, SessionPageFactory
from tests.search.files import samples

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (samples.pdf(["x"], password="x"), ("mit einem Passwort geschützt", "by a password")),
        (samples.pdf([""]), ("vielleicht ein Scan", "perhaps it is a scan")),
        (samples.pdf(["x"])[:-900] + b"\n%%EOF", ("vielleicht ist sie beschä", "may be damaged")),
    ],
    ids=["encrypted", "scan", "damaged"],
)
def test_the_page_says_why_a_file_cannot_be_searched(
    client, make_item, make_document, content, words
):
    german, english = words
    item = make_item(make_document(content))
    path = item.get_absolute_url()
    assert "Suche kann diese Datei" not in client.get(path).content.decode()

    read_waiting()

    assert german in client.get(path).content.decode()
    assert english in client.get(path.replace("/de/", "/en/", 1)).content.decode()


def test_a_session_says_it_as_well(client, make_document):
    session = SessionPageFactory(parent=ConferencePageFactory())
    session.documentation = [
        SessionDocumentation(document=make_document(samples.pdf([""])), title="Folien")
    ]
    session.save_revision().publish()
    read_waiting()

    assert "vielleicht ein Scan" in client.get(session.url).content.decode()


def test_there_is_nothing_to_say_of_what_was_read_and_of_what_has_no_text(make_document):
    document = make_document(b"Text", name="a.txt")
    row = FileText.objects.get(document=document)
    for state in (TextState.READ, TextState.UNSUPPORTED, TextState.WAITING):
        FileText.objects.update(state=state)
        assert notes([document.pk]) == {}

    FileText.objects.update(state=TextState.READ, is_cut=True)
    with override("de"):
        assert notes([document.pk]) == {
            row.document_id: "Die Suche kennt nur den Anfang dieser Datei."
        }
    for state in (TextState.TOO_BIG, TextState.TIMED_OUT):
        FileText.objects.update(state=state)
        assert notes([document.pk])


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_needs_one_query_for_the_notes_of_any_number_of_files(
    make_document, django_assert_num_queries, item_count
):
    files = [ResourceFile(document=make_document()) for _number in range(item_count)]

    with django_assert_num_queries(1):
        assert with_notes(files) == [(file, "") for file in files]
    with django_assert_num_queries(0):
        assert with_notes([{"label": "Muster"}]) == [({"label": "Muster"}, "")]
