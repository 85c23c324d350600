"""Models of the knowledge base."""

from .curated import CuratedItem, Tag, Tombstone
from .imported import ImportedRow
from .organisation import Organisation, OrganisationText, SocialChannel, TaggedOrganisation
from .resource import Resource, TaggedResource
from .resource_parts import Contributor, Publisher, ResourceFile
from .vocabulary import (
    Audience,
    Language,
    Licence,
    Region,
    ResourceType,
    Term,
    Topic,
    vocabulary_models,
)

__all__ = [
    "Audience",
    "Contributor",
    "CuratedItem",
    "ImportedRow",
    "Language",
    "Licence",
    "Organisation",
    "OrganisationText",
    "Publisher",
    "Region",
    "Resource",
    "ResourceFile",
    "ResourceType",
    "SocialChannel",
    "Tag",
    "TaggedOrganisation",
    "TaggedResource",
    "Term",
    "Tombstone",
    "Topic",
    "vocabulary_models",
]
