"""The demo shows it: a word that stands only on page 12 of a PDF finds it, with the page."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from nexsm.base.models import Document
from search import indexer
from search.breaker import breaker
from search.engines import get_engine
from search.files.reader import read_waiting
from search.models import FileText, TextState
from search.service import SearchRequest, run


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.es)])
def engine(request, settings):
    breaker.worked()
    if request.param == "tantivy":
        settings.SEARCH_URL = f"tantivy:///index-{uuid.uuid4().hex}"
        yield get_engine()
        return
    host = request.getfixturevalue("elasticsearch_url").split("://", 1)[1]
    prefix = request.getfixturevalue("elasticsearch_prefix")
    settings.SEARCH_URL = f"elasticsearch://{host}/{prefix}"
    yield get_engine()
    get_engine().client.close()


def test_a_word_on_page_12_of_a_file_finds_it_with_the_page(loaded, engine, client):
    document = Document.objects.get(resource_files__resource__import_id="r-foerdermittel")
    # One file is enough to read.
    FileText.objects.exclude(document=document).update(state=TextState.UNSUPPORTED)
    read_waiting()
    indexer.bring_up_to_date()

    (hit,) = run(SearchRequest(text="Belegmappe"), AnonymousUser()).hits
    (phrase,) = run(SearchRequest(text='"eine Belegmappe an"'), AnonymousUser()).hits
    page = client.get("/de/suche/", {"q": "Belegmappe"}).content.decode()

    assert (hit.item.import_id, hit.file_page) == ("r-foerdermittel", 12)
    assert (phrase.item.import_id, phrase.file_page) == ("r-foerdermittel", 12)
    assert "<mark>Belegmappe</mark>" in hit.snippet_html
    assert "S. 12 in <bdi>Fördermittel finden" in page
