"""A new profile, made by the people of the organisation themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from knowledge.enums import MembershipRole, OrganisationKind, Verification
from knowledge.models import Language, Organisation, Region
from knowledge.services.submissions import submit
from nexsm.accounts.models import User

from . import audit
from .errors import LimitReachedError
from .memberships import admit

PER_PERSON_AND_DAY = 3


@dataclass(frozen=True)
class Beginning:
    """What is asked of somebody who founds a profile."""

    name: str
    kind: OrganisationKind
    region: Region
    language: Language
    sentence: str


@transaction.atomic
def found(*, beginning: Beginning, by: User) -> Organisation:
    """Make a profile and send it for review; whoever makes it is responsible for it.

    Raises LimitReachedError after too many profiles, ValidationError for values a profile cannot have.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # so that the limit holds
    yesterday = timezone.now() - timedelta(days=1)
    made_today = Organisation.objects.filter(created_by=by, created_at__gt=yesterday)
    if made_today.count() >= PER_PERSON_AND_DAY:
        raise LimitReachedError(_("These are many profiles for one day. Please go on tomorrow."))
    organisation = Organisation(
        name=beginning.name,
        kind=beginning.kind,
        region=beginning.region,
        language=beginning.language,
        description=format_html("<p>{}</p>", beginning.sentence) if beginning.sentence else "",
        verification=Verification.UNVERIFIED,
        created_by=by,
        live=False,
        has_unpublished_changes=True,
    )
    organisation.full_clean()
    organisation.save()
    admit(organisation=organisation, user=by, role=MembershipRole.OWNER)
    audit.record(organisation, "organisation.founded", by=by, person=by)
    organisation.save_revision(user=by)
    submit(item=organisation, by=by)
    return organisation
