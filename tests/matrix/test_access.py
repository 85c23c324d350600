"""Every route of the site, asked by every role."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern

from knowledge.models import Organisation, Resource
from nexsm.accounts.models import User
from nexsm.base.models import ContentPage, Document, Image
from tests.matrix import patterns, roles, table
from tests.matrix.addresses import address_of

pytestmark = pytest.mark.django_db

# Where a visitor is led: the one login, or the address that leads there.
DOORS = ("/de/konto/login/", "/admin/login/")

# Superusers see every page, so they meet every query on the second engine, too.
WORK_IN_THE_ADMIN = [
    pytest.param(roles.EDITOR, marks=pytest.mark.any_database),
    pytest.param(roles.REVIEWER, marks=pytest.mark.any_database),
    roles.SUPERUSER,
]


def routes_without_row(routes):
    known = {row.route for row in table.ROWS}
    return [route for route in routes if route not in known and not is_admin(route)]


def is_admin(route):
    return route.startswith(table.ADMIN)


def admin_routes():
    return [route for route in patterns.routes() if is_admin(route)]


def answer(client, method, url):
    response = getattr(client, method)(url)
    if response.streaming:
        response.close()
    return response


def differences(row, role, client, samples):
    """What is not as the row says, as lines."""
    url = row.url.format(**samples)
    asked = [("get", row.get), ("post", row.post)]
    for method, allowed in asked:
        if allowed is None:
            continue
        status = answer(client, method, url).status_code
        if status not in allowed[role]:
            yield f"{method} {url}: {status}, not {sorted(allowed[role])}"


def test_every_route_has_a_row():
    assert routes_without_row(patterns.routes()) == []


def test_every_row_has_a_route():
    assert {row.route for row in table.ROWS} - set(patterns.routes()) == set()
    assert len(admin_routes()) > 250


def test_a_new_route_is_noticed():
    def view(request):
        return HttpResponse()

    real = get_resolver()
    later = URLResolver(
        RegexPattern(r"^/"), [*real.url_patterns, path("brand-new/<int:pk>/", view)]
    )
    assert routes_without_row(patterns.routes(later)) == ["brand-new/<int:pk>/"]


@pytest.mark.parametrize("role", roles.ROLES)
def test_rows(role, client_of, samples):
    client = client_of(role)
    wrong = []
    for row in table.ROWS:
        if role != roles.VISITOR and SESSION_KEY not in client.session:
            client = client_of(role)  # the row before was the way out
        wrong += differences(row, role, client, samples)
    assert "\n".join(wrong) == ""


def test_visitors_see_the_same_in_english(client_of, samples):
    client = client_of(roles.VISITOR)
    rows = [row for row in table.ROWS if "{lang}" in row.url]
    english = {**samples, "lang": "en"}
    wrong = [line for row in rows for line in differences(row, roles.VISITOR, client, english)]
    assert "\n".join(wrong) == ""


def counts():
    models = (Resource, Organisation, ContentPage, Image, Document, User)
    return {model.__name__: model.objects.count() for model in models}


def is_closed(response, role):
    if response.status_code == 404:
        return True
    if role == roles.VISITOR:
        return response.status_code == 302 and response["Location"].startswith(DOORS)
    return response.status_code == 403


@pytest.mark.any_database
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [roles.VISITOR, roles.MEMBER])
def test_the_admin_is_closed(role, method, client_of, samples):
    client = client_of(role)
    before = counts()
    wrong = []
    for route in admin_routes():
        url = address_of(route, samples)
        if route not in table.ADMIN_OPEN:
            response = answer(client, method, url)
            if not is_closed(response, role):
                wrong.append(f"{method} {url}: {response.status_code}")
    assert "\n".join(wrong) == ""
    assert counts() == before


def test_a_member_is_told_no_and_not_sent_in_circles(client_of):
    response = client_of(roles.MEMBER).get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) < 3


@pytest.mark.parametrize("role", WORK_IN_THE_ADMIN)
def test_no_page_of_the_admin_crashes(role, client_of, samples):
    client = client_of(role)
    wrong = []
    for route in admin_routes():
        if route in table.ADMIN_BROKEN_BY_DESIGN:
            continue
        url = address_of(route, samples)
        status = answer(client, "get", url).status_code
        if status >= 500:
            wrong.append(f"{url}: {status}")
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("role", WORK_IN_THE_ADMIN)
def test_editors_and_reviewers_work_in_the_admin(role, client_of, samples):
    client = client_of(role)
    statuses = {
        url: answer(client, "get", url.format(**samples)).status_code for url in table.EDITORS_WORK
    }
    assert statuses == dict.fromkeys(table.EDITORS_WORK, 200)


@pytest.mark.parametrize("role", [roles.EDITOR, roles.REVIEWER])
def test_people_rights_and_settings_belong_to_administrators(role, client_of, samples):
    client = client_of(role)
    for url in table.ADMINISTRATORS_WORK:
        for method in ("get", "post"):
            status = answer(client, method, url.format(**samples)).status_code
            assert status in table.REFUSED, f"{method} {url}: {status}"
    assert User.objects.filter(pk=samples["user"]).exists()


def test_administrators_reach_people_rights_and_settings(client_of, samples):
    client = client_of(roles.SUPERUSER)
    statuses = {
        url: answer(client, "get", url.format(**samples)).status_code
        for url in table.ADMINISTRATORS_WORK
    }
    assert statuses == dict.fromkeys(table.ADMINISTRATORS_WORK, 200)
