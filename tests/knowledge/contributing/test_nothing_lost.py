"""What was typed stays: after errors, on two pages, after the session has ended."""

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.models import ResourceDraft
from knowledge.queries import drafts as reads
from knowledge.services.drafts import filling, writing
from knowledge.services.metadata.facts import Facts, Source
from knowledge.views import drafts as views
from nexsm.base.models import Document
from tests.factories.accounts import PASSWORD
from tests.knowledge.contributing.conftest import CONTENT

pytestmark = pytest.mark.django_db


def autosave(browser, draft, step, data, hidden):
    return browser.send_step(draft, step, data, hidden=hidden, headers={"X-NexSM-Autosave": "1"})


@pytest.mark.parametrize(
    ("step", "data", "kept"),
    [
        ("inhalt", {**CONTENT, "title": ""}, "Schritt für Schritt"),
        ("inhalt", {**CONTENT, "title": "x" * 301}, "Schritt für Schritt"),
        ("inhalt", {**CONTENT, "summary": "y" * 2001}, "y" * 2001),
        ("inhalt", {**CONTENT, "type": "no-such-type"}, "Vereine gründen"),
        ("urheber", {"persons": "Amina Haddad", "year": "neulich"}, "Amina Haddad"),
        ("urheber", {"persons": "n" * 201, "year": "2020"}, "n" * 201),
        ("themen", {"tags": ",".join(f"wort{n}" for n in range(21))}, "wort20"),
        ("datei", {"url": "kein link", "doi": "10.1234/abc"}, "10.1234/abc"),
        ("datei", {"url": "https://example.org/x", "doi": "falsch"}, "https://example.org/x"),
    ],
)
def test_an_error_keeps_everything_that_was_typed(browser, step, data, kept):
    draft = browser.begin()
    answer = browser.send_step(draft, step, data)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert kept in page
    assert 'class="error-summary"' in page


def test_markup_and_invisible_characters_are_taken_out(browser):
    draft = browser.begin()
    title = "Gut<script>alert(1)</script>\u202e <b>und</b> schön < 5"
    browser.send_step(draft, "inhalt", {**CONTENT, "title": title, "summary": "Eins\r\n\r\nZwei"})
    draft.refresh_from_db()

    assert draft.value("title") == "Gut und schön < 5"
    assert draft.value("summary") == "Eins\n\nZwei"


def test_a_wrong_link_does_not_lose_the_file(browser, pdf_file):
    address = reverse("knowledge:draft_start")
    key = "00000000-0000-4000-8000-000000000001"
    answer = browser.client.post(address, {"key": key, "file": pdf_file(), "link": "kein link"})
    page = answer.content.decode()

    assert "leitfaden.pdf" in page
    assert "kein link" in page
    browser.client.post(address, {"key": key, "link": ""})
    assert Document.objects.count() == 1
    assert ResourceDraft.objects.get().values["files"]


