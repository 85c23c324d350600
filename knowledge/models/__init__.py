"""Models of the knowledge base."""

from .appeals import BlockAppeal
from .claims import Claim, ClaimVote
from .curated import CuratedItem, Tag, Tombstone
from .draft import DraftFile, ResourceDraft
from .freshness import Freshness, FreshnessDigest, FreshnessQuestion, UpkeepRun
from .import_runs import ImportRun
from .imported import ImportedRow
from .joining import Invitation, InvitedAddress, JoinRequest
from .links import CheckedLink, LinkHost, LinkScan, LinkState, LinkUse
from .membership import Membership, Standing
from .organisation import Organisation, OrganisationText, SocialChannel, TaggedOrganisation
from .reports import ContentReport, ReportAppeal
from .resource import Resource, TaggedResource
from .resource_parts import Contributor, Publisher, ResourceFile
from .submission import OPEN_STATES, Submission, SubmissionAppeal, SubmissionMessage
from .suggestions import EditSuggestion, SuggestionState
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
    "OPEN_STATES",
    "Audience",
    "BlockAppeal",
    "CheckedLink",
    "Claim",
    "ClaimVote",
    "ContentReport",
    "Contributor",
    "CuratedItem",
    "DraftFile",
    "EditSuggestion",
    "Freshness",
    "FreshnessDigest",
    "FreshnessQuestion",
    "ImportRun",
    "ImportedRow",
    "Invitation",
    "InvitedAddress",
    "JoinRequest",
    "Language",
    "Licence",
    "LinkHost",
    "LinkScan",
    "LinkState",
    "LinkUse",
    "Membership",
    "Organisation",
    "OrganisationText",
    "Publisher",
    "Region",
    "ReportAppeal",
    "Resource",
    "ResourceDraft",
    "ResourceFile",
    "ResourceType",
    "SocialChannel",
    "Standing",
    "Submission",
    "SubmissionAppeal",
    "SubmissionMessage",
    "SuggestionState",
    "Tag",
    "TaggedOrganisation",
    "TaggedResource",
    "Term",
    "Tombstone",
    "Topic",
    "UpkeepRun",
    "vocabulary_models",
]
