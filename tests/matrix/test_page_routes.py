"""Every route below a page, asked by a visitor, a member and an editor."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import PageViewRestriction, get_page_models

from conference.models import ConferencePage, Occurrence, Round, SessionPage
from conference.models.routing import reserved_slugs
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, at
from tests.matrix import page_table, roles
from tests.matrix.test_access import answer

pytestmark = pytest.mark.django_db

PAGE_TYPES = {"conference": ConferencePage, "session": SessionPage}
SECRET = "Vertraulich"


def samples(kind):
    """What the addresses of the table name, in a conference of this kind."""
    return {
        name: uuid.uuid5(uuid.NAMESPACE_OID, kind + name) for name in ("round", "entry", "nobody")
    }


def routes_without_row(page_type, rows):
    known = {row.route for row in rows}
    return [
        str(route.pattern)
        for route in page_type.get_subpage_urls()
        if str(route.pattern) not in known
    ]


@pytest.fixture
def conferences(db):
    """A page of each type in a public conference, a draft and one with a password."""
    made = {}
    for kind in page_table.CONFERENCES:
        conference = ConferencePageFactory(
            title=SECRET,
            slug=kind,
            live=kind != page_table.DRAFT,
            rounds=[Round(uid=samples(kind)["round"])],
        )
        made[kind] = {
            "conference": conference,
            "session": SessionPageFactory(
                parent=conference,
                title=SECRET,
                slug="auftakt",
                occurrences=[Occurrence(uid=samples(kind)["entry"], start=at("10:00"))],
            ),
        }
    PageViewRestriction.objects.create(
        page=made[page_table.HIDDEN]["conference"],
        restriction_type=PageViewRestriction.PASSWORD,
        password="geheim",
    )
    return made


def said(client, url):
    """The answer in the words of the table."""
    response = answer(client, "get", url)
    is_form = b'type="password"' in getattr(response, "content", b"")
    if is_form and SECRET.encode() not in response.content:
        return page_table.PASSWORD
    return str(response.status_code)


def test_every_page_with_routes_is_looked_at():
    with_routes = {page for page in get_page_models() if issubclass(page, RoutablePageMixin)}
    assert with_routes == set(PAGE_TYPES.values())


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_every_route_has_a_row_and_every_row_a_route(name):
    page_type, rows = PAGE_TYPES[name], page_table.ROWS[name]
    assert routes_without_row(page_type, rows) == []
    routes = {str(route.pattern) for route in page_type.get_subpage_urls()}
    assert {row.route for row in rows} - routes == set()


def test_a_new_route_is_noticed():
    class Later(RoutablePageMixin):
        @path("brand-new/<int:number>/")
        def brand_new(self, request, number):
            """Stands in no table."""

    assert routes_without_row(Later, page_table.CONFERENCE) == ["brand-new/<int:number>/"]


def test_no_session_takes_the_address_of_a_route():
    session = SessionPageFactory(slug="auftakt")
    session.full_clean()
    taken = sorted(reserved_slugs(ConferencePage))
    assert {"aenderungen", "einbetten", "termin", "runde"} <= set(taken)

    for slug in taken:
        session.slug = slug
        with pytest.raises(ValidationError):
            session.full_clean()


@pytest.mark.parametrize("role", [roles.VISITOR, roles.MEMBER, roles.EDITOR])
@pytest.mark.parametrize("language", ["de", "en"])
def test_rows(role, language, client_of, conferences):
    client = client_of(role)
    wrong = []
    for name, rows in page_table.ROWS.items():
        for kind, pages in conferences.items():
            base = pages[name].url_path.removeprefix("/home-de")
            for row in rows:
                url = f"/{language}{base}{row.url.format(**samples(kind))}"
                got = said(client, url)
                if got != row.answers[kind]:
                    wrong.append(f"{url}: {got}, not {row.answers[kind]}")
    assert "\n".join(wrong) == ""


def test_files_and_lists_take_no_post(client_of, conferences):
    client = client_of(roles.VISITOR)
    pages = conferences[page_table.PUBLIC]
    statuses = {
        url: answer(client, "post", url).status_code
        for name, rows in page_table.ROWS.items()
        for row in rows
        if row.reads_only and row.answers is not page_table.NOTHING
        for url in [pages[name].get_url() + row.url.format(**samples(page_table.PUBLIC))]
    }
    assert statuses == dict.fromkeys(statuses, 405)
