"""What an import on the web does not do: pile up, write for others, become part of a page."""

import pytest

from knowledge.models import ImportRun, Resource, Standing
from knowledge.services.imports import runs
from tests.factories.knowledge import MembershipFactory, OrganisationFactory
from tests.knowledge.import_pages import GERMAN, checked, text, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Verein A")


@pytest.fixture
def owner(client, organisation):
    user = MembershipFactory(organisation=organisation, role="owner").user
    client.force_login(user)
    return user


def test_unfinished_imports_do_not_pile_up(client, owner, organisation):
    for number in range(runs.MAX_UNFINISHED):
        upload(client, GERMAN, name=f"{number}.csv", organisation=organisation.pk)

    refused = upload(client, GERMAN, organisation=organisation.pk)

    assert "viele Importe begonnen" in text(refused)
    assert ImportRun.objects.count() == runs.MAX_UNFINISHED
    runs.discard(ImportRun.objects.first())
    assert upload(client, GERMAN, organisation=organisation.pk).status_code == 302


@pytest.mark.parametrize("change", ["left", "blocked"])
def test_an_import_that_waited_asks_once_more_who_may_write(change, client, owner, organisation):
    checked(client, GERMAN, organisation)
    run = ImportRun.objects.get()
    runs.decide(run, publish=False, send=False, keep=set(), keep_rest=True)
    if change == "left":
        owner.memberships.all().delete()
    else:
        Standing.objects.create(organisation=organisation, trust="blocked")

    runs.write(run)

    run.refresh_from_db()
    assert run.state == "failed"
    assert not Resource.objects.exists()


def test_cells_of_a_file_stay_text_on_the_page_about_its_columns(client, owner, organisation):
    response = upload(
        client, "Titel;Notiz\nSatzung;<img src=x onerror=alert(1)>\n", organisation=organisation.pk
    )

    page = client.get(response.url).content.decode()

    assert "&lt;img src=x" in page
    assert "<img src=x" not in page
