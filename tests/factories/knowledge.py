"""Resources, organisations and their vocabularies.

Relations take lists: ``ResourceFactory(topics=[topic], tags=["law"], contributors=[Contributor(…)])``.
"""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from knowledge.models import (
    Audience,
    Claim,
    Invitation,
    JoinRequest,
    Language,
    Licence,
    Membership,
    Organisation,
    Region,
    Resource,
    ResourceType,
    Topic,
)
from tests.factories.accounts import UserFactory

RELATIONS = ("topics", "languages", "languages_spoken", "regions", "audiences", "tags")


class TermFactory(DjangoModelFactory):
    """Base of vocabulary rows. A row that exists is taken: ``LanguageFactory(code="ar")``."""

    class Meta:
        abstract = True
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"term-{number}")
    labels = factory.LazyAttribute(lambda term: {"de": f"{term.code} (de)", "en": term.code})


class ResourceTypeFactory(TermFactory):
    class Meta:
        model = ResourceType


class TopicFactory(TermFactory):
    class Meta:
        model = Topic


class RegionFactory(TermFactory):
    class Meta:
        model = Region


class LanguageFactory(TermFactory):
    class Meta:
        model = Language


class LicenceFactory(TermFactory):
    class Meta:
        model = Licence


class AudienceFactory(TermFactory):
    class Meta:
        model = Audience


class CuratedFactory(DjangoModelFactory):
    """Base of resources and organisations: published and public; ``live=False`` makes a draft."""

    class Meta:
        abstract = True

    live = True
    first_published_at = factory.Maybe("live", factory.LazyFunction(timezone.now), None)
    last_published_at = factory.SelfAttribute("first_published_at")
    has_unpublished_changes = factory.LazyAttribute(lambda item: not item.live)
    language = factory.SubFactory(LanguageFactory, code="de")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        relations = {name: kwargs.pop(name) for name in RELATIONS if name in kwargs}
        item = model_class(*args, **kwargs)
        for name, values in relations.items():
            manager = getattr(item, name)
            if name == "tags":
                manager.add(*values)
            else:
                manager.set(values)
        item.save()
        return item


class OrganisationFactory(CuratedFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Organisation {number}")
    description = "<p>Eine Organisation.</p>"


class ResourceFactory(CuratedFactory):
    class Meta:
        model = Resource

    title = factory.Sequence(lambda number: f"Resource {number}")
    summary = "Eine Zusammenfassung."
    type = factory.SubFactory(ResourceTypeFactory, code="guide")


class MembershipFactory(DjangoModelFactory):
    """``role``: owner, editor or member (the default)."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)


class InvitationFactory(DjangoModelFactory):
    """An open invitation by an owner of the organisation; nobody knows its secret."""

    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda number: f"invited{number}@example.com")
    token_hash = factory.Sequence(lambda number: f"{number:064x}")
    invited_by = factory.LazyAttribute(
        lambda invitation: (
            MembershipFactory(organisation=invitation.organisation, role="owner").user
        )
    )


class JoinRequestFactory(DjangoModelFactory):
    class Meta:
        model = JoinRequest

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = Claim

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    evidence = "other"
    message = "Ich leite die Gruppe."
