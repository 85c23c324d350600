"""The first page of the admin, its look, its guide."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType

from nexsm.base.admin import roles
from tests.factories.accounts import EditorFactory, ReviewerFactory
from tests.factories.base import ContentPageFactory, HomePageFactory
from tests.factories.knowledge import LicenceFactory, OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db

# What a browser fetches by itself; a link has to be clicked.
LOADS = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object|form|use|link)\b[^>]*?
        \b(?:src|href|data|action|srcset)=["']((?:https?:)?//[^"']+)""",
    re.VERBOSE,
)


@pytest.fixture
def editor(client):
    user = EditorFactory(name="Amal Haddad")
    client.force_login(user)
    return user


def make_work(editor, number):
    for _count in range(number):
        waiting = ResourceFactory(live=False)
        waiting.save_revision(user=editor)
        waiting.get_workflow().start(waiting, editor)
        ResourceFactory(live=False).save_revision(user=editor)
        planned = OrganisationFactory(live=False, go_live_at=timezone.now() + timedelta(days=1))
        planned.save_revision(user=editor).publish()
        ResourceFactory(expire_at=timezone.now() + timedelta(days=2))
        page = ContentPageFactory()
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)


def test_the_number_of_queries_does_not_grow_with_the_work(
    client, editor, django_assert_max_num_queries
):
    HomePageFactory()
    client.force_login(ReviewerFactory())
    client.get("/admin/")  # fills Wagtail's caches
    counts = []
    for number in (1, 4):
        make_work(editor, number)
        with django_assert_max_num_queries(60) as captured:
            assert client.get("/admin/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_reviewers_see_what_waits_with_person_and_link(client, editor):
    HomePageFactory()
    make_work(editor, 1)
    client.force_login(ReviewerFactory())
    response = client.get("/admin/")
    page = response.content.decode()
    for words in ("Waits for you", "To review", "Amal Haddad", "handed in", "Goes online"):
        assert words in page
    assert "Your drafts" not in page
    links = re.findall(r'<td class="title">\s*<a href="([^"]+)"', page)
    assert len(links) == 4
    for link in links:
        assert client.get(link).status_code == 200


def test_editors_see_their_own_drafts_and_no_reviews(client, editor):
    make_work(editor, 1)
    page = client.get("/admin/").content.decode()
    assert "Your drafts" in page
    assert "To review" not in page
    client.force_login(EditorFactory())
    assert "Your drafts" not in client.get("/admin/").content.decode()


def test_gaps_lead_to_the_list_of_the_items(client, editor):
    OrganisationFactory(description="", name="Leer")
    OrganisationFactory(description="", live=False)
    ResourceFactory(licence=None, title="Ohne")
    ResourceFactory(licence=LicenceFactory(code="CC0-1.0"))
    page = client.get("/admin/").content.decode()
    gaps = dict(re.findall(r'<a href="([^"]+missing=[^"]+)">[^<]*<span[^>]*>(\d+)<', page))
    found = {url.replace("&amp;", "&"): int(count) for url, count in gaps.items()}
    assert found
    for url, count in found.items():
        assert len(client.get(url).context["object_list"]) == count


def test_an_empty_dashboard_says_so(client, editor):
    page = client.get("/admin/").content.decode()
    assert "Nothing waits for you" in page
    assert "Amal Haddad" in page
    assert reverse("wagtailsnippets_knowledge_resource:add") in page


def test_titles_are_shown_as_text(client, editor):
    ResourceFactory(live=False, title="<img src=x onerror=alert(1)>").save_revision(user=editor)
    page = client.get("/admin/").content.decode()
    assert "&lt;img src=x" in page
    assert "<img src=x" not in page


def test_the_admin_carries_our_name_and_leads_to_no_other_host(client, editor):
    item = ResourceFactory(url="https://example.org/")
    for url in (
        "/admin/",
        reverse("nexsm_editors_guide"),
        reverse("wagtailsnippets_knowledge_resource:list"),
        reverse("wagtailsnippets_knowledge_resource:edit", args=[item.pk]),
        reverse("wagtailsnippets_knowledge_organisation:add"),
        reverse("wagtailimages:index"),
    ):
        page = client.get(url).content.decode()
        assert "- NexSM</title>" in page
        assert "nexsm/admin/admin.css" in page
        assert LOADS.findall(page) == []
        for host in ("gravatar.com", "releases.wagtail.org"):
            assert host not in page


def test_titles_with_markup_fire_nowhere(client, editor):
    title = "<script>alert(1)</script>"
    item = ResourceFactory(title=title, organisation=OrganisationFactory(name=title), tags=[title])
    item.save_revision(user=editor)
    names = ("edit", "delete", "history", "usage", "unpublish", "workflow_history")
    urls = [reverse(f"wagtailsnippets_knowledge_resource:{name}", args=[item.pk]) for name in names]
    urls += [
        reverse("wagtailsnippets_knowledge_resource:list"),
        reverse("wagtailsnippets_knowledge_tag:list"),
        reverse("wagtailsnippetchoosers_knowledge_organisation:choose"),
        reverse("wagtail_bulk_action", args=["knowledge", "resource", "delete"]) + f"?id={item.pk}",
        reverse("wagtailadmin_reports:site_history"),
    ]
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200
        assert title not in response.content.decode()


def test_guide_is_in_the_help_menu(client, editor):
    page = client.get("/admin/").content.decode()
    assert reverse("nexsm_editors_guide") in page
    assert "Waits for you" in client.get(reverse("nexsm_editors_guide")).content.decode()


def test_pages_and_choosers_of_the_admin_open(client, editor):
    home = HomePageFactory()
    for url in (
        reverse("wagtailadmin_pages:add_subpage", args=[home.pk]),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_external_link"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtailsnippetchoosers_knowledge_organisation:choose"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:site_history"),
    ):
        assert client.get(url).status_code == 200


def test_roles_exist_and_are_made_only_once():
    before = {
        "groups": set(Group.objects.values_list("name", flat=True)),
        "workflows": list(Workflow.objects.values_list("name", flat=True)),
    }
    assert before["groups"] == {"Editors", "Reviewers"}
    assert before["workflows"] == ["Review"]
    roles.ensure_roles()
    assert set(Group.objects.values_list("name", flat=True)) == before["groups"]
    assert list(Workflow.objects.values_list("name", flat=True)) == before["workflows"]
    assert {link.content_type.model for link in WorkflowContentType.objects.all()} >= {
        "resource",
        "organisation",
    }


def test_roles_come_back_when_they_were_deleted():
    Workflow.objects.all().delete()
    GroupApprovalTask.objects.all().delete()
    Group.objects.all().delete()
    roles.ensure_roles()
    (task,) = GroupApprovalTask.objects.all()
    assert [group.name for group in task.groups.all()] == ["Reviewers"]
    editor = EditorFactory()
    assert editor.has_perms(
        ["wagtailadmin.access_admin", "knowledge.publish_resource", "knowledge.view_tombstone"]
    )


def test_another_workflow_chosen_by_an_administrator_stays():
    other = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowContentType.objects.update(workflow=other)
    roles.ensure_roles()
    assert set(WorkflowContentType.objects.values_list("workflow__name", flat=True)) == {
        "Two pairs of eyes"
    }


@pytest.mark.parametrize("group", [EditorFactory, ReviewerFactory])
def test_editors_administer_no_people(client, group):
    user = group()
    client.force_login(user)
    for name in ("wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:index"):
        assert client.get(reverse(name)).status_code in {302, 403, 404}
    assert not user.has_perm("accounts.change_user")
    assert not user.has_perm("auth.change_group")


def test_forms_are_not_sent_by_themselves(client, editor):
    """Autosave would make two items out of one when somebody submits quickly."""
    page = client.get(reverse("wagtailsnippets_knowledge_resource:add")).content.decode()
    assert 'id="w-autosave-indicator"' not in page
