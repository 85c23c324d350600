"""A member in front of the pages on which resources are added."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from knowledge.models import ResourceDraft
from knowledge.services.drafts import filling
from knowledge.services.metadata.reading import NoAnswerError
from tests.factories.accounts import UserFactory
from tests.knowledge.metadata import samples

CONTENT = {
    "title": "Vereine gründen",
    "summary": "Schritt für Schritt zum eigenen Verein.",
    "type": "guide",
    "language": "de",
}


class Browser:
    """A member's browser: opens pages about drafts and sends their forms as they came."""

    def __init__(self, user=None):
        self.user = user or UserFactory()
        self.client = Client()
        self.client.force_login(self.user)

    def begin(self, **data):
        """Send the first page. Returns the draft."""
        key = data.pop("key", str(uuid4()))
        answer = self.client.post(reverse("knowledge:draft_start"), {"key": key, **data})
        assert answer.status_code == 302, answer.content.decode()
        return ResourceDraft.objects.get(public_id=key)

    def address(self, draft, step):
        return reverse("knowledge:draft_step", args=[draft.public_id, step])

    def hidden(self, draft, step):
        """The hidden fields of an open page."""
        page = self.client.get(self.address(draft, step)).content.decode()
        return dict(re.findall(r'type="hidden" name="(seen|page)" value="([^"]*)"', page))

    def send_step(self, draft, step, data, *, hidden=None, **extra):
        hidden = self.hidden(draft, step) if hidden is None else hidden
        return self.client.post(self.address(draft, step), {**hidden, **data}, **extra)

    def fill(self, draft, **content):
        """Confirm all pages."""
        self.send_step(draft, "inhalt", {**CONTENT, **content})
        self.send_step(draft, "urheber", {})
        self.send_step(draft, "themen", {})
        draft.refresh_from_db()
        return draft

    def check(self, draft):
        return self.client.get(reverse("knowledge:draft_check", args=[draft.public_id]))

    def send(self, draft, **data):
        address = reverse("knowledge:draft_check", args=[draft.public_id])
        return self.client.post(address, {"may_be_published": "on", **data})


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Limits are counted in the cache, which tests share."""
    cache.clear()


@pytest.fixture
def browser(db):
    return Browser()


@pytest.fixture
def web(monkeypatch):
    """What stands at addresses: a dictionary of facts; everything else does not answer."""
    pages = {}

    def read_link(link):
        if link not in pages:
            raise NoAnswerError
        return pages[link]

    monkeypatch.setattr(filling, "read_link", read_link)
    return pages


@pytest.fixture
def pdf_file():
    def make(name="leitfaden.pdf", **properties):
        return SimpleUploadedFile(name, samples.pdf(**properties), "application/pdf")

    return make
