"""The last patterns: pages from Wagtail's tree.

Wagtail's own list is not included, because its second login page would be a way around the rate
limit and the second factor of the one login.
"""

from django.urls import path, re_path
from wagtail import views as wagtail_views
from wagtail.urls import serve_pattern

from nexsm.accounts import views as account_views
from nexsm.base.views import pages

FILE_PATTERN = r"^((?:[\w\-]+/)+[\w\-]+\.(?:ics|xml|json|atom|pdf))$"

urlpatterns = [
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        wagtail_views.authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("_util/login/", account_views.admin_login, name="wagtailcore_login"),
    re_path(serve_pattern, pages.serve, name="wagtail_serve"),
    # A route of a page that is a file, such as programm.ics: Wagtail's pattern wants a slash.
    re_path(FILE_PATTERN, pages.serve_file, name="page_file"),
]
