"""The history of an organisation and its people: one row for each event, never for a person's address.

A row keeps numbers of people, not names: what is shown follows the account, also when it is erased.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry

from knowledge.enums import MembershipRole, Trust
from knowledge.models import Organisation
from nexsm.accounts.models import User
from nexsm.accounts.privacy import person_name

# Event: what it is called in lists, and the sentence of the history.
EVENTS: dict[str, tuple[Promise, Promise]] = {
    "knowledge.organisation.founded": (
        gettext_lazy("Found an organisation"),
        gettext_lazy("Profile made. %(person)s is responsible for it."),
    ),
    "knowledge.organisation.released": (
        gettext_lazy("Leave a profile without people"),
        gettext_lazy("The only person deleted the account. Nobody looks after the profile now."),
    ),
    "knowledge.invitation.sent": (
        gettext_lazy("Invite"),
        gettext_lazy("Somebody was invited. Role: %(role)s."),
    ),
    "knowledge.invitation.accepted": (
        gettext_lazy("Accept an invitation"),
        gettext_lazy("%(person)s accepted an invitation. Role: %(role)s."),
    ),
    "knowledge.invitation.revoked": (
        gettext_lazy("Take back an invitation"),
        gettext_lazy("An invitation was taken back."),
    ),
    "knowledge.request.made": (
        gettext_lazy("Ask to join"),
        gettext_lazy("%(person)s asked to join."),
    ),
    "knowledge.request.accepted": (
        gettext_lazy("Accept a request to join"),
        gettext_lazy("The request of %(person)s was accepted. Role: %(role)s."),
    ),
    "knowledge.request.refused": (
        gettext_lazy("Refuse a request to join"),
        gettext_lazy("The request of %(person)s was not accepted."),
    ),
    "knowledge.request.withdrawn": (
        gettext_lazy("Take back a request to join"),
        gettext_lazy("%(person)s took the request to join back."),
    ),
    "knowledge.request.closed": (
        gettext_lazy("Close a request to join"),
        gettext_lazy("The request of %(person)s was closed: nobody was left to decide."),
    ),
    "knowledge.membership.role": (
        gettext_lazy("Change a role"),
        gettext_lazy("%(person)s has a new role: %(role)s."),
    ),
    "knowledge.membership.removed": (
        gettext_lazy("Remove a person"),
        gettext_lazy("%(person)s was removed."),
    ),
    "knowledge.membership.left": (
        gettext_lazy("Leave an organisation"),
        gettext_lazy("%(person)s left."),
    ),
    "knowledge.claim.made": (
        gettext_lazy("Claim a profile"),
        gettext_lazy("%(person)s says: this is our organisation."),
    ),
    "knowledge.claim.confirmed": (
        gettext_lazy("Take over a profile by its mail domain"),
        gettext_lazy(
            "%(person)s took over the profile. The address has the domain of the website."
        ),
    ),
    "knowledge.claim.vote": (
        gettext_lazy("First decision about a contested claim"),
        gettext_lazy("First decision about the claim of %(person)s. A second person must decide."),
    ),
    "knowledge.claim.accepted": (
        gettext_lazy("Accept a claim"),
        gettext_lazy("The claim of %(person)s was accepted."),
    ),
    "knowledge.claim.refused": (
        gettext_lazy("Refuse a claim"),
        gettext_lazy("The claim of %(person)s was not accepted."),
    ),
    "knowledge.claim.withdrawn": (
        gettext_lazy("Take back a claim"),
        gettext_lazy("%(person)s took the claim back."),
    ),
    "knowledge.trust": (
        gettext_lazy("Change the trust"),
        gettext_lazy("Trust changed: %(trust)s."),
    ),
    "knowledge.appeal.made": (
        gettext_lazy("Appeal"),
        gettext_lazy("%(person)s appealed against the block."),
    ),
    "knowledge.appeal.accepted": (
        gettext_lazy("Accept an appeal"),
        gettext_lazy("The appeal was accepted. The organisation is not blocked any more."),
    ),
    "knowledge.appeal.refused": (
        gettext_lazy("Refuse an appeal"),
        gettext_lazy("The appeal was not accepted. The organisation stays blocked."),
    ),
}


def record(
    organisation: Organisation,
    event: str,
    *,
    by: User | None,
    person: User | None = None,
    role: str = "",
    trust: str = "",
    reason: str = "",
) -> ModelLogEntry:
    """Write one row. ``person`` is whom the event is about, ``reason`` what was said to it."""
    data = {"person": person.pk if person else None, "role": role, "trust": trust, "reason": reason}
    given = {name: value for name, value in data.items() if value}
    return log(instance=organisation, action=f"knowledge.{event}", user=by, data=given)


@dataclass(frozen=True)
class Line:
    """One line of a history as people read it."""

    text: str
    comment: str
    who: str
    when: datetime


class EventFormatter(LogFormatter):
    """Makes a sentence of a row."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """The sentence, with today's name of the person."""
        return self.sentence(log_entry, _names([log_entry], person_name))

    def sentence(self, log_entry: ModelLogEntry, names: dict[int, str]) -> str:
        """The same with names looked up before."""
        data = log_entry.data
        return str(self.message) % {
            "person": names.get(data.get("person", 0), _("a former member")),
            "role": _label(MembershipRole, data.get("role")),
            "trust": _label(Trust, data.get("trust")),
        }

    def format_comment(self, log_entry: ModelLogEntry) -> str:
        """The reason that was given."""
        return str(log_entry.data.get("reason", ""))


def register(actions: Any) -> None:
    """Tell Wagtail the events (its hook ``register_log_actions``)."""
    for event, (label, message) in EVENTS.items():
        formatter = type("Formatter", (EventFormatter,), {"label": label, "message": message})
        actions.register_action(event)(formatter)


def name_for_members(person: User | None) -> str:
    """How somebody is named to members: by name or by what she is, never by an address."""
    if person is None:
        return person_name(None)
    if person.name:
        return person.name
    is_editor = person.has_perm("wagtailadmin.access_admin")
    return _("Somebody of the editors") if is_editor else _("A member")


def lines_for_members(entries: Iterable[ModelLogEntry]) -> list[Line]:
    """The same as people of the organisation may read it.

    Nobody is named by an address, and what editors wrote to somebody who claims the profile stays
    between them: the other side of a contested claim reads here, too.
    """
    return [
        replace(line, comment="") if entry.action.startswith("knowledge.claim.") else line
        for entry, line in _told(list(entries), name_for_members)
    ]


def lines(entries: Iterable[ModelLogEntry]) -> list[Line]:
    """A history as sentences, for editors."""
    return [line for _entry, line in _told(list(entries), person_name)]


def _told(
    rows: Sequence[ModelLogEntry], named: Callable[[User | None], str]
) -> list[tuple[ModelLogEntry, Line]]:
    """Each row with its sentence; ``named`` says how people are named to whoever reads it."""
    names = _names(rows, named)
    return [
        (
            entry,
            Line(
                text=(
                    entry.formatter.sentence(entry, names)
                    if isinstance(entry.formatter, EventFormatter)
                    else str(entry.message)
                ),
                comment=str(entry.comment or ""),
                who=named(entry.user) if entry.user_id else "",
                when=entry.timestamp,
            ),
        )
        for entry in rows
    ]


def _names(entries: Iterable[ModelLogEntry], named: Callable[[User | None], str]) -> dict[int, str]:
    people = {entry.data.get("person") for entry in entries} - {None}
    return {person.pk: named(person) for person in User.objects.filter(pk__in=people)}


def _label(choices: Any, value: str | None) -> str:
    return str(choices(value).label) if value in choices.values else ""
