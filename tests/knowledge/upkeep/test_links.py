"""Links to other sites: found everywhere, asked politely, called broken late, replaced everywhere."""

import functools
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from knowledge.models import (
    CheckedLink,
    LinkUse,
    Organisation,
    OrganisationText,
    Resource,
    SocialChannel,
)
from knowledge.services import link_checks, link_uses, upkeep_jobs
from knowledge.services.link_checks import Finding, check_due, note
from knowledge.services.publication import publish, withdraw
from nexsm.base import fetching
from nexsm.base.models import ContentPage
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.base import ContentPageFactory
from tests.factories.conference import PersonFactory
from tests.factories.knowledge import (
    LanguageFactory,
    MembershipFactory,
    OrganisationFactory,
    ResourceFactory,
)
from tests.local_web import LocalWeb

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
OLD, NEW = "https://old.example/a?b=1&c=2", "https://new.example/"
BODY = [
    {"type": "paragraph", "value": '<p><a href="https://old.example/a?b=1&amp;c=2">x</a></p>'},
    {"type": "links", "value": [{"type": "item", "value": {"label": "y", "url": OLD}}]},
]
GONE = Finding(works=False, is_gone=True, reason="404")
REFUSED = Finding(works=False, is_gone=False, reason="403")
WORKS = Finding(works=True, is_gone=False, reason="200")


def scan_all():
    call_command("check_links", "--only-note", verbosity=0)


def places():
    return {(use.kind, use.link.url, use.place) for use in LinkUse.objects.select_related("link")}


def link(url="https://example.org/", **values):
    key = link_uses.fingerprint(url)
    return CheckedLink.objects.create(key=key, url=url, host=link_uses.host_of(url), **values)


@pytest.fixture
def answers(monkeypatch):
    """What each address answers: a status, or the reason why nothing came. Notes what was asked."""
    table, asked = {}, []

    def fetch(url, *, method, max_bytes, etag):
        asked.append((method, url))
        answer = table.get(url, 200)
        if answer == "refused":
            raise fetching.FetchRefusedError("No.")
        if isinstance(answer, str):
            raise fetching.FetchFailedError("No.", answer)
        return fetching.Fetched(url, answer, "", b"", etag='"1"')

    monkeypatch.setattr(link_checks, "fetch", fetch)
    table["asked"] = asked
    return table


def test_links_are_found_wherever_they_stand():
    ResourceFactory(url=OLD, doi="10.1234/abc", body=BODY)
    organisation = OrganisationFactory(
        website="https://verein.example/",
        description='<p><a href="https://text.example/">x</a> <a href="mailto:a@example.org">y</a></p>',
        channels=[SocialChannel(platform="other", url="https://kanal.example/")],
        texts=[
            OrganisationText(
                language=LanguageFactory(code="tr"), description=f'<a href="{NEW}">z</a>'
            )
        ],
    )
    organisation.save()
    PersonFactory(has_consented=True, website="https://ada.example/", links=["https://b.example/"])
    PersonFactory(website="https://silent.example/")
    ContentPageFactory(body=BODY)
    ResourceFactory(url="https://draft.example/", live=False)

    scan_all()

    found = {(kind, url) for kind, url, _place in places()}
    assert found == {
        ("resource", OLD), ("resource", "https://doi.org/10.1234/abc"),
        ("organisation", "https://verein.example/"), ("organisation", "https://text.example/"),
        ("organisation", "https://kanal.example/"), ("organisation", NEW),
        ("person", "https://ada.example/"), ("person", "https://b.example/"), ("page", OLD),
    }  # fmt: skip
    assert CheckedLink.objects.filter(url=OLD).count() == 1


def test_what_is_no_longer_used_is_forgotten():
    resource = ResourceFactory(url=OLD)
    scan_all()
    withdraw(item=resource, reason="")
    link_uses.note_links(next(k for k in link_uses.items.kinds() if k.name == "resource"), resource)
    assert link_uses.forget_unused() == 1
    assert not LinkUse.objects.exists()


def test_a_round_forgets_what_was_deleted_and_who_took_her_consent_back():
    ResourceFactory(url=OLD)
    person = PersonFactory(has_consented=True, website="https://ada.example/")
    stays = ResourceFactory(url=NEW)
    scan_all()
    assert LinkUse.objects.count() == 3
    Resource.objects.filter(url=OLD).delete()
    person.has_consented = False
    person.save()
    link_uses.scan(timezone.now() + DAY, portion=100)
    assert [use.item_key for use in LinkUse.objects.all()] == [str(stays.public_id)]


