"""All URLs of the project. What visitors read carries a language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from conference.views import embedding
from nexsm.accounts import views as account_views
from nexsm.base.views import files, pages, site
from nexsm.config.sitemaps import SITEMAPS
from search.api import api

handler400 = "nexsm.base.views.errors.bad_request"
handler404 = "nexsm.base.views.errors.not_found"
handler429 = "nexsm.base.views.errors.too_many"  # django-allauth asks for it by this name
handler500 = "nexsm.base.views.errors.server_error"

urlpatterns = [
    path("", pages.root, name="root"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
    path("robots.txt", site.robots, name="robots"),
    path(
        "sitemap.xml",
        cache_control(max_age=3600)(sitemap_views.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        cache_control(max_age=3600)(sitemap_views.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
    path("api/v1/", api.urls),
    path("oembed", embedding.oembed, name="oembed"),
    path("admin/login/", account_views.admin_login, name="admin_login_redirect"),
    path("django-admin/login/", account_views.admin_login, name="django_admin_login_redirect"),
    path("admin/account/", account_views.admin_account, name="admin_account"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("dateien/<uuid:public_id>/<path:filename>", files.serve_document, name="file"),
    re_path(r"^media/(?P<path>.*)$", files.rendition, name="rendition"),
]

urlpatterns += i18n_patterns(
    path("konto/", include("nexsm.accounts.urls")),
    path("konto/", include("allauth.urls")),
    path("", include("knowledge.urls")),
    path("", include("conference.urls")),
    path("", include("search.urls")),
    path("", include("nexsm.base.urls")),
    path("", include("nexsm.config.page_urls")),
    prefix_default_language=True,
)
