"""Mails about organisations: to the right people, once, each in the language of the receiver."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge.models import Organisation
from nexsm.accounts.models import User
from nexsm.base import mail
from nexsm.base.mail import texts


def tell(
    people: Iterable[User],
    template: str,
    *,
    organisation: Organisation,
    event: str,
    **context: Any,
) -> None:
    """Queue one mail for each person. ``event`` names what happened: it never mails twice.

    The kind of mails to members is none anybody can refuse: they tell of rights she has or loses.
    """
    for person in people:
        mail.queue(
            to=person.email,
            template=template,
            context={
                "name": texts.name(organisation.name),
                "organisation": organisation,
                **context,
            },
            language=person.language,
            key=f"{event}:{person.pk}",
            kind="organisation",
            user=person,
        )
