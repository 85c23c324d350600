"""The profile in further languages: added, changed and removed by its own people, reviewed as the first."""

import pytest
from django.urls import reverse

from knowledge.enums import SubmissionState, Trust
from knowledge.models import Organisation, OrganisationText, Standing, Submission
from knowledge.services import submissions
from tests.factories.accounts import ReviewerFactory
from tests.factories.knowledge import LanguageFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def turkish():
    return LanguageFactory(code="tr")


@pytest.fixture
def page(organisation, turkish):
    return reverse("knowledge:organisation_text", args=[organisation.public_id, turkish.code])


@pytest.fixture
def send(client, owner, page):
    """Opens the page and sends it with these values."""
    client.force_login(owner)

    def send(**values):
        seen = client.get(page).context["form"]["seen"].value()
        return client.post(page, {"seen": seen or "", "name": "", **values})

    return send


def sent_texts():
    version = Submission.objects.get().revision.as_object()
    return [(text.language.code, text.name, text.description) for text in version.texts.all()]


def profile_of(organisation):
    return reverse("knowledge:organisation_profile", args=[organisation.public_id])


def test_a_version_in_another_language_waits_for_review(client, send, organisation, owner):
    assert send(name="A Derneği", description="Merhaba.\r\n\r\n- bir").url == profile_of(
        organisation
    )

    assert sent_texts() == [("tr", "A Derneği", "<p>Merhaba.</p><ul><li>bir</li></ul>")]
    submission = Submission.objects.get()
    assert (submission.state, submission.submitted_by) == (SubmissionState.WAITING, owner)
    assert not OrganisationText.objects.exists()
    submissions.approve(submission=submission, by=ReviewerFactory())
    public = client.get(Organisation.objects.get(pk=organisation.pk).get_absolute_url())
    assert "A Derneği" in public.content.decode()


def test_that_of_a_trusted_organisation_is_online_at_once(send, organisation):
    Standing.objects.create(organisation=organisation, trust=Trust.TRUSTED)
    send(description="Merhaba.")
    assert OrganisationText.objects.get().description == "<p>Merhaba.</p>"


def test_one_language_changes_and_the_others_stay(client, send, organisation, turkish):
    markup = "<p>Bir <b>kalın</b> söz.</p>"
    for language, text in ((LanguageFactory(code="ar"), "<p>مرحبا</p>"), (turkish, markup)):
        organisation.texts.add(OrganisationText(language=language, description=text))
    organisation.save()

    send(name="Yeni", description="Bir kalın söz.")

    assert sent_texts() == [("ar", "", "<p>مرحبا</p>"), ("tr", "Yeni", markup)]
    listed = client.get(profile_of(organisation)).content.decode()
    assert "/profil/sprachen/ar/" in listed
    assert '<option value="tr">' not in listed


def test_a_language_can_be_taken_away(send, organisation, turkish):
    organisation.texts.add(OrganisationText(language=turkish, description="<p>Merhaba.</p>"))
    organisation.save()
    send(description="Merhaba.", remove="on")
    assert sent_texts() == []


def test_what_is_wrong_comes_back_with_what_was_typed(send):
    answer = send(name="A Derneği", description="x" * 9001)
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert "A Derneği" in answer.content.decode()
    assert not Submission.objects.exists()


def test_the_second_of_two_people_sees_what_the_first_saved(client, send, page, organisation):
    organisation.save_revision()
    send(description="Birinci")
    late = client.post(page, {"seen": "1", "name": "", "description": "İkinci"})

    html = late.content.decode()
    assert "Birinci" in html
    assert "İkinci" in html
    assert sent_texts() == [("tr", "", "<p>Birinci</p>")]
    seen = late.context["form"]["seen"].value()
    client.post(page, {"seen": seen, "name": "", "description": "İkinci"})
    assert sent_texts() == [("tr", "", "<p>İkinci</p>")]


def test_a_blocked_organisation_sends_none(send, organisation):
    Standing.objects.create(organisation=organisation, trust=Trust.BLOCKED, reason="Werbung")
    answer = send(description="Merhaba.")
    assert "Werbung" in answer.content.decode()
    assert not Submission.objects.exists()


def test_choosing_leads_to_the_language(client, owner, organisation, turkish, page):
    client.force_login(owner)
    choose = reverse("knowledge:organisation_languages", args=[organisation.public_id])
    assert client.get(choose, {"sprache": "tr"}).url == page
    for wrong in ("", "xx", "a\0"):
        assert client.get(choose, {"sprache": wrong}).url == profile_of(organisation)
    own = client.get(page.replace("/tr/", f"/{organisation.language.code}/"))
    assert own.url == profile_of(organisation)


def test_a_language_out_of_use_is_not_offered_and_keeps_its_text(
    client, send, page, organisation, turkish
):
    type(turkish).objects.filter(pk=turkish.pk).update(is_active=False)
    client.force_login(MembershipFactory(organisation=organisation, role="editor").user)
    assert client.get(page).status_code == 404
    organisation.texts.add(OrganisationText(language=turkish, description="<p>Merhaba.</p>"))
    organisation.save()
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_others_find_no_such_page(client, page, organisation, role):
    elsewhere = {"organisation": organisation} if role == "member" else {"role": "owner"}
    client.force_login(MembershipFactory(**elsewhere).user)
    assert client.get(page).status_code == 404
    assert client.post(page, {"description": "x"}).status_code == 404
    assert not Submission.objects.exists()