def test_a_round_takes_portions_and_starts_anew_the_next_day():
    for number in range(5):
        ResourceFactory(url=f"https://example.org/{number}")
    reads = [link_uses.scan(NOW, portion=2) for _ in range(5)]
    assert sum(reads) >= 5
    assert reads[-1] == 0
    assert LinkUse.objects.filter(kind="resource").count() == 5
    assert link_uses.scan(NOW + DAY, portion=100) >= 5


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [(200, "ok", "200"), (204, "ok", "204"), (304, "ok", "304"), (403, "unsure", "403"),
     (429, "unsure", "429"), (500, "unsure", "500"), (404, "unsure", "404"),
     ("timeout", "unsure", "timeout"), ("tls", "unsure", "tls"), ("refused", "unsure", "refused"),
     ("unreachable", "unsure", "unreachable"), ("unknown_host", "unsure", "unknown_host")],
)  # fmt: skip
def test_what_an_answer_means_the_first_time(answers, answer, state, reason):
    checked = link()
    answers[checked.url] = answer
    assert check_due() == 1
    checked.refresh_from_db()
    assert (checked.state, checked.reason) == (state, reason)
    assert checked.due_at > NOW
    methods = ["HEAD"] if state == "ok" else ["HEAD", "GET"]
    assert [method for method, _url in answers["asked"]] == methods


def test_broken_is_only_what_was_gone_three_times_over_three_days():
    checked = link()
    states = []
    for hours in (0, 31, 62, 93):
        note(checked, GONE, NOW + timedelta(hours=hours))
        checked.refresh_from_db()
        states.append(checked.state)
    assert states == ["unsure", "unsure", "unsure", "broken"]
    note(checked, REFUSED, NOW + 5 * DAY)
    checked.refresh_from_db()
    assert checked.state == "broken"
    note(checked, WORKS, NOW + 6 * DAY)
    checked.refresh_from_db()
    assert (checked.state, checked.failures, checked.failing_since) == ("ok", 0, None)


def test_a_server_that_refuses_programs_never_makes_a_link_broken():
    checked = link()
    for day in range(30):
        note(checked, REFUSED, NOW + day * DAY)
    note(checked, GONE, NOW + 31 * DAY)
    checked.refresh_from_db()
    assert checked.state == "unsure"


def test_a_server_is_asked_once_in_a_while_whoever_asks(answers):
    for number in range(3):
        link(f"https://same.example/{number}", due_at=NOW)
    link("https://other.example/", due_at=NOW)
    assert check_due(NOW) == 2
    assert check_due(NOW) == 0
    assert check_due(NOW + link_checks.HOST_PAUSE) == 1
    assert len(answers["asked"]) == 3


def test_what_another_worker_has_claimed_is_left_alone(answers):
    checked = link(due_at=NOW)
    stale = CheckedLink.objects.get(pk=checked.pk)
    assert link_checks._claim(stale, NOW)
    assert not link_checks._claim(stale, NOW + link_checks.HOST_PAUSE)
    assert check_due(NOW + link_checks.HOST_PAUSE) == 0
    assert check_due(NOW + link_checks.CLAIMED_FOR) == 1  # that worker died


def test_a_real_server_is_asked_for_its_head(monkeypatch):
    with LocalWeb() as web:
        web.routes["/"] = (200, {"ETag": '"a"'}, b"x" * 100)
        monkeypatch.setattr(
            link_checks, "fetch", functools.partial(fetching.fetch, reach=web.reach)
        )
        good, gone = link(f"{web.url}/"), link(f"{web.url}/gone")
        note(good, link_checks.look_at(good), NOW)
        good.refresh_from_db()
        assert (good.state, good.etag) == ("ok", '"a"')
        assert link_checks.look_at(gone).is_gone
        assert [method for method, *_rest in web.hits] == ["HEAD", "HEAD", "GET"]


def test_the_job_is_off_until_a_setting_says_so(answers, settings):
    ResourceFactory(url="https://example.org/")
    upkeep_jobs.check_links()
    assert not CheckedLink.objects.exists()
    settings.LINK_CHECK = True
    upkeep_jobs.check_links()
    assert CheckedLink.objects.get().state == "ok"


def test_what_was_corrected_leaves_the_list_at_once(settings):
    settings.LINK_CHECK = True
    resource = ResourceFactory(url=OLD)
    publish(item=resource)
    assert places() == {("resource", OLD, "Link")}
    resource.url = NEW
    publish(item=resource)
    assert {url for _kind, url, _place in places()} == {NEW}


