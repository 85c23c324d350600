"""Pages and media."""

from io import BytesIO

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image as Picture
from wagtail.models import Locale, Page, Site

from nexsm.base.models import ContentPage, Document, HomePage, Image

SMALL_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)


def picture_bytes(width=8, height=8, colour="teal", kind="PNG"):
    """The bytes of a small valid picture."""
    buffer = BytesIO()
    Picture.new("RGB", (width, height), colour).save(buffer, kind)
    return buffer.getvalue()


class UploadFactory(DjangoModelFactory):
    """Base of uploaded things. The stored file is closed, for an open one is a warning."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        upload = super()._create(model_class, *args, **kwargs)
        upload.file.close()
        return upload


class ImageFactory(UploadFactory):
    """A small teal picture."""

    class Meta:
        model = Image

    title = factory.Sequence(lambda number: f"Picture {number}")
    file = factory.LazyFunction(lambda: ContentFile(picture_bytes(), "picture.png"))


class DocumentFactory(UploadFactory):
    """A PDF file of one empty page."""

    class Meta:
        model = Document

    title = factory.Sequence(lambda number: f"File {number}")
    file = factory.LazyFunction(lambda: ContentFile(SMALL_PDF, "file.pdf"))


class PageFactory(DjangoModelFactory):
    """Base of factories for pages: ``parent`` is the page above."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda number: f"Page {number}")
    slug = factory.Sequence(lambda number: f"page-{number}")
    live = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        parent = kwargs.pop("parent", None) or default_home()
        kwargs.setdefault("locale", parent.locale)
        return parent.add_child(instance=model_class(*args, **kwargs))


class HomePageFactory(PageFactory):
    """A home page below the root of the tree. ``is_root_of_site`` makes it the site's first page."""

    class Meta:
        model = HomePage

    title = "NexSM"
    intro_title = "Wissen von und für Migrant*innenorganisationen"
    slug = factory.LazyAttribute(lambda page: f"home-{page.locale.language_code}")
    locale = factory.LazyFunction(lambda: language_locale("de"))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        is_root_of_site = kwargs.pop("is_root_of_site", True)
        kwargs["parent"] = kwargs.get("parent") or root()
        home = super()._create(model_class, *args, **kwargs)
        if is_root_of_site:
            Site.objects.update_or_create(
                is_default_site=True,
                defaults={"root_page": home, "hostname": "localhost", "site_name": "NexSM"},
            )
        return home


class ContentPageFactory(PageFactory):
    """A page of text below the home page."""

    class Meta:
        model = ContentPage


def language_locale(code):
    """Wagtail's locale for a UI language."""
    return Locale.objects.get_or_create(language_code=code)[0]


def root():
    """The root of all pages; a test with real transactions leaves a database without one."""
    found = Page.get_first_root_node()
    return found or Page.add_root(title="Root", slug="root", locale=language_locale("de"))


def default_home():
    """The German home page, made when there is none."""
    return HomePage.objects.filter(locale=language_locale("de")).first() or HomePageFactory()
