"""The first page of the admin says for each list of the editors how much waits and since when."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from conference.enums import OfferState
from conference.models import DocumentationOffer
from knowledge.models import (
    BlockAppeal,
    ContentReport,
    EditSuggestion,
    Organisation,
    ReportAppeal,
    Submission,
    SubmissionAppeal,
)
from nexsm.base.models import MailState
from search.models import MissingReport
from tests.factories.accounts import EditorFactory, ReviewerFactory, SuperuserFactory, UserFactory
from tests.factories.base import HomePageFactory
from tests.factories.conference import SessionPageFactory
from tests.factories.knowledge import ClaimFactory, OrganisationFactory
from tests.factories.mail import OutgoingMailFactory

pytestmark = pytest.mark.django_db

LINE = re.compile(
    r'<th scope="row"><a href="([^"]+)">([^<]+)</a></th>\s*<td>(\d+)</td>\s*'
    r'<td><time datetime="([^"]+)"'
)
LISTS = {
    "Sent by members": "/admin/review/?state=waiting",
    "Objections to refusals": "/admin/review/?state=appeal",
    "Unanswered messages of members": "/admin/review/?state=unanswered",
    "Published at once, to look at": "/admin/review/?state=look",
    "Claims": "/admin/people/",
    "Appeals against blocks": "/admin/people/",
    "Reports about content": "/admin/reported/",
    "Objections to decisions about reports": "/admin/reported/",
    "Suggested changes": "/admin/suggestions/",
    "Documentation from sessions": "/admin/documentation/",
    "Mails that could not be sent": "/admin/mails/?state=parked",
    "Missed by visitors": "/admin/snippets/search/missingreport/?is_done=false",
}
MAILS = "Mails that could not be sent"


@pytest.fixture(autouse=True)
def home():
    HomePageFactory()


def submission(at, **values):
    organisation = OrganisationFactory()
    kind = ContentType.objects.get_for_model(Organisation)
    return Submission.objects.create(
        content_type=kind,
        object_id=organisation.pk,
        title=organisation.name,
        organisation=organisation,
        **{"submitted_at": at, **values},
    )


def one_for_each_list(at, session):
    """Something that came at this moment, for every list, and something decided that is older."""
    now = timezone.now()
    submission(at)
    refused = submission(at - timedelta(days=300), state="refused")
    SubmissionAppeal.objects.create(submission=refused, text="Doch.", created_at=at)
    submission(at, state="changes", is_unanswered=True)
    submission(at, state="published", published_unseen=True)
    ClaimFactory(created_at=at)
    ClaimFactory(created_at=at - timedelta(days=300), state="refused")
    BlockAppeal.objects.create(organisation=OrganisationFactory(), text="Doch.", created_at=at)
    about = {"kind": "resource", "key": "1", "title": "Titel"}
    ContentReport.objects.create(**about, reason="spam", text="Werbung", created_at=at)
    decided = ContentReport.objects.create(
        **about, decision="keep", decided_at=now, created_at=at - timedelta(days=300)
    )
    ReportAppeal.objects.create(report=decided, side="reporter", text="Doch.", created_at=at)
    ReportAppeal.objects.create(report=decided, side="author", text="Nein.", decided_at=now)
    EditSuggestion.objects.create(**about, part="text", text="Neu", created_at=at)
    EditSuggestion.objects.create(**about, part="text", text="Alt", state="declined")
    DocumentationOffer.objects.create(
        session=session, user=UserFactory(), state=OfferState.WAITING, kind="link", created_at=at
    )
    OutgoingMailFactory(state=MailState.PARKED, created_at=at)
    MissingReport.objects.create(query="Wohngeld", created_at=at)
    MissingReport.objects.create(query="Kita", created_at=at - timedelta(days=300), is_done=True)


def lines_for(client, user):
    client.force_login(user)
    page = client.get("/admin/").content.decode()
    return {label: (url, int(count), when) for url, label, count, when in LINE.findall(page)}


def test_a_line_for_each_list_with_number_and_age_and_fixed_queries(
    client, django_assert_max_num_queries
):
    session = SessionPageFactory()
    client.force_login(SuperuserFactory())
    client.get("/admin/")  # fills Wagtail's caches
    oldest = timezone.now() - timedelta(days=9)
    queries = []
    for number, moments in ((1, [oldest]), (3, [oldest + timedelta(days=n) for n in (1, 2)])):
        for at in moments:
            one_for_each_list(at, session)
        with django_assert_max_num_queries(80) as captured:
            page = client.get("/admin/").content.decode()
        queries.append(len(captured))
        lines = LINE.findall(page)
        assert {label: url for url, label, _count, _when in lines} == LISTS
        assert {int(count) for _url, _label, count, _when in lines} == {number}
        day = timezone.localtime(oldest).date().isoformat()
        assert {when[:10] for *_line, when in lines} == {day}
        assert "1\xa0week, 2\xa0days" in page
    assert queries[0] == queries[1]


def test_every_line_leads_to_a_list_that_shows_as_much(client):
    session = SessionPageFactory()
    for _number in range(2):
        one_for_each_list(timezone.now(), session)
    lines = lines_for(client, SuperuserFactory())
    for url, count, _when in lines.values():
        page = client.get(url)
        assert page.status_code == 200
        assert count == 2
    for state in ("waiting", "appeal", "unanswered", "look"):
        assert len(client.get(f"/admin/review/?state={state}").context["object_list"]) == 2


@pytest.mark.parametrize("factory", [EditorFactory, ReviewerFactory])
def test_editors_see_the_lists_they_work_in(client, factory):
    one_for_each_list(timezone.now(), SessionPageFactory())
    assert set(lines_for(client, factory())) >= set(LISTS) - {MAILS}


def test_who_may_decide_one_thing_sees_one_line(client):
    one_for_each_list(timezone.now(), SessionPageFactory())
    group = Group.objects.create(name="Hinweise")
    group.permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "change_editsuggestion"])
    )
    user = UserFactory()
    user.groups.add(group)
    assert set(lines_for(client, user)) == {"Suggested changes"}
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    assert "waiting-lists" not in client.get("/admin/").content.decode()


def test_a_question_about_what_waits_is_not_one_more_thing_to_do(client):
    submission(timezone.now(), is_unanswered=True)
    found = lines_for(client, EditorFactory())
    assert {label: count for label, (_url, count, _when) in found.items()} == {"Sent by members": 1}
    assert not client.get("/admin/review/?state=unanswered").context["object_list"]
    assert len(client.get("/admin/review/").context["object_list"]) == 1


def test_a_message_waits_since_it_was_written_whenever_the_entry_was_sent(client):
    now = timezone.now()
    sent = submission(now - timedelta(days=300), state="published", is_unanswered=True)
    for days, values in (
        (300, {"event": "waiting"}),
        (200, {"text": "Wann?"}),
        (3, {"text": "Und jetzt?"}),
        (1, {"field": "title", "text": "Kürzer"}),
    ):
        sent.messages.create(created_at=now - timedelta(days=days), **values)
    ClaimFactory(created_at=now - timedelta(days=5))

    found = lines_for(client, EditorFactory())

    assert list(found) == ["Claims", "Unanswered messages of members"]
    day = timezone.localtime(now - timedelta(days=3)).date().isoformat()
    assert found["Unanswered messages of members"][2][:10] == day


def test_what_waits_longest_comes_first(client):
    submission(timezone.now() - timedelta(days=3))
    ClaimFactory(created_at=timezone.now() - timedelta(days=5))
    assert list(lines_for(client, EditorFactory())) == ["Claims", "Sent by members"]


def test_when_nothing_waits_it_says_so(client):
    assert lines_for(client, EditorFactory()) == {}
    assert "Nothing waits. Well done." in client.get("/admin/").content.decode()
