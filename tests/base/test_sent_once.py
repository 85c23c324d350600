"""The same page sent twice does its work once."""

import re
import threading

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import reverse

from knowledge.models import Invitation, Organisation
from nexsm.base import sent_once as sending
from nexsm.base.models import OutgoingMail
from nexsm.base.sent_once import sent_once
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import LanguageFactory, MembershipFactory, RegionFactory


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def request_with(**data):
    request = RequestFactory().post("/de/form/", data)
    request.user, request.session = AnonymousUser(), {}
    request._messages = FallbackStorage(request)
    return request


def texts_of(request):
    return [str(one) for one in messages.get_messages(request)]


def counting(answer, done):
    @sent_once
    def view(request):
        done.append(request.POST.get("text"))
        messages.success(request, f"Danke {len(done)}")
        return answer(len(done))

    return view


def test_the_second_sending_is_answered_as_the_first_was():
    done = []
    view = counting(lambda number: HttpResponseRedirect(f"/ticket/{number}/"), done)
    sent = {"csrfmiddlewaretoken": "page-1", "text": "Hallo"}
    first, second = request_with(**sent), request_with(**sent)

    assert view(first).url == "/ticket/1/"
    assert view(second).url == "/ticket/1/"
    assert done == ["Hallo"]
    assert texts_of(second) == ["Danke 1"]


@pytest.mark.parametrize(
    "other",
    [
        {"csrfmiddlewaretoken": "page-2", "text": "Hallo"},  # the page was opened anew
        {"csrfmiddlewaretoken": "page-1", "text": "Hallo!"},
        {"text": "Hallo"},
    ],
)
def test_another_page_or_other_words_are_another_sending(other):
    done = []
    view = counting(lambda number: HttpResponseRedirect(f"/ticket/{number}/"), done)
    view(request_with(csrfmiddlewaretoken="page-1", text="Hallo"))

    assert view(request_with(**other)).url == "/ticket/2/"


def test_what_was_not_accepted_is_looked_at_again():
    done = []
    view = counting(
        lambda number: HttpResponse() if number == 1 else HttpResponseRedirect("/x/"), done
    )
    sent = {"csrfmiddlewaretoken": "page-1"}

    assert view(request_with(**sent)).status_code == 200
    assert view(request_with(**sent)).status_code == 302


def test_what_failed_is_tried_again():
    done = []

    def answer(number):
        if number == 1:
            raise RuntimeError("the database is away")
        return HttpResponseRedirect("/x/")

    view = counting(answer, done)
    with pytest.raises(RuntimeError):
        view(request_with(csrfmiddlewaretoken="page-1"))
    assert view(request_with(csrfmiddlewaretoken="page-1")).status_code == 302


def test_a_double_press_waits_for_the_first():
    begun, may_end, done = threading.Event(), threading.Event(), []

    @sent_once
    def view(_request):
        done.append(1)
        begun.set()
        assert may_end.wait(timeout=60)
        return HttpResponseRedirect("/x/")

    urls = []
    sent = {"csrfmiddlewaretoken": "page-1"}
    pressed = [
        threading.Thread(target=lambda: urls.append(view(request_with(**sent)).url))
        for _press in range(2)
    ]
    pressed[0].start()
    assert begun.wait(timeout=60)
    pressed[1].start()
    pressed[1].join(timeout=0.5)
    assert pressed[1].is_alive()
    may_end.set()
    for press in pressed:
        press.join(timeout=60)
    assert (urls, len(done)) == (["/x/", "/x/"], 1)


def test_where_nothing_can_be_noted_the_work_is_done(monkeypatch):
    monkeypatch.setattr(sending, "LONGEST_WORK_SECONDS", 0.3)
    monkeypatch.setattr(cache, "add", lambda *_args: False)  # as on a full disk
    done = []
    view = counting(lambda _number: HttpResponseRedirect("/x/"), done)

    assert view(request_with(csrfmiddlewaretoken="page-1", text="Hallo")).status_code == 302
    assert done == ["Hallo"]


class Page:
    """An open page of a browser: its form can be sent more than once."""

    def __init__(self, address, user=None):
        self.client = Client(enforce_csrf_checks=True)
        if user:
            self.client.force_login(user)
        self.address = address
        shown = self.client.get(address).content.decode()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)[1]

    def send(self, **data):
        answer = self.client.post(self.address, {"csrfmiddlewaretoken": self.token, **data})
        assert answer.status_code == 302, answer.content.decode()
        return answer.url


@pytest.mark.django_db
def test_an_organisation_is_founded_once():
    page = Page(reverse("knowledge:organisation_founding"), UserFactory())
    answers = {
        "name": "Verein Zwiefach",
        "kind": "organisation",
        "region": RegionFactory(code="DE-BE").pk,
        "language": LanguageFactory(code="de").pk,
        "sentence": "Wir helfen beim Ankommen.",
    }

    assert page.send(**answers) == page.send(**answers)
    assert Organisation.objects.filter(name="Verein Zwiefach").count() == 1


@pytest.mark.django_db
def test_an_invitation_is_sent_once_and_stays_open():
    owner = MembershipFactory(role="owner")
    address = reverse("knowledge:organisation_people", args=[owner.organisation.public_id])
    page = Page(address, owner.user)

    for _press in range(2):
        page.send(email="neu@example.org", role="editor")

    assert Invitation.objects.get().revoked_at is None
    assert OutgoingMail.objects.filter(to="neu@example.org").count() == 1