def test_a_file_that_is_too_big_brings_the_page_back(browser, pdf_file, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    draft = browser.begin()
    data = {"file": pdf_file(), "url": "https://example.org/x"}
    answer = browser.send_step(draft, "datei", data)

    assert answer.status_code == 413
    assert "https://example.org/x" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.value("url") == "https://example.org/x"


def test_too_many_drafts_bring_the_page_back(browser, monkeypatch):
    monkeypatch.setattr(views, "DRAFTS_AN_HOUR", 1)
    browser.begin()
    address = reverse("knowledge:draft_start")
    answer = browser.client.post(address, {"link": "https://example.org/mein-link"})

    assert answer.status_code == 429
    assert "https://example.org/mein-link" in answer.content.decode()


def test_a_script_saves_in_passing_and_what_is_wrong_is_left_out(browser):
    draft = browser.begin()
    hidden = browser.hidden(draft, "inhalt")
    answer = autosave(browser, draft, "inhalt", {"title": "Halb fert", "type": "unsinn"}, hidden)
    draft.refresh_from_db()

    assert answer.status_code == 200
    assert "Gespeichert um" in answer.json()["text"]
    assert draft.value("title") == "Halb fert"
    assert draft.value("type") == ""
    assert "inhalt" not in draft.done_steps


def test_what_was_filled_in_still_waits_for_a_look_after_saving_in_passing(browser, pdf_file):
    draft = browser.begin(file=pdf_file(title="Vereinsrecht"))
    hidden = browser.hidden(draft, "inhalt")
    autosave(browser, draft, "inhalt", {"title": "Vereinsrecht"}, hidden)
    draft.refresh_from_db()

    assert draft.sources["title"] == "file"


def test_a_page_is_not_in_conflict_with_its_own_saving(browser):
    draft = browser.begin()
    hidden = browser.hidden(draft, "inhalt")
    autosave(browser, draft, "inhalt", {"title": "Erst"}, hidden)
    answer = browser.send_step(draft, "inhalt", CONTENT, hidden=hidden)

    assert answer.status_code == 302


def test_link_and_file_are_changed_on_one_page(browser, web, pdf_file):
    draft = browser.begin(file=pdf_file(), link="https://example.org/erste")
    data = {"url": "https://example.org/zweite", "file": pdf_file("zweite.pdf", title="Zwei")}
    answer = browser.send_step(draft, "datei", data)
    draft.refresh_from_db()

    assert answer.status_code == 302
    assert draft.value("url") == "https://example.org/zweite"
    assert len(draft.value("files")) == 2


def test_a_file_is_removed_and_the_link_changed_on_one_page(browser, pdf_file):
    draft = browser.begin(file=pdf_file())
    (file,) = draft.value("files")
    answer = browser.send_step(draft, "datei", {"url": "https://example.org/neu", "remove": file})
    draft.refresh_from_db()

    assert not answer.context["other"]
    assert draft.value("url") == "https://example.org/neu"
    assert not draft.value("files")


@pytest.mark.parametrize("link", ["", "kein link"])
def test_the_number_in_a_file_is_kept_whether_the_page_comes_back_or_not(
    browser, pdf_file, monkeypatch, link
):
    found = Facts(source=Source.FILE, doi="10.1234/abc")
    monkeypatch.setattr(filling, "read_pdf", lambda _file: [found])
    draft = browser.begin()
    data = {"url": link, "doi": ""}
    answer = browser.send_step(draft, "datei", {**data, "file": pdf_file()})
    if link:
        shown = answer.context["form"]["doi"].value()
        hidden = {"seen": answer.context["seen"], "page": answer.context["page"]}
        browser.send_step(draft, "datei", {"url": "", "doi": shown}, hidden=hidden)
    draft.refresh_from_db()

    assert answer.status_code == (200 if link else 302)
    assert draft.value("doi") == "10.1234/abc"


@pytest.mark.parametrize(
    ("url", "doi", "kept"),
    [
        ("10.1234/abc", "", ("", "10.1234/abc")),
        ("doi:10.1234/abc", "10.1234/abc", ("", "10.1234/abc")),
        ("doi:10.1234/abc", "10.5678/x", ("https://doi.org/10.1234/abc", "10.5678/x")),
        ("https://doi.org/10.1234/abc", "", ("https://doi.org/10.1234/abc", "")),
    ],
)
def test_a_doi_typed_as_the_link_goes_to_its_place(browser, url, doi, kept):
    draft = browser.begin()
    browser.send_step(draft, "datei", {"url": url, "doi": doi})
    draft.refresh_from_db()

    assert (draft.value("url"), draft.value("doi")) == kept


def test_what_is_wrong_at_the_end_is_named_with_the_way_to_its_page(browser):
    draft = browser.fill(browser.begin())
    draft.values["url"] = "10.1234/abc"
    draft.save()
    page = browser.send(draft).content.decode()

    assert f'<a href="{browser.address(draft, "datei")}">Link: ' in page


def test_a_file_too_many_on_a_later_page_is_said_there(browser, pdf_file, monkeypatch):
    monkeypatch.setattr(writing, "MAX_FILES", 1)
    draft = browser.begin(file=pdf_file())
    answer = browser.send_step(draft, "datei", {"file": pdf_file(title="Zweite")})

    assert "file" in answer.context["form"].errors


def test_two_open_pages_do_not_overwrite_each_other(browser):
    draft = browser.begin()
    first, second = browser.hidden(draft, "inhalt"), browser.hidden(draft, "inhalt")
    browser.send_step(draft, "inhalt", {**CONTENT, "title": "Am Telefon"}, hidden=first)
    data = {**CONTENT, "title": "Am Rechner"}
    saved = autosave(browser, draft, "inhalt", data, second)
    answer = browser.send_step(draft, "inhalt", data, hidden=second)
    page = answer.content.decode()
    draft.refresh_from_db()

    assert saved.status_code == 409
    assert (answer.status_code, draft.value("title")) == (200, "Am Telefon")
    assert "Am Telefon" in page
    assert "Am Rechner" in page
    browser.send_step(draft, "inhalt", data)
    draft.refresh_from_db()
    assert draft.value("title") == "Am Rechner"


FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("page", ["inhalt", "pruefen"])
def test_a_session_that_has_ended_loses_nothing(browser, page):
    draft = browser.fill(browser.begin())
    client = Client()
    address = browser.address(draft, page)
    data = {**CONTENT, "title": "Lange getippt", "message": "Lange getippt"}
    answer = client.post(address, data, headers=FROM_HERE)
    back = client.post(answer.url, {"login": browser.user.email, "password": PASSWORD}, follow=True)

    assert "/konto/login/" in answer.url
    assert "Lange getippt" in back.content.decode()
    assert f'action="{address}"' in back.content.decode()
    draft.refresh_from_db()
    assert draft.value("title") == CONTENT["title"]


def test_saving_in_passing_after_the_session_has_ended_says_so_at_the_form(browser):
    draft = browser.fill(browser.begin())
    browser.client = client = Client(headers=FROM_HERE)
    data = {**CONTENT, "title": "Lange getippt"}

    for _second in range(3):
        saved = autosave(browser, draft, "inhalt", data, {})
        assert saved.status_code == 401
        assert "abgemeldet" in saved.json()["text"]
    sent = browser.send_step(draft, "inhalt", data, hidden={})

    assert client.get(sent.url).content.decode().count("Sie wurden abgemeldet") == 1
    back = client.post(sent.url, {"login": browser.user.email, "password": PASSWORD}, follow=True)
    assert "Lange getippt" in back.content.decode()


def test_the_first_form_sent_again_after_all_was_sent_leads_to_what_became_of_it(browser, pdf_file):
    draft = browser.fill(browser.begin())
    browser.send(draft)
    draft.refresh_from_db()
    data = {"key": str(draft.public_id), "file": pdf_file()}

    answer = browser.client.post(reverse("knowledge:draft_start"), data)

    assert answer.url == draft.submission.get_absolute_url()
    assert not Document.objects.exists()


def test_a_file_too_many_on_the_first_page_is_said_there(browser, pdf_file, monkeypatch):
    monkeypatch.setattr(writing, "MAX_FILES", 1)
    draft = browser.begin(file=pdf_file())
    data = {"key": str(draft.public_id), "file": pdf_file(title="Zweite")}

    answer = browser.client.post(reverse("knowledge:draft_start"), data)

    assert answer.status_code == 200
    assert 'class="error-summary"' in answer.content.decode()
    assert Document.objects.count() == 1


def test_a_file_that_is_none_is_not_removed(browser, pdf_file):
    draft = browser.begin(file=pdf_file())
    assert browser.send_step(draft, "datei", {"remove": "abc"}).status_code == 200
    assert Document.objects.count() == 1


def test_what_was_deleted_on_another_page_meanwhile_leads_to_the_list(browser, monkeypatch):
    draft = browser.begin()
    monkeypatch.setattr(reads, "draft_of", lambda _user, _public_id: draft)
    hidden = browser.hidden(draft, "inhalt")
    ResourceDraft.objects.all().delete()
    own_list = reverse("knowledge:contribute")

    assert browser.send_step(draft, "inhalt", CONTENT, hidden=hidden).url == own_list
    assert autosave(browser, draft, "inhalt", CONTENT, hidden).status_code == 409
    gone = browser.client.post(reverse("knowledge:draft_discard", args=[draft.public_id]))
    assert gone.url == own_list
