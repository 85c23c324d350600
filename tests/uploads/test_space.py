"""People see how much space there is for their files before an upload is refused."""

import pytest
from django.core.files.base import ContentFile

from nexsm.base.models import Document
from tests.base import media_corpus as corpus
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.base import HomePageFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
ACCOUNT, UPLOAD = "/de/konto/", "/de/mitmachen/material/neu/"


@pytest.fixture(autouse=True)
def home():
    HomePageFactory()


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Verein A")


@pytest.fixture
def member(client, organisation):
    """Somebody of the organisation who has uploaded one file for it."""
    user = MembershipFactory(organisation=organisation).user
    client.force_login(user)
    Document.objects.create(
        title="x",
        file=ContentFile(corpus.PDF, "x.pdf"),
        uploaded_by_user=user,
        organisation_id=organisation.public_id,
    )
    return user


def spaces(page):
    return {str(space.label): space.usage for space in page.context["spaces"]}


@pytest.mark.parametrize("address", [ACCOUNT, UPLOAD])
def test_members_see_their_space_and_that_of_their_organisation(client, member, settings, address):
    settings.UPLOAD_MEMBER_BYTES = 2 * len(corpus.PDF)
    settings.UPLOAD_ORGANISATION_BYTES = 4 * len(corpus.PDF)
    settings.UPLOAD_MEMBER_DAY_BYTES = 10 * len(corpus.PDF)

    page = client.get(address)

    found = {label: (usage.used, usage.percent) for label, usage in spaces(page).items()}
    size = len(corpus.PDF)
    assert found == {
        "Ihre Dateien": (size, 50),
        "Heute hochgeladen": (size, 10),
        "Verein A": (size, 25),
    }
    assert 'value="25" aria-label="Verein A"' in page.content.decode()


def test_the_page_of_an_organisation_shows_its_space(client, member, organisation):
    page = client.get(f"/de/mitmachen/organisationen/{organisation.public_id}/")
    assert list(spaces(page)) == ["Verein A"]
    assert "Platz für Dateien" in page.content.decode()


def test_the_space_of_other_organisations_is_not_shown(client, member):
    OrganisationFactory(name="Verein B")
    assert "Verein B" not in spaces(client.get(ACCOUNT))


def test_who_has_no_limit_of_her_own_reads_of_none(client):
    client.force_login(EditorFactory())
    assert "Platz" not in client.get(UPLOAD).content.decode()
    client.force_login(UserFactory())
    assert list(spaces(client.get(UPLOAD))) == ["Ihre Dateien", "Heute hochgeladen"]
