"""An import puts nobody's own entries online: somebody else decides, as everywhere."""

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from knowledge.models import Organisation, Resource
from knowledge.services.four_eyes import OWN_DECISION
from knowledge.services.imports import OrganisationImport, ResourceImport, run_import
from knowledge.services.imports.schema import Scope
from tests.factories.accounts import ReviewerFactory, SuperuserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory
from tests.knowledge.csv_files import organisation, resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return OrganisationFactory(name="Alt")


@pytest.fixture
def insider(home):
    """A reviewer who also writes for the organisation."""
    user = ReviewerFactory()
    MembershipFactory(organisation=home, user=user, role="owner")
    return user


@pytest.fixture
def put_online(write_csv):
    """Imports rows as somebody who wants them online."""

    def put_online(by, *rows, importer=ResourceImport):
        scoped = importer("csv", Scope(by=by))
        return run_import(path=write_csv(list(rows)), importer=scoped, publish=True)

    return put_online


def newest(item):
    item.refresh_from_db()
    return item.get_latest_revision_as_object()


def noted():
    return list(ModelLogEntry.objects.filter(action=OWN_DECISION).values_list("user", flat=True))


def test_changes_of_own_resources_become_drafts_and_their_rows_are_named(put_online, insider, home):
    mine = ResourceFactory(title="Alt", organisation=home)
    other = ResourceFactory(title="Alt")
    rows = [resource(id=str(item.public_id), title="Neu") for item in (mine, other)]

    report = put_online(insider, *rows)

    assert (report.own_rows, report.changed, report.published) == ([2], 2, 1)
    assert newest(mine).title == "Neu"
    assert (mine.title, mine.has_unpublished_changes) == ("Alt", True)
    other.refresh_from_db()
    assert (other.title, other.has_unpublished_changes) == ("Neu", False)
    assert put_online(insider, *rows).own_rows == []


def test_the_own_profile_becomes_a_draft(put_online, insider, home):
    row = organisation(id=str(home.public_id), name="Neu")
    report = put_online(insider, row, importer=OrganisationImport)
    assert (report.own_rows, report.published) == ([2], 0)
    assert newest(home).name == "Neu"
    assert home.name == "Alt"


@pytest.mark.parametrize("title", ["Alt", "Neu"])
def test_own_drafts_stay_drafts(put_online, insider, home, title):
    draft = ResourceFactory(title="Alt", organisation=home, live=False)
    report = put_online(insider, resource(id=str(draft.public_id), title=title))
    assert (report.own_rows, report.published) == ([2], 0)
    draft.refresh_from_db()
    assert not draft.live


def test_what_a_draft_says_counts_as_well(put_online, insider, home):
    draft = ResourceFactory(organisation=None, live=False)
    draft.organisation = home
    draft.save_revision()
    Resource.objects.filter(pk=draft.pk).update(organisation=None)
    assert put_online(insider, resource(id=str(draft.public_id))).own_rows == [2]
    draft.refresh_from_db()
    assert not draft.live


def test_what_was_imported_for_all_is_nobodys_own(put_online, insider):
    put_online(insider, resource(title="Alt"))
    report = put_online(insider, resource(title="Neu"))
    assert (report.own_rows, report.published) == ([], 1)
    assert Resource.objects.get().title == "Neu"


def test_a_superuser_may_and_the_history_says_so(put_online, home):
    user = SuperuserFactory()
    MembershipFactory(organisation=home, user=user, role="owner")
    mine = ResourceFactory(title="Alt", organisation=home)
    draft = ResourceFactory(organisation=home, live=False)
    withdrawn = ResourceFactory(organisation=home, live=False, first_published_at=timezone.now())
    other = ResourceFactory(title="Alt")
    rows = [
        resource(id=str(item.public_id), title="Neu") for item in (mine, draft, withdrawn, other)
    ]

    report = put_online(user, *rows)

    assert (report.own_rows, report.published, report.left_offline) == ([], 3, 1)
    mine.refresh_from_db()
    assert mine.title == "Neu"
    assert noted() == [user.pk, user.pk]


def test_an_import_without_a_person_puts_everything_online(put_online, home):
    put_online(None, organisation(id=str(home.public_id), name="Neu"), importer=OrganisationImport)
    assert Organisation.objects.get().name == "Neu"
