"""What visitors miss, and what editors do with it; the editors' groups of synonyms."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from search import missing
from search.models import MissingReport, SynonymGroup
from tests.factories.accounts import EditorFactory, SuperuserFactory
from tests.factories.base import HomePageFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/de/suche/fehlt/"
REPORT = {"query": "Wohngeld für Gruppen", "text": "Ein Leitfaden auf Arabisch", "website": ""}
GROUPS = "/admin/snippets/search/synonymgroup/"
REPORTS = "/admin/snippets/search/missingreport/"


@pytest.fixture(autouse=True)
def surroundings():
    HomePageFactory()
    cache.clear()
    yield
    cache.clear()


def test_a_report_is_kept_without_anything_about_the_person(client):
    response = client.post(ADDRESS, REPORT)

    assert response.status_code == 302
    (kept,) = MissingReport.objects.all()
    assert (kept.query, kept.text, kept.language) == (REPORT["query"], REPORT["text"], "de")
    assert not kept.is_done
    page = client.get(response.url)
    assert page.context["sent"] is True
    assert {field.name for field in MissingReport._meta.fields} == {
        "id", "query", "text", "language", "created_at", "is_done",
    }  # fmt: skip


def test_the_form_knows_what_was_searched_for(client):
    page = client.get(ADDRESS, {"q": "Wohngeld <b>"})

    assert 'value="Wohngeld &lt;b&gt;"' in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    assert client.get(ADDRESS, {"q": "\0" + "x" * 3000}).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"query": ""},
        {"query": "x" * 257},
        {"query": "a\0b"},
        {"text": "x" * 2001},
        {"website": "https://spam.example"},
    ],
    ids=str,
)
def test_what_cannot_be_kept_stays_in_the_form(client, changes):
    response = client.post(ADDRESS, {**REPORT, **changes})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not MissingReport.objects.exists()
    if "text" not in changes:
        assert REPORT["text"] in response.content.decode()


def test_too_many_reports_are_refused_and_keep_their_text(client):
    for _number in range(missing.PER_SENDER):
        assert client.post(ADDRESS, REPORT).status_code == 302
    response = client.post(ADDRESS, REPORT)

    assert response.status_code == 429
    assert REPORT["text"] in response.content.decode()
    assert MissingReport.objects.count() == missing.PER_SENDER


def test_all_visitors_together_cannot_fill_the_list(monkeypatch):
    monkeypatch.setattr(missing, "FROM_EVERYBODY", 2)

    def from_sender(number):
        return missing.report(query="x", text="", language="de", sender_key=str(number))

    from_sender(1)
    from_sender(2)
    with pytest.raises(missing.ReportLimitReachedError):
        from_sender(3)
    assert MissingReport.objects.count() == 2


@pytest.mark.parametrize("factory", [EditorFactory, SuperuserFactory])
def test_editors_tick_reports_and_nobody_adds_one(client, factory):
    client.force_login(factory())
    report = MissingReport.objects.create(query="Wohngeld", created_at=timezone.now())

    assert "Wohngeld" in client.get(REPORTS).content.decode()
    changed = client.post(f"{REPORTS}edit/{report.pk}/", {"query": "anders", "is_done": "on"})
    assert changed.status_code == 302
    report.refresh_from_db()
    assert report.is_done
    assert report.query == "Wohngeld"
    client.post(f"{REPORTS}add/", {"query": "x", "is_done": "on"})
    assert MissingReport.objects.count() == 1


def test_the_first_page_of_the_admin_leads_to_open_reports(client):
    client.force_login(EditorFactory())
    address = f"{REPORTS}?is_done=false"
    assert address not in client.get("/admin/").content.decode()
    report = MissingReport.objects.create(query="Wohngeld")
    MissingReport.objects.create(query="Kindergeld", is_done=True)

    page = client.get("/admin/").content.decode()

    assert re.search(rf'href="{re.escape(address)}">[^<]+</a></th>\s*<td>1<', page)
    listed = client.get(address).content.decode()
    assert report.query in listed
    assert "Kindergeld" not in listed


def save(client, words):
    before = SynonymGroup.objects.count()
    response = client.post(f"{GROUPS}add/", {"words": words, "note": "", "is_active": "on"})
    assert (response.status_code == 302) == (SynonymGroup.objects.count() == before + 1)
    return response


def test_editors_add_groups_of_synonyms(client):
    client.force_login(EditorFactory())

    assert save(client, "Spielplatz\nRutschbahn\nملعب").status_code == 302
    assert SynonymGroup.objects.last().words == ["Spielplatz", "Rutschbahn", "ملعب"]


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ("NGO", "at least two"),
        ("NGO\nNGO", "at least two"),
        ("Verein\nVereine", "“Verein” and “Vereine”"),
        ("NGO\n***", "“***”"),
        ("NGO\n" + "x" * 101, "too long"),
        ("NGO\n" + "ein zwei drei vier fünf sechs", "too many words"),
        ("\n".join(f"Wort{number}" for number in range(31)), "at most 30"),
    ],
)
def test_groups_the_search_cannot_use_are_refused_with_the_reason(client, words, because):
    editor = EditorFactory()
    editor.wagtail_userprofile.preferred_language = "en"
    editor.wagtail_userprofile.save()
    client.force_login(editor)

    response = save(client, words)

    assert response.status_code == 200
    assert because in str(response.context["form"].errors["words"])
