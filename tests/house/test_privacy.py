"""Every column that leads to a person is registered for the export and for erasure."""

from django.apps import apps
from django.db import models

from nexsm.accounts.models import User
from nexsm.accounts.privacy import AtErasure, holdings
from nexsm.accounts.privacy.registry import Holding

# The account itself: the export names it, erasure deletes it. The second one goes by its user.
ITSELF = {"accounts.User.email", "account.EmailAddress.email"}


def leads_to_a_person(field):
    if field.is_relation:
        return field.related_model is User
    return isinstance(field, models.EmailField)


def columns_of_people(all_models):
    """``app.Model.field`` for each, of all apps; a many-to-many counts by its table in between."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in all_models
        if not model._meta.proxy
        for field in model._meta.local_fields
        if leads_to_a_person(field)
    } - ITSELF


def is_sound(holding: Holding) -> bool:
    """Whether the database can do with the column what is registered."""
    field = holding.model._meta.get_field(holding.field_name)
    if holding.at_erasure is AtErasure.UNLINK:
        return field.null or not field.is_relation
    if holding.at_erasure is AtErasure.FORMER:
        return field.is_relation and not field.unique
    if holding.at_erasure is AtErasure.KEEP and field.is_relation:
        return field.remote_field.on_delete is models.DO_NOTHING
    return True


def test_every_column_that_leads_to_a_person_is_registered():
    found = columns_of_people(apps.get_models(include_auto_created=True))
    missing = found - {holding.key for holding in holdings()}
    assert sorted(missing) == [], "nexsm.accounts.privacy.register() these in AppConfig.ready"


def test_nothing_is_registered_that_is_not_there():
    found = columns_of_people(apps.get_models(include_auto_created=True))
    for holding in holdings():
        assert holding.key in found or holding.model._meta.get_field(holding.field_name)


def test_what_is_registered_can_be_done():
    assert [holding.key for holding in holdings() if not is_sound(holding)] == []


def test_named_columns_exist():
    for holding in holdings():
        for name in (*(holding.fields or ()), *holding.secret):
            holding.model._meta.get_field(name)


def test_a_new_link_to_a_person_is_noticed():
    class Diary(models.Model):  # noqa: DJ008 - never shown
        owner = models.ForeignKey(User, models.CASCADE)
        readers = models.ManyToManyField(User, related_name="+")
        address = models.EmailField()

        class Meta:
            app_label = "house"

    through = Diary.readers.through
    assert columns_of_people([Diary, through]) == {
        "house.Diary.owner",
        "house.Diary.address",
        "house.Diary_readers.user",
    }
    del apps.all_models["house"]
    apps.clear_cache()
