"""What conferences hold of people who have an account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from conference.models import Person
from nexsm.accounts.models import User
from nexsm.accounts.privacy import AtErasure, register, register_step


def register_all() -> None:
    """Say what happens to it. New models with a link to a user or an address are added here."""
    register_step(withdraw_consent)
    register(
        "conference.Person",
        "user",
        AtErasure.UNLINK,
        _("You as a person in conference programmes"),
        reason=_(
            "Programmes keep who spoke. Your page with text, photo and links is not shown any more. "
            "To take your name out, please write to us."
        ),
    )
    register(
        "conference.DocumentationOffer",
        "user",
        AtErasure.DELETE,
        _("What you have offered for the documentation of your sessions"),
        fields=["kind", "title", "url", "description", "state", "reason", "created_at"],
    )
    register("conference.DocumentationOffer", "decided_by", AtErasure.UNLINK, "")
    register(
        "conference.Contact",
        "email",
        AtErasure.KEEP,
        _("Conferences that name you as their contact"),
        reason=_("The conference is still asked. To be taken out, please write to us."),
        fields=["name_as_shown", "email"],
    )


def withdraw_consent(user: User) -> None:
    """Take the person's page away; the printed name stays in programmes.

    Without the account she could not take her consent back by herself any more.
    """
    for person in Person.objects.filter(user=user, has_consented=True):
        person.has_consented = False
        person.save()
