"""Home, content and legal pages, the language switch and withdrawn pages."""

import datetime as dt

import pytest
from django.core.checks import run_checks
from django.test import override_settings
from wagtail.models import Locale, Page, Site

from nexsm.base.models import ContentPage, HomePage, LegalDetails, PageTombstone
from nexsm.base.models.legal import is_placeholder

pytestmark = pytest.mark.django_db


@pytest.fixture
def german_home(db):
    Page.objects.filter(depth__gt=1).delete()
    Page.objects.get(depth=1).refresh_from_db()
    root = Page.objects.get(depth=1)
    locale, _created = Locale.objects.get_or_create(language_code="de")
    home = root.add_child(
        instance=HomePage(title="NexSM", slug="de", intro_title="Willkommen", locale=locale)
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


@pytest.fixture
def english_home(german_home):
    locale, _created = Locale.objects.get_or_create(language_code="en")
    root = Page.objects.get(depth=1)
    return root.add_child(
        instance=HomePage(
            title="NexSM",
            slug="en",
            intro_title="Welcome",
            locale=locale,
            translation_key=german_home.translation_key,
        )
    )


def add_page(parent, **fields):
    return parent.add_child(instance=ContentPage(locale=parent.locale, **fields))


@pytest.mark.parametrize(
    ("header", "target"),
    [("de-AT,de;q=0.9", "/de/"), ("en-GB", "/en/"), ("tr,uk;q=0.5", "/de/"), ("", "/de/")],
)
def test_root_leads_to_the_readers_language_without_a_cookie(client, header, target):
    response = client.get("/", headers={"accept-language": header})

    assert response.status_code == 302
    assert response.url == target
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


@override_settings(CSRF_COOKIE_NAME="__Host-csrf", SESSION_COOKIE_NAME="__Host-session")
def test_the_privacy_page_names_the_cookies_as_this_site_calls_them(client, german_home):
    page = client.get("/de/datenschutz/").content.decode()

    assert "„__Host-csrf“" in page
    assert "„__Host-session“" in page


def test_a_page_without_translation_is_shown_in_german_with_the_english_interface(
    client, german_home, english_home
):
    add_page(german_home, title="Über uns", slug="ueber-uns", introduction="Wir sind viele.")

    german = client.get("/de/ueber-uns/").content.decode()
    english = client.get("/en/ueber-uns/").content.decode()

    assert '<html lang="de"' in german
    assert '<html lang="en"' in english
    assert "Wir sind viele." in english
    assert 'lang="de"' in english.split("<main")[1]


def test_a_translated_page_is_shown_in_its_own_language(client, german_home, english_home):
    german = add_page(german_home, title="Über uns", slug="ueber-uns")
    add_page(
        english_home,
        title="About us",
        slug="about",
        introduction="We are many.",
        translation_key=german.translation_key,
    )

    page = client.get("/de/ueber-uns/").content.decode()

    assert 'href="/en/about/"' in page  # the switch leads to the translation, whatever its address
    assert "We are many." in client.get("/en/about/").content.decode()


def test_the_language_switch_keeps_path_and_query(client, german_home):
    page = client.get("/de/impressum/?a=1&b=%C3%A4").content.decode()

    assert 'href="/en/impressum/?a=1&amp;b=%C3%A4"' in page


@pytest.mark.parametrize("path", ["impressum", "datenschutz", "barrierefreiheit"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_legal_pages_answer_even_before_anything_is_filled_in(client, german_home, path, language):
    response = client.get(f"/{language}/{path}/")

    assert response.status_code == 200
    assert not response.cookies


def test_legal_pages_show_what_is_filled_in(client, german_home):
    site = Site.objects.get()
    LegalDetails.objects.create(
        site=site, operator_name="Verein Beispiel", responsible_person="A. <b>Muster</b>"
    )

    page = client.get("/de/impressum/").content.decode()

    assert "Verein Beispiel" in page
    assert "A. &lt;b&gt;Muster&lt;/b&gt;" in page


@pytest.mark.parametrize("value", ["", None, "  ", "[Name]", " [Name des Vereins] "])
def test_brackets_and_blanks_are_placeholders(value):
    assert is_placeholder(value)


def test_a_real_value_is_no_placeholder():
    assert not is_placeholder("La Red")
    assert not is_placeholder(dt.date(2026, 1, 1))


def legal_errors():
    found = run_checks(include_deployment_checks=True, databases=["default"])
    return [message for message in found if message.id == "nexsm.E001"]


def test_the_check_fails_in_production_while_placeholders_stand(german_home):
    assert len(legal_errors()) == 1  # nothing filled in at all

    details = LegalDetails.objects.create(site=Site.objects.get(), operator_name="[Name]")
    assert "operator_name" in legal_errors()[0].msg

    for name in LegalDetails.REQUIRED:
        setattr(details, name, "10115" if name == "postal_code" else "filled@example.org")
    details.accessibility_status = "partial"
    details.accessibility_statement_date = dt.date(2026, 1, 1)
    details.save()
    assert legal_errors() == []


@override_settings(DEBUG=True)
def test_the_check_is_silent_in_development(german_home):
    assert legal_errors() == []


def test_a_withdrawn_page_answers_410_with_its_title_and_404_never_was(client, german_home):
    page = add_page(german_home, title="Alter Aufruf", slug="aufruf")
    page.save_revision().publish()
    assert client.get("/de/aufruf/").status_code == 200

    page.refresh_from_db()
    page.unpublish()

    gone = client.get("/de/aufruf/")
    assert gone.status_code == 410
    assert "Alter Aufruf" in gone.content.decode()
    assert client.get("/de/nie-da-gewesen/").status_code == 404

    page.get_latest_revision().publish()
    assert client.get("/de/aufruf/").status_code == 200
    assert not PageTombstone.objects.exists()


def test_a_deleted_page_answers_410(client, german_home):
    page = add_page(german_home, title="Alter Aufruf", slug="aufruf")
    page.save_revision().publish()
    Page.objects.get(pk=page.pk).delete()

    assert client.get("/de/aufruf/").status_code == 410


def test_the_title_of_a_private_page_is_never_told(client, german_home):
    page = add_page(german_home, title="Interne Sitzung", slug="intern")
    page.save_revision().publish()
    page.view_restrictions.create(restriction_type="login")
    page.refresh_from_db()
    page.unpublish()

    response = client.get("/de/intern/")
    assert response.status_code == 404
    assert "Interne Sitzung" not in response.content.decode()


def test_the_title_of_a_page_below_a_draft_is_never_told(client, german_home):
    parent = add_page(german_home, title="Planung", slug="planung", live=False)
    page = add_page(parent, title="Überraschung", slug="ueberraschung")
    page.save_revision().publish()
    page.refresh_from_db()
    page.unpublish()

    assert client.get("/de/planung/ueberraschung/").status_code == 404


def test_the_style_page_is_for_those_who_build(client, german_home, django_user_model):
    assert client.get("/de/stil/").status_code == 404

    client.force_login(django_user_model.objects.create_superuser("root@example.org", "x"))
    assert client.get("/de/stil/").status_code == 200


def test_health_and_robots(client, german_home):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["database"] == "ok"
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in robots
    assert "/sitemap.xml" in robots


def test_sitemap_lists_public_pages_only(client, german_home):
    add_page(german_home, title="Offen", slug="offen").save_revision().publish()
    secret = add_page(german_home, title="Geheim", slug="geheim")
    secret.save_revision().publish()
    secret.view_restrictions.create(restriction_type="login")
    add_page(german_home, title="Entwurf", slug="entwurf", live=False)

    index = client.get("/sitemap.xml")
    pages = client.get("/sitemap-seiten.xml").content.decode()

    assert index.status_code == 200
    assert "/de/offen/" in pages
    assert "geheim" not in pages
    assert "entwurf" not in pages


@pytest.mark.parametrize("path", ["/de/", "/de/impressum/", "/de/material/", "/de/nichts/"])
def test_visitors_get_no_cookie_and_a_strict_policy(client, german_home, path):
    response = client.get(path)

    assert not response.cookies
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
