"""Changing the profile as its own people: a version that is sent for review."""

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.enums import SocialPlatform, SubmissionState, Trust, Verification
from knowledge.forms.plain_text import from_plain, to_plain
from knowledge.forms.profile import ProfileForm, platform_of
from knowledge.models import SocialChannel, Standing, Submission
from knowledge.services.submissions import approve
from nexsm.base.models import Image, OutgoingMail
from tests.factories.accounts import ReviewerFactory
from tests.factories.base import HomePageFactory, picture_bytes
from tests.factories.knowledge import LanguageFactory, MembershipFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile_page(organisation):
    return reverse("knowledge:organisation_profile", args=[organisation.public_id])


@pytest.fixture
def values(organisation):
    """What a browser sends for the unchanged form."""

    def values(**changes):
        organisation.refresh_from_db()
        newest = organisation.get_latest_revision_as_object()
        form = ProfileForm(instance=newest, initial={"seen": organisation.latest_revision_id})
        found = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in found.items() if value not in (None, False, "")}
        return sent | {"tags": "", **changes}

    return values


@pytest.fixture
def send(client, owner, profile_page, values):
    client.force_login(owner)
    return lambda **changes: client.post(profile_page, values(**changes))


def sent_version():
    return Submission.objects.get().revision.as_object()


def test_the_profile_online_stays_until_the_new_one_is_approved(send, organisation, owner, events):
    response = send(name="Verein A neu", description="Erster Absatz.\r\n\r\n- eins\r\n- zwei")
    assert response.status_code == 302, response.context["form"].errors
    organisation.refresh_from_db()
    assert organisation.name == "Verein A"
    submission = Submission.objects.get()
    assert (submission.state, submission.submitted_by) == (SubmissionState.WAITING, owner)
    version = sent_version()
    assert version.name == "Verein A neu"
    assert version.description == "<p>Erster Absatz.</p><ul><li>eins</li><li>zwei</li></ul>"
    assert events() == ["submit"]


def test_every_field_reaches_the_version(send):
    topic, language = TopicFactory(code="law"), LanguageFactory(code="tr")
    send(
        short_name="VA",
        other_names="Alt\r\nÄlter",
        languages_spoken=[language.pk],
        topics=[topic.pk],
        tags="recht, beratung",
        street="Weg 1",
        postal_code="10115",
        city="Berlin",
        district="Mitte",
        location_precision="district",
        founded="1999",
        channels="https://www.instagram.com/va\r\nhttps://social.example/@va",
        contact_email="post@verein-a.example",
        contact_form_enabled="on",
        email_public="on",
    )
    version = sent_version()
    assert version.other_names == ["Alt", "Älter"]
    assert list(version.languages_spoken.all()) == [language]
    assert list(version.topics.all()) == [topic]
    assert {tag.name for tag in version.tags.all()} == {"recht", "beratung"}
    assert version.location_lines == ["Mitte"]
    assert version.founded == 1999
    channels = [(channel.platform, channel.url) for channel in version.channels.all()]
    assert channels == [
        ("instagram", "https://www.instagram.com/va"),
        ("mastodon", "https://social.example/@va"),
    ]
    assert version.public_email == "post@verein-a.example"
    assert version.email_consent_at is not None


def test_what_editors_decide_cannot_be_sent(send, organisation):
    send(
        verification="verified", live="", visibility="members", is_example="on", created_by="1",
        import_id="x", withdrawn_reason="x", logo="1",
    )  # fmt: skip
    version = sent_version()
    assert version.verification == Verification.SHADOW
    assert (version.visibility, version.is_example, version.import_id) == ("public", False, None)
    assert version.logo is None
    assert not Standing.objects.exists()


def test_unchanged_markup_stays(send, organisation):
    html = '<p>Mit <b>Fett</b> und <a href="https://a.example/?x=1&amp;y=2">Verweis</a>.</p>'
    type(organisation).objects.filter(pk=organisation.pk).update(description=html)
    send(short_name="VA")
    assert sent_version().description == html


