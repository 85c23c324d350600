"""Members never enter the admin: every address of it, by every way, is closed to them."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from knowledge.models import Organisation, Resource
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db

# What the login page and everybody's browser needs, and the way out.
OPEN = {"/admin/login/", "/admin/jsi18n/", "/admin/sprite/", "/admin/logout/"}


def admin_patterns(resolver=None, prefix=()):
    """Names of all addresses below /admin/, with their namespaces."""
    if resolver is None:
        (resolver,) = [
            found
            for found in get_resolver().url_patterns
            if isinstance(found, URLResolver) and str(found.pattern) == "admin/"
        ]
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            below = (*prefix, found.namespace) if found.namespace else prefix
            yield from admin_patterns(found, below)
        elif isinstance(found, URLPattern) and found.name:
            yield ":".join((*prefix, found.name)), found


def addresses():
    """Every address that can be built without arguments or with the number 1."""
    urls = set()
    for name, pattern in admin_patterns():
        arguments = pattern.pattern.converters
        values = {
            key: 1 if type(converter).__name__ == "IntConverter" else "1"
            for key, converter in arguments.items()
        }
        try:
            urls.add(reverse(name, kwargs=values))
        except NoReverseMatch:
            continue
    return sorted(urls)


def is_closed(response):
    if response.status_code == 302:
        return "/konto/" in response.url or "/admin/login/" in response.url
    return response.status_code in {403, 404, 405}


def test_the_list_of_addresses_is_long():
    assert len(addresses()) > 250


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_every_address_is_closed(client, is_signed_in):
    if is_signed_in:
        client.force_login(UserFactory())
    ResourceFactory(pk=1, title="Geheimnis", live=False)
    OrganisationFactory(pk=1, name="Geheimnis", live=False)
    leaks = []
    for url in addresses():
        for method in (client.get, client.post):
            response = method(url)
            body = b"" if response.streaming else response.content
            if url not in OPEN and (not is_closed(response) or b"Geheimnis" in body):
                leaks.append((method.__name__, url, response.status_code))
    assert leaks == []
    assert Resource.objects.filter(title="Geheimnis", live=False).exists()
    assert Organisation.objects.filter(name="Geheimnis", live=False).exists()


def test_a_member_is_told_no_and_not_sent_in_circles(client):
    client.force_login(UserFactory())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) < 3