def test_an_address_is_replaced_everywhere_with_one_version_each():
    editor = EditorFactory()
    resource = ResourceFactory(url=OLD, body=BODY)
    page = ContentPageFactory(body=BODY)
    organisation = OrganisationFactory(
        channels=[SocialChannel(platform="other", url=OLD)], description=f'<a href="{OLD}">x</a>'
    )
    organisation.save()
    scan_all()

    result = link_uses.replace_everywhere(
        link=CheckedLink.objects.get(url=OLD), new_url=NEW, by=editor
    )

    assert len(result.changed) == 3
    assert result.refused == []
    resource, page = Resource.objects.get(pk=resource.pk), ContentPage.objects.get(pk=page.pk)
    assert resource.url == NEW
    for item in (resource, page):
        assert str(item.body.raw_data).count(NEW) == 2
        assert OLD not in str(item.body.raw_data)
        assert item.revisions.count() == 1
        assert item.live
    assert Organisation.objects.get().channels.get().url == NEW
    assert not LinkUse.objects.filter(link__url=OLD).exists()


def test_a_draft_keeps_its_other_changes_and_stays_a_draft():
    resource = ResourceFactory(url=OLD, title="Online")
    resource.title = "Entwurf"
    resource.save_revision()
    scan_all()
    link_uses.replace_everywhere(
        link=CheckedLink.objects.get(url=OLD), new_url=NEW, by=EditorFactory()
    )
    found = Resource.objects.get(pk=resource.pk)
    draft = found.get_latest_revision_as_object()
    assert (found.title, found.url) == ("Online", NEW)
    assert (draft.title, draft.url) == ("Entwurf", NEW)


def test_what_is_locked_or_not_hers_to_publish_stays_as_it_is():
    resource = ResourceFactory(url=OLD)
    scan_all()
    old = CheckedLink.objects.get(url=OLD)
    result = link_uses.replace_everywhere(link=old, new_url=NEW, by=UserFactory())
    assert (result.changed, result.refused) == ([], [resource.title])
    Resource.objects.update(locked=True, locked_by=EditorFactory(), locked_at=NOW)
    result = link_uses.replace_everywhere(link=old, new_url=NEW, by=EditorFactory())
    assert (result.changed, result.refused) == ([], [resource.title])
    assert Resource.objects.get().url == OLD


def test_an_editor_sees_filters_and_replaces(client):
    resource = ResourceFactory(url=OLD, title="Handbuch")
    scan_all()
    CheckedLink.objects.update(state="broken", reason="404", failing_since=NOW)
    client.force_login(EditorFactory())
    listed = client.get("/admin/links/").content.decode()
    assert "Handbuch" in listed
    assert "Handbuch" not in client.get("/admin/links/?state=ok").content.decode()
    assert "Handbuch" in client.get("/admin/links/?state=all&q=handb").content.decode()
    assert "Handbuch" not in client.get("/admin/links/?state=all&q=%00xyz").content.decode()
    url = f"/admin/links/{CheckedLink.objects.get().pk}/"
    assert client.post(url, {"replace": "1", "new_url": "javascript:x"}).status_code == 200
    assert (
        client.post(url, {"archive": "1", "archived_url": "https://archiv.example/a"}).status_code
        == 302
    )
    page = client.get(resource.get_absolute_url()).content.decode()
    assert "https://archiv.example/a" in page
    assert client.post(url, {"replace": "1", "new_url": NEW}).status_code == 302
    assert Resource.objects.get().url == NEW
    client.force_login(UserFactory())
    assert client.get(url).status_code in {302, 403}


def test_a_member_sees_broken_links_of_her_own_items_only(client):
    membership = MembershipFactory(role="owner")
    ResourceFactory(title="Meins", url=OLD, organisation=membership.organisation)
    ResourceFactory(title="Fremdes", url=OLD)
    scan_all()
    client.force_login(membership.user)
    assert "Meins" not in client.get("/de/mitmachen/links/").content.decode()
    CheckedLink.objects.update(state="broken")
    page = client.get("/de/mitmachen/links/").content.decode()
    assert "Meins" in page
    assert "Fremdes" not in page
    assert "/de/mitmachen/links/" in client.get("/de/mitmachen/").content.decode()


def test_a_link_that_breaks_the_check_does_not_stop_the_others(answers, monkeypatch, caplog):
    bad = link("https://bad.example/", due_at=NOW - DAY)
    good = link("https://good.example/", due_at=NOW)
    real = link_checks.look_at

    def look_at(found):
        if found == bad:
            raise ValueError("nobody thought of this")
        return real(found)

    monkeypatch.setattr(link_checks, "look_at", look_at)
    check_due(NOW)

    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.state == "ok"
    assert "nobody thought of this" in caplog.text
    assert bad.due_at > NOW + DAY
