"""Of many topics and languages, forms show the likely ones first and fold the others."""

import re

import pytest
from django.urls import reverse

from knowledge.enums import MembershipRole
from knowledge.models import Language, Organisation, ResourceDraft, Topic
from knowledge.queries.likely import languages_spoken_most, near_topics
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import (
    LanguageFactory,
    MembershipFactory,
    OrganisationFactory,
    ResourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

BOX = re.compile(
    r'<input type="checkbox" name="(?:topics|languages_spoken)" value="([^"]+)"[^>]*?>'
)


@pytest.fixture(autouse=True)
def only_our_terms():
    """None of those that come with the project."""
    Topic.objects.update(is_active=False)
    Language.objects.update(is_active=False)


@pytest.fixture
def topics():
    """Twelve of them: a, b, c …"""
    return {
        code: TopicFactory(code=code, labels={"de": f"Thema {code}"}, position=number)
        for number, code in enumerate("abcdefghijkl")
    }


@pytest.fixture
def member(client):
    user = UserFactory()
    client.force_login(user)
    return user


def codes(found):
    return "".join(topic.code for topic in found)


def shown_and_folded(page, field="topics"):
    """Values of the boxes in sight, those of the folded ones, and the ticked ones."""
    fieldset = re.search(rf'<fieldset[^>]*id="id_{field}".*?</fieldset>', page, re.DOTALL)[0]
    shown, _mark, folded = fieldset.partition("<details")
    ticked = [box[1] for box in BOX.finditer(fieldset) if "checked" in box[0]]
    return BOX.findall(shown), BOX.findall(folded), ticked


def topics_page(client, draft, **sent):
    address = reverse("knowledge:draft_step", args=[draft.public_id, "themen"])
    return (client.post(address, sent) if sent else client.get(address)).content.decode()


def test_without_any_hint_those_of_most_resources_come_first(topics):
    ResourceFactory.create_batch(2, topics=[topics["l"]])
    ResourceFactory(topics=[topics["k"]])
    ResourceFactory(topics=[topics["j"]], live=False)
    assert codes(near_topics()) == "lkabcd"


def test_what_the_text_names_comes_before_those_of_the_organisation(topics):
    topics["f"].labels = {"de": "Wohnen & Miete", "tr": "konut"}
    topics["f"].save()
    topics["g"].synonyms = ["KI"]
    topics["g"].save()
    organisation = OrganisationFactory(topics=[topics["h"]])
    ResourceFactory(topics=[topics["l"]])
    found = near_topics(text="Mietrecht für Kinder", organisations=[organisation.pk])
    assert codes(found) == "hlabcd"
    assert codes(near_topics(text="Rechte rund um die Miete, KI und mehr")) == "fglabc"
    assert codes(near_topics(text="KONUT"))[0] == "f"


def test_topics_out_of_use_are_not_suggested(topics):
    topics["a"].is_active = False
    topics["a"].save()
    organisation = OrganisationFactory(topics=[topics["a"]])
    assert "a" not in codes(near_topics(text="Thema a", organisations=[organisation.pk]))


def test_languages_of_most_organisations_come_first():
    spoken, _silent = LanguageFactory(code="xb"), LanguageFactory(code="xa")
    OrganisationFactory(languages_spoken=[spoken])
    assert languages_spoken_most()[0] == spoken


def test_the_page_of_a_draft_folds_the_others_and_keeps_what_was_ticked(client, member, topics):
    draft = ResourceDraft.objects.create(owner=member, values={"title": "Ein Titel"})
    assert shown_and_folded(topics_page(client, draft)) == (list("abcdef"), list("ghijkl"), [])
    draft.values = {"title": "Ein Titel", "topics": ["l"]}
    draft.save()
    assert shown_and_folded(topics_page(client, draft)) == (list("abcdefl"), list("ghijk"), ["l"])
    # Too long a keyword is an error: the page comes back.
    page = topics_page(client, draft, topics=["k", "a"], tags="x" * 60)
    assert "error-summary" in page
    assert shown_and_folded(page) == (list("abcdefk"), list("ghijl"), ["a", "k"])


def test_topics_of_the_organisation_it_is_added_for_are_in_sight(client, member, topics):
    other = OrganisationFactory(topics=[topics["k"]])
    chosen = OrganisationFactory(topics=[topics["l"]])
    for organisation in (other, chosen):
        MembershipFactory(organisation=organisation, user=member, role=MembershipRole.OWNER)
    foreign = OrganisationFactory(topics=[topics["j"]])
    draft = ResourceDraft.objects.create(owner=member)
    assert shown_and_folded(topics_page(client, draft))[0] == list("abcdkl")
    for behalf, shown in ((chosen, "abcdel"), (foreign, "abcdkl")):
        draft.values = {"on_behalf": str(behalf.public_id)}
        draft.save()
        assert shown_and_folded(topics_page(client, draft))[0] == list(shown)


def test_few_are_not_folded(client, member):
    for number in range(9):
        TopicFactory(code=f"t{number}", position=number)
    draft = ResourceDraft.objects.create(owner=member)
    shown, folded, _ticked = shown_and_folded(topics_page(client, draft))
    assert (len(shown), folded) == (9, [])


def test_the_profile_folds_topics_and_languages_and_keeps_one_out_of_use(client, member, topics):
    topics["l"].is_active = False
    topics["l"].save()
    languages = [LanguageFactory(code=f"x{number}", position=number) for number in range(12)]
    organisation = OrganisationFactory(topics=[topics["l"]], languages_spoken=[languages[11]])
    MembershipFactory(organisation=organisation, user=member, role=MembershipRole.OWNER)
    address = reverse("knowledge:organisation_profile", args=[organisation.public_id])
    page = client.get(address).content.decode()
    shown, folded, ticked = shown_and_folded(page)
    assert (len(shown), len(folded)) == (7, 5)
    assert ticked == [str(topics["l"].pk)]
    shown, folded, ticked = shown_and_folded(page, "languages_spoken")
    assert ticked == [str(languages[11].pk)]
    assert set(ticked) < set(shown)
    assert folded

    sent = {
        "name": organisation.name,
        "kind": organisation.kind,
        "language": organisation.language_id,
        "location_precision": organisation.location_precision,
        "topics": [topics["l"].pk, topics["k"].pk],
        "languages_spoken": [languages[11].pk, languages[10].pk],
        "website": "x y",
    }
    page = client.post(address, sent).content.decode()
    assert "error-summary" in page
    assert set(shown_and_folded(page)[2]) == {str(topics["k"].pk), str(topics["l"].pk)}
    assert set(shown_and_folded(page, "languages_spoken")[2]) == {
        str(languages[10].pk),
        str(languages[11].pk),
    }
    client.post(address, {**sent, "website": ""})
    version = Organisation.objects.get().get_latest_revision_as_object()
    assert {topic.code for topic in version.topics.all()} == {"k", "l"}
