"""Claims, trust and appeals in the admin."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from knowledge.enums import RequestState, Trust
from knowledge.models import BlockAppeal, Claim
from knowledge.queries.membership import role_of, trust_of
from knowledge.services.organisations import claims, trust
from tests.factories.accounts import EditorFactory, ReviewerFactory, UserFactory
from tests.factories.knowledge import ClaimFactory, MembershipFactory

pytestmark = pytest.mark.django_db
QUEUE = "nexsm_people"


@pytest.fixture
def editor(client):
    user = EditorFactory()
    client.force_login(user)
    return user


@pytest.fixture
def claim(organisation, somebody):
    return claims.claim(organisation=organisation, by=somebody, message="Ich bin die Vorsitzende.")


def claim_page(claim):
    return reverse("nexsm_claim", args=[claim.pk])


def trust_page(organisation):
    return reverse("nexsm_trust", args=[organisation.pk])


def test_what_waits_stands_on_the_first_page_and_in_the_list(client, editor, claim):
    assert reverse(QUEUE) in client.get(reverse("wagtailadmin_home")).text
    text = client.get(reverse(QUEUE)).text
    assert claim_page(claim) in text
    claims.decide(claim=claim, accepts=False, reason="Nein.", by=ReviewerFactory())
    assert claim_page(claim) not in client.get(reverse(QUEUE)).text
    assert claim_page(claim) in client.get(reverse(QUEUE), {"all": "1"}).text


def test_the_list_asks_as_often_for_many_as_for_few(
    client, editor, claim, django_assert_max_num_queries
):
    client.get(reverse(QUEUE))
    for _ in range(15):
        ClaimFactory()
    with django_assert_max_num_queries(25):
        client.get(reverse(QUEUE))


def test_an_editor_sees_what_speaks_for_and_against(client, editor, organisation):
    person = UserFactory(email="info@ver\u0435in-a.example")
    claim = claims.claim(organisation=organisation, by=person, message="<b>Vorstand</b>")
    text = client.get(claim_page(claim)).text
    assert "xn--" in text
    with override("en"):  # the admin's language for this editor
        assert str(claim.get_evidence_display()) in text
    assert "&lt;b&gt;Vorstand" in text


def test_an_editor_decides_with_a_reason(client, editor, claim, organisation, somebody):
    response = client.post(claim_page(claim), {"decision": "yes", "reason": ""})
    assert response.status_code == 200
    assert role_of(somebody, organisation) is None
    response = client.post(claim_page(claim), {"decision": "yes", "reason": "Impressum."})
    assert response.headers["Location"] == reverse(QUEUE)
    assert role_of(somebody, organisation) == "owner"


def test_a_contested_claim_says_that_a_second_person_is_needed(
    client, editor, organisation, owner, somebody
):
    claim = claims.claim(organisation=organisation, by=somebody, message="Wir")
    values = {"decision": "yes", "reason": "Impressum."}
    client.post(claim_page(claim), values)
    response = client.post(claim_page(claim), values)
    assert response.status_code == 200
    assert 'role="alert"' in response.text
    assert "Impressum." in response.text
    assert role_of(somebody, organisation) is None


def test_nobody_decides_about_herself(client, editor, organisation):
    claim = claims.claim(organisation=organisation, by=editor, message="Wir")
    response = client.post(claim_page(claim), {"decision": "yes", "reason": "Ich weiß es."})
    assert 'role="alert"' in response.text
    assert Claim.objects.get().state == RequestState.OPEN


def test_trust_is_set_with_a_reason(client, editor, organisation, owner):
    page = trust_page(organisation)
    assert owner.email in client.get(page).text
    assert client.post(page, {"decision": "blocked", "reason": " "}).status_code == 200
    assert trust_of(organisation) == Trust.NEW
    assert client.post(page, {"decision": "blocked", "reason": "Werbung."}).status_code == 302
    assert trust_of(organisation) == Trust.BLOCKED
    text = client.get(page).text
    assert "Werbung." in text
    assert str(editor) in text


def test_the_form_of_an_organisation_leads_to_its_trust(client, editor, organisation):
    edit = reverse("wagtailsnippets_knowledge_organisation:edit", args=[organisation.pk])
    assert trust_page(organisation) in client.get(edit).text
    listing = client.get(reverse("wagtailsnippets_knowledge_organisation:list")).text
    assert trust_page(organisation) in listing
    history = reverse("wagtailsnippets_knowledge_organisation:history", args=[organisation.pk])
    trust.set_trust(organisation=organisation, trust=Trust.TRUSTED, reason="Bekannt.", by=editor)
    assert "Bekannt." in client.get(history).text


def test_who_blocked_does_not_decide_about_the_appeal(client, editor, organisation, owner):
    trust.set_trust(organisation=organisation, trust=Trust.BLOCKED, reason="Werbung.", by=editor)
    appeal = trust.appeal(organisation=organisation, text="Es war keine.", by=owner)
    page = reverse("nexsm_block_appeal", args=[appeal.pk])
    assert page in client.get(reverse(QUEUE)).text
    values = {"decision": "yes", "reason": "Stimmt."}
    neutral = ReviewerFactory()  # without anybody else she would have to
    assert "<textarea" not in client.get(page).text
    assert client.post(page, values).headers["Location"] == page
    assert trust_of(organisation) == Trust.BLOCKED
    client.force_login(neutral)
    assert "Es war keine." in client.get(page).text
    assert client.post(page, values).status_code == 302
    assert trust_of(organisation) == Trust.NEW
    assert BlockAppeal.objects.get().state == RequestState.ACCEPTED


@pytest.mark.parametrize("role", ["owner", "stranger"])
def test_members_have_no_way_in(role, client, organisation, claim):
    user = MembershipFactory(organisation=organisation, role="owner").user
    client.force_login(user if role == "owner" else UserFactory())
    for page in (reverse(QUEUE), claim_page(claim), trust_page(organisation)):
        assert client.get(page).status_code == 403
        assert client.post(page, {"decision": "trusted", "reason": "Ja."}).status_code == 403
    assert trust_of(organisation) == Trust.NEW
