"""Mails on their way."""

import factory
from factory.django import DjangoModelFactory

from nexsm.base.models import OutgoingMail


class OutgoingMailFactory(DjangoModelFactory):
    """A mail that is due."""

    class Meta:
        model = OutgoingMail

    key = factory.Sequence(lambda number: f"event:{number}")
    to = factory.Sequence(lambda number: f"person{number}@example.org")
    language = "de"
    subject = factory.Sequence(lambda number: f"Betreff {number}")
    text = "Text\n"
