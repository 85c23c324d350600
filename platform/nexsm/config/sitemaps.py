"""What search engines may list: public resources, organisations, topics, people and pages."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from conference.models import Person, SessionPage
from conference.queries import people_visible_to, sessions_visible_to
from knowledge.models import Organisation, Resource, Topic
from knowledge.queries import organisations_visible_to, resources_visible_to


class ResourceSitemap(Sitemap[Resource]):
    """Public resources in every interface language."""

    i18n = True
    alternates = True
    limit = 5000

    def items(self) -> QuerySet[Resource]:
        """Public resources, oldest first, so that pages of the sitemap stay as they are."""
        return resources_visible_to(AnonymousUser()).order_by("pk")

    def lastmod(self, item: Resource) -> datetime | None:
        """When the text was last published."""
        return item.last_published_at


class OrganisationSitemap(Sitemap[Organisation]):
    """Public organisation profiles."""

    i18n = True
    alternates = True
    limit = 5000

    def items(self) -> QuerySet[Organisation]:
        """Public profiles, oldest first."""
        return organisations_visible_to(AnonymousUser()).order_by("pk")

    def lastmod(self, item: Organisation) -> datetime | None:
        """When the profile was last published."""
        return item.last_published_at


class TopicSitemap(Sitemap[Topic]):
    """Topic pages."""

    i18n = True
    alternates = True

    def items(self) -> QuerySet[Topic]:
        """Topics in use."""
        return Topic.objects.filter(is_active=True)

    def location(self, item: Topic) -> str:
        """The topic's page."""
        return reverse("knowledge:topic", args=[item.code])


class PersonSitemap(Sitemap[Person]):
    """People who agreed to a page."""

    i18n = True
    alternates = True

    def items(self) -> QuerySet[Person]:
        """Those a visitor can open."""
        return people_visible_to(AnonymousUser()).order_by("pk")


class PageSitemap(Sitemap[Page]):
    """Pages of the tree, except the roots."""

    def items(self) -> QuerySet[Page]:
        """Live pages nobody needs to sign in for; sessions only of conferences that are live, too."""
        sessions = SessionPage.objects.exclude(pk__in=sessions_visible_to(None).values("pk"))
        pages = Page.objects.live().public().filter(depth__gt=1)
        return pages.exclude(pk__in=sessions.values("pk")).order_by("path")

    def location(self, item: Page) -> str:
        """The page's own address, in its own language."""
        return item.get_url() or "/"

    def lastmod(self, item: Page) -> datetime | None:
        """When the page was last published."""
        return item.last_published_at


SITEMAPS: dict[str, type[Sitemap]] = {
    "material": ResourceSitemap,
    "organisationen": OrganisationSitemap,
    "themen": TopicSitemap,
    "personen": PersonSitemap,
    "seiten": PageSitemap,
}
