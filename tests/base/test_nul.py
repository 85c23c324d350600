"""NUL characters, which PostgreSQL keeps neither in texts nor in JSON."""

import pytest
from django.core.exceptions import BadRequest
from django.db import DataError
from django.test import RequestFactory
from django.urls import reverse

from nexsm.base.middleware import NulMiddleware
from tests.factories.accounts import UserFactory

REQUESTS = {
    "path": ("get", "/de/a%00b/", {}),
    "query": ("get", "/de/", {"q": "a\0b"}),
    "name": ("get", "/de/", {"a\0b": ""}),
    "form": ("post", "/de/", {"text": "a\0b"}),
    "JSON in a form": ("post", "/de/", {"body": '{"text": "a\\u0000b"}'}),
}


def after(request, failure):
    return NulMiddleware(lambda _request: None).process_exception(request, failure)


@pytest.mark.parametrize("failure", [ValueError("NUL"), DataError("NUL")], ids=repr)
@pytest.mark.parametrize("where", REQUESTS)
def test_a_failure_after_nul_is_the_request_s_fault(where, failure):
    method, path, data = REQUESTS[where]
    with pytest.raises(BadRequest):
        after(getattr(RequestFactory(), method)(path, data), failure)


@pytest.mark.parametrize("failure", [ValueError("other"), DataError("other")], ids=repr)
def test_other_failures_stay_failures(failure):
    assert after(RequestFactory().post("/de/", {"text": "ab"}), failure) is None
    assert after(RequestFactory().post("/de/", {"text": "a\0b"}), KeyError("other")) is None


@pytest.mark.django_db
def test_the_answer_is_a_page_with_400(client, monkeypatch):
    def begin(**_values):
        raise DataError("unsupported Unicode escape sequence")

    monkeypatch.setattr("knowledge.services.drafts.writing.begin", begin)
    client.force_login(UserFactory())
    client.raise_request_exception = False
    values = {"key": "\0", "link": ""}
    response = client.post(reverse("knowledge:draft_start"), values)
    assert response.status_code == 400
    assert client.post(reverse("knowledge:draft_start"), {**values, "key": ""}).status_code == 500
