"""The window in which editors choose an organisation or a resource."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

ONE = _("Choose %(object)s")
ANOTHER = _("Choose another %(object)s")
EDIT = _("Edit this %(object)s")


class CuratedChooser(AdminSnippetChooser):
    """Speaks the editor's language.

    Wagtail writes these words once, when the form is made, in the language of that moment.
    """

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        name = self.model._meta.verbose_name  # noqa: SLF001 - Django's name
        words = lazy(lambda text: str(text) % {"object": name}, str)
        self.choose_one_text = words(ONE)
        self.choose_another_text = words(ANOTHER)
        self.link_to_chosen_text = words(EDIT)


class CuratedChooserViewSet(SnippetChooserViewSet):
    """The window with this widget."""

    base_widget_class = CuratedChooser
    page_title = _("Choose")
