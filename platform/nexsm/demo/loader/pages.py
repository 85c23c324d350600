"""The site itself: home pages, "about" pages, the list of conferences, and Wagtail's site record."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from conference.models import ConferenceIndexPage
from nexsm.base.models import ContentPage, HomePage
from nexsm.demo.content import ConferencesData, ContentData, HomeData, stream
from nexsm.demo.identity import demo_uuid
from nexsm.demo.loader.sync import is_somebodys_work, set_fields
from nexsm.demo.loader.tally import Outcome, Tally

KIND = "pages"
_PORTS = {"http": 80, "https": 443}
# The page that Wagtail's first migration makes.
_WELCOME = {"slug": "home", "depth": 2, "title": "Welcome to your new Wagtail site!"}


def locale(code: str) -> Locale:
    """The locale of an interface language; made where it is missing."""
    found: Locale = Locale.objects.get_or_create(language_code=code)[0]
    return found


def put_page(
    parent: Page, page: Page | None, new: Page, values: dict[str, Any], tally: Tally
) -> Page:
    """Create `new` below `parent`, or bring the `page` that is there to the wanted values."""
    if page is None:
        set_fields(new, values)
        new.live = False
        parent.add_child(instance=new)
        publish_page(new)
        tally.add(KIND, Outcome.CREATED, new)
        return new
    if is_somebodys_work(page):
        tally.add(KIND, Outcome.KEPT)
        return page
    if set_fields(page, values):
        publish_page(page)
        tally.add(KIND, Outcome.CHANGED, page)
    else:
        tally.add(KIND, Outcome.UNCHANGED)
    return page


def publish_page(page: Page) -> None:
    """Check, save a revision and publish it. Raises ValidationError."""
    page.full_clean()
    page.save_revision().publish()


def load_homes(data: tuple[HomeData, ...], tally: Tally) -> dict[str, HomePage]:
    """A home page for each interface language. One that is there already is taken."""
    root = Page.get_first_root_node()
    homes = {}
    for item in data:
        language = locale(item.language)
        found = HomePage.objects.child_of(root).filter(locale=language).first()
        new = HomePage(slug=item.slug, locale=language, translation_key=demo_uuid("page", item.key))
        values = {
            "title": item.title,
            "intro_title": item.intro_title,
            "intro_text": item.intro_text,
        }
        homes[item.language] = put_page(root, found, new, values, tally)
    return homes


def load_content(
    data: tuple[ContentData, ...], homes: dict[str, HomePage], tally: Tally
) -> list[ContentPage]:
    """The pages of running text."""
    pages = []
    for item in data:
        home = homes[item.language]
        key = demo_uuid("page", item.key)
        found = ContentPage.objects.filter(translation_key=key, locale=home.locale).first()
        new = ContentPage(slug=item.slug, locale=home.locale, translation_key=key)
        values = {
            "title": item.title,
            "introduction": item.introduction,
            "body": stream(item.body, f"{item.key}-{item.language}"),
            "show_in_footer": item.show_in_footer,
        }
        pages.append(put_page(home, found, new, values, tally))
    return pages


def load_index(
    data: ConferencesData, homes: dict[str, HomePage], tally: Tally
) -> ConferenceIndexPage:
    """The list of conferences. One that is there already is taken."""
    home = homes[data.language]
    found = ConferenceIndexPage.objects.child_of(home).first()
    new = ConferenceIndexPage(
        slug=data.slug, locale=home.locale, translation_key=demo_uuid("page", "conferences")
    )
    values = {"title": data.title, "introduction": data.introduction}
    page: ConferenceIndexPage = put_page(home, found, new, values, tally)
    return page


def load_site(home: HomePage, tally: Tally) -> Site:
    """Let Wagtail's first site show our home page; a site somebody has set up stays as it is."""
    site = Site.objects.filter(is_default_site=True).first()
    address = urlsplit(settings.BASE_URL)
    values = {
        "hostname": address.hostname or "localhost",
        "port": address.port or _PORTS.get(address.scheme, 80),
        "site_name": settings.SITE_NAME,
        "root_page_id": home.pk,
    }
    if site is None:
        site = Site.objects.create(is_default_site=True, **values)
        tally.add("site", Outcome.CREATED)
    elif _is_untouched(site):
        set_fields(site, values)
        site.save()
        tally.add("site", Outcome.CHANGED)
    else:
        tally.add("site", Outcome.UNCHANGED)
    _remove_welcome_page()
    return site


def _is_untouched(site: Site) -> bool:
    root = site.root_page
    return not site.site_name and all(
        getattr(root, name) == value for name, value in _WELCOME.items()
    )


def _remove_welcome_page() -> None:
    page = Page.objects.filter(**_WELCOME, numchild=0).first()
    if page is not None and page.specific_class is Page and not page.sites_rooted_here.exists():
        page.delete()
