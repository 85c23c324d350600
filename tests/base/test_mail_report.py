"""The report about mails in the admin."""

import pytest
from django.urls import reverse

from nexsm.base.models import MailState, OutgoingMail
from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory
from tests.factories.mail import OutgoingMailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def given_up():
    return OutgoingMailFactory(
        subject="Unzustellbar",
        text="Geheimes",
        state=MailState.PARKED,
        last_error="550 no such user",
    )


@pytest.mark.parametrize("factory", [EditorFactory, SuperuserFactory])
def test_editors_see_what_was_given_up_and_why_but_no_texts(client, factory, given_up):
    client.force_login(factory())
    page = client.get(reverse("nexsm_mails")).content.decode()
    assert "Unzustellbar" in page
    assert "550 no such user" in page
    assert "Geheimes" not in page


def test_editors_let_it_be_tried_again(client, given_up):
    client.force_login(EditorFactory())
    assert reverse("nexsm_mails_retry") in client.get(reverse("nexsm_mails")).content.decode()
    client.post(reverse("nexsm_mails_retry"))
    assert OutgoingMail.objects.get().state == MailState.WAITING


def test_the_first_page_of_the_admin_counts_what_was_given_up(client, given_up):
    client.force_login(EditorFactory())
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f"{reverse('nexsm_mails')}?state=parked" in page


def test_the_report_asks_no_more_for_more_mails(client, django_assert_max_num_queries):
    client.force_login(EditorFactory())
    counts = []
    for number in (1, 3):
        OutgoingMailFactory.create_batch(number)
        with django_assert_max_num_queries(60) as asked:
            client.get(reverse("nexsm_mails"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_members_and_reading_without_a_click_change_nothing(client, given_up):
    client.force_login(UserFactory())
    assert client.get(reverse("nexsm_mails")).status_code == 403
    assert client.post(reverse("nexsm_mails_retry")).status_code == 403
    client.force_login(EditorFactory())
    assert client.get(reverse("nexsm_mails_retry")).status_code == 405
    assert OutgoingMail.objects.get().state == MailState.PARKED