def test_a_logo_is_checked_and_shown_after_approval(send, organisation, owner, tmp_path):
    picture = tmp_path / "logo.png"
    picture.write_bytes(picture_bytes())
    with picture.open("rb") as file:
        send(new_logo=file)
    image = Image.objects.get()
    assert image.uploaded_by_user == owner
    assert sent_version().logo == image
    picture.write_bytes(b"<script>alert(1)</script>")
    with picture.open("rb") as file:
        response = send(new_logo=file)
    assert "new_logo" in response.context["form"].errors
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u200d\u200d"),
        ("website", "javascript:alert(1)"),
        ("channels", "https://a.example\r\nno address"),
        ("channels", "https://a.example/" + "x" * 500),
        ("founded", "12345"),
        ("contact_email", "no"),
        ("description", "x" * 9_001),
        ("tags", ",".join(f"t{number}" for number in range(21))),
        ("tags", "Wir beraten, " + "und zwar " * 12),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(field, value, send):
    response = send(**{"short_name": "VA", field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert response.context["form"]["short_name"].value() == "VA"
    assert not Submission.objects.exists()


def test_trusted_people_publish_at_once(send, organisation):
    Standing.objects.create(organisation=organisation, trust=Trust.TRUSTED)
    assert send(name="Verein A neu").status_code == 302
    organisation.refresh_from_db()
    assert organisation.name == "Verein A neu"
    assert Submission.objects.get().published_unseen


def test_blocked_people_read_why_and_keep_their_text(send, organisation):
    Standing.objects.create(organisation=organisation, trust=Trust.BLOCKED, reason="Werbung.")
    response = send(name="Verein A neu")
    assert response.status_code == 200
    assert "Werbung." in response.text
    assert response.context["form"]["name"].value() == "Verein A neu"
    organisation.refresh_from_db()
    assert organisation.latest_revision is None


def test_the_second_of_two_sees_both_texts_and_chooses(
    send, values, organisation, client, profile_page
):
    mine = values(name="Von mir", city="Berlin")
    send(name="Von anderen", city="Bonn")
    response = client.post(profile_page, mine)
    assert response.status_code == 200
    assert [text for _label, text in response.context["others"]] == ["Von anderen", "Bonn"]
    assert response.context["form"]["name"].value() == "Von mir"
    organisation.refresh_from_db()
    assert organisation.get_latest_revision_as_object().name == "Von anderen"
    again = client.post(profile_page, mine | {"seen": response.context["form"]["seen"].value()})
    assert again.status_code == 302
    assert sent_version().name == "Von mir"


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_others_do_not_find_the_page(role, client, organisation, profile_page, values):
    other = organisation if role == "member" else MembershipFactory().organisation
    user = MembershipFactory(organisation=other, role="owner" if role == "stranger" else role).user
    client.force_login(user)
    assert client.get(profile_page).status_code == 404
    assert client.post(profile_page, values(name="Von mir")).status_code == 404
    assert not Submission.objects.exists()


def test_editors_of_the_organisation_change_it_too(client, organisation, profile_page):
    client.force_login(MembershipFactory(organisation=organisation, role="editor").user)
    assert client.get(profile_page).status_code == 200


def test_known_channels_keep_their_service(organisation):
    organisation.channels.add(SocialChannel(platform="podcast", url="https://pod.example/va"))
    form = ProfileForm(instance=organisation)
    data = {name: form[name].value() or "" for name in form.fields}
    bound = ProfileForm(data, instance=organisation)
    assert bound.is_valid(), bound.errors
    assert [channel.platform for channel in bound.version().channels.all()] == ["podcast"]


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://www.facebook.com/va", SocialPlatform.FACEBOOK),
        ("https://m.youtube.com/@va", SocialPlatform.YOUTUBE),
        ("https://social.example/@va", SocialPlatform.MASTODON),
        ("https://notfacebook.com/va", SocialPlatform.OTHER),
    ],
)
def test_the_service_is_known_by_its_address(address, platform):
    assert platform_of(address) == platform


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Eins\nzwei", "<p>Eins<br/>zwei</p>"),
        ("Eins\n\n\nZwei", "<p>Eins</p><p>Zwei</p>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("<b>&", "<p>&lt;b&gt;&amp;</p>"),
        (
            "Siehe https://a.example/x?y=1&z=2.",
            '<p>Siehe <a href="https://a.example/x?y=1&amp;z=2">https://a.example/x?y=1&amp;z=2</a>.</p>',
        ),
        ("verein.de", "<p>verein.de</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)
def test_plain_text_becomes_rich_text(text, html):
    assert from_plain(text) == html


@pytest.mark.parametrize(
    "text", ["Eins\n\nZwei", "- a\n- b", "Eins\nzwei", "a & b < c", "Siehe https://a.example/x"]
)
def test_plain_text_comes_back_as_it_was(text):
    assert to_plain(from_plain(text)) == text


def test_rich_text_of_editors_is_readable():
    html = '<p>Ein <b>Wort</b>.</p>\n<ol><li>a</li></ol><p><a href="https://b.example">hier</a></p>'
    assert to_plain(html) == "Ein Wort.\n\n1. a\n\nhier (https://b.example)"


@pytest.fixture
def reached(organisation):
    """Whom the contact form reaches now; None if there is no form."""
    HomePageFactory()
    message = {"name": "A", "email": "a@example.org", "subject": "S", "text": "T", "website": ""}

    def reached():
        organisation.refresh_from_db()
        page = reverse("knowledge:organisation_contact", args=[organisation.pk, organisation.slug])
        if Client().post(page, message).status_code == 404:
            return None
        return OutgoingMail.objects.get(key__startswith="contact:").to

    return reached


def test_a_new_address_gets_no_messages_before_editors_have_seen_it(
    send, organisation, reached, client
):
    assert send(contact_email="stranger@example.com").status_code == 302
    assert reached() is None
    submission, reviewer = Submission.objects.get(), ReviewerFactory()
    client.force_login(reviewer)
    assert (
        "stranger@example.com"
        in client.get(reverse("nexsm_review_item", args=[submission.pk])).text
    )
    approve(submission=submission, by=reviewer)
    assert reached() == "stranger@example.com"
