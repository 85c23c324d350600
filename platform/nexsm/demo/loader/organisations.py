"""Organisations: La Red and Minor from the facts, the others invented."""

from __future__ import annotations

from typing import Any

from knowledge.enums import LocationPrecision, OrganisationKind, Verification
from knowledge.models import Language, Organisation, OrganisationText, Region, SocialChannel, Topic
from knowledge.services.publication import publish
from nexsm.demo.content import NamedOrganisation, OrganisationData, paragraphs
from nexsm.demo.identity import IMPORT_SOURCE, demo_uuid
from nexsm.demo.loader.sync import is_somebodys_work, set_fields, set_relation, set_rows
from nexsm.demo.loader.tally import Outcome, Tally
from nexsm.demo.loader.vocabularies import Vocabularies


def find(import_id: str) -> Organisation | None:
    """The organisation with this key, if it was loaded before."""
    return Organisation.objects.filter(import_source=IMPORT_SOURCE, import_id=import_id).first()


def load_named(data: NamedOrganisation, words: Vocabularies, tally: Tally) -> Organisation:
    """Load an organisation of the facts, with nothing the facts do not say."""
    organisation = find(data.id) or _new(data.id)
    values = {
        "name": data.name,
        "other_names": data.other_names,
        "kind": OrganisationKind.ORGANISATION,
        "description": paragraphs(data.description),
        "language_id": words.one(Language, data.text_language).pk,
        "verification": Verification.SHADOW,
        "is_example": False,
    }
    return _finish(
        organisation,
        values=values,
        relations={},
        rows={},
        tally=tally,
        kind="organisations from the facts",
    )


def load_example(data: OrganisationData, words: Vocabularies, tally: Tally) -> Organisation:
    """Load an invented organisation, marked as an example."""
    organisation = find(data.id) or _new(data.id)
    values = {
        "name": data.name,
        "short_name": data.short_name,
        "other_names": data.other_names,
        "kind": OrganisationKind(data.kind),
        "description": paragraphs(data.description),
        "language_id": words.one(Language, data.text_language).pk,
        "region_id": words.one(Region, data.region or data.country).pk,
        "city": data.city,
        "postal_code": data.postal_code,
        "district": data.district,
        "location_precision": LocationPrecision.DISTRICT
        if data.show_district_only
        else LocationPrecision.PLACE,
        "founded": data.founded,
        "website": data.website,
        "verification": Verification(data.verification),
        "is_example": True,
    }
    relations = {
        "languages_spoken": words.many(Language, data.languages),
        "topics": words.many(Topic, data.topics),
    }
    rows = {
        "channels": (SocialChannel, [dict(channel) for channel in data.social]),
        "texts": (OrganisationText, [_text(row, words) for row in data.texts]),
    }
    return _finish(
        organisation,
        values=values,
        relations=relations,
        rows=rows,
        tally=tally,
        kind="example organisations",
    )


def _new(import_id: str) -> Organisation:
    return Organisation(
        import_source=IMPORT_SOURCE,
        import_id=import_id,
        public_id=demo_uuid("organisation", import_id),
        live=False,
    )


def _text(row: dict[str, str], words: Vocabularies) -> dict[str, Any]:
    return {
        "language_id": words.one(Language, row["language"]).pk,
        "name": row["name"],
        "description": paragraphs(row["description"]),
    }


def _finish(
    organisation: Organisation,
    *,
    values: dict[str, Any],
    relations: dict[str, Any],
    rows: dict[str, Any],
    tally: Tally,
    kind: str,
) -> Organisation:
    is_new = organisation.pk is None
    if not is_new and is_somebodys_work(organisation):
        tally.add(kind, Outcome.KEPT)
        return organisation
    changed = set_fields(organisation, values)
    for name, wanted in relations.items():
        changed |= set_relation(organisation, name, wanted)
    for name, (model, wanted) in rows.items():
        changed |= set_rows(organisation, name, model, wanted)
    if not is_new and not changed:
        tally.add(kind, Outcome.UNCHANGED)
        return organisation
    organisation.full_clean()
    organisation.save()
    publish(item=organisation)
    tally.add(kind, Outcome.CREATED if is_new else Outcome.CHANGED, organisation)
    return organisation
