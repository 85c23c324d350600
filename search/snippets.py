"""The editors' side of the search: groups of synonyms, and what visitors missed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from knowledge.admin.panels import field
from search.models import MissingReport, SynonymGroup
from search.query.rings import MAX_WORDS_SOUGHT, expression

MOST_WORDS = 30
LONGEST_WORD = 100
PER_PAGE = 100


class SynonymGroupForm(WagtailAdminModelForm):
    """Takes only what the search can use."""

    def clean_words(self) -> list[str]:
        """Refuse what is too much, too long, no word, or the same twice. Raises ValidationError."""
        words: list[str] = self.cleaned_data["words"]
        if len(words) > MOST_WORDS:
            raise ValidationError(
                _now("Please enter at most %(most)s lines.") % {"most": MOST_WORDS}
            )
        seen: dict[tuple[str, ...], str] = {}
        for word in words:
            key = self._key(word)
            if key in seen:
                raise ValidationError(
                    _now("The search takes “%(first)s” and “%(second)s” for the same already.")
                    % {"first": seen[key], "second": word}
                )
            seen[key] = word
        if len(seen) < 2:  # noqa: PLR2004 - a pair
            raise ValidationError(_now("Please enter at least two different words, one a line."))
        return words

    def _key(self, word: str) -> tuple[str, ...]:
        if len(word) > LONGEST_WORD:
            raise ValidationError(
                _now("“%(word)s …” is too long: at most %(most)s characters are possible.")
                % {"word": word[:30], "most": LONGEST_WORD}
            )
        read = expression(word)
        if read is None:
            raise ValidationError(_now("“%(word)s” has no letters or digits.") % {"word": word})
        if len(read.tokens) > MAX_WORDS_SOUGHT:
            raise ValidationError(
                _now("“%(word)s” has too many words: at most %(most)s can belong together.")
                % {"word": word, "most": MAX_WORDS_SOUGHT}
            )
        return read.key


class SynonymGroupViewSet(SnippetViewSet):
    """Words that find each other."""

    model = SynonymGroup
    icon = "openquote"
    menu_label = _("Synonyms")
    list_per_page = PER_PAGE
    copy_view_enabled = False
    ordering = ["pk"]
    search_fields = ["words", "note"]
    search_backend_name = None
    list_display = [
        "__str__",
        Column("note", label=_("Note")),
        BooleanColumn("is_active", label=_("In use")),
        DateColumn("changed_at", label=_("Changed"), sort_key="changed_at"),
    ]
    edit_handler = ObjectList(
        [field("words"), field("note"), field("is_active")], base_form_class=SynonymGroupForm
    )


class VisitorsWritePolicy(ModelPermissionPolicy):
    """Only visitors write these rows; editors tick and delete them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Nobody adds one in the admin."""
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """The same for several actions."""
        return any(self.user_has_permission(user, action) for action in actions)


class MissingReportViewSet(SnippetViewSet):
    """What visitors searched for in vain."""

    model = MissingReport
    icon = "help"
    menu_label = _("Missing content")
    list_per_page = PER_PAGE
    copy_view_enabled = False
    ordering = ["is_done", "-created_at"]
    search_fields = ["query", "text"]
    search_backend_name = None
    list_filter = ["is_done", "language"]
    list_display = [
        "query",
        Column("text", label=_("What is missing")),
        Column("language", label=_("Language"), sort_key="language"),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
        BooleanColumn("is_done", label=_("Done"), sort_key="is_done"),
    ]
    edit_handler = ObjectList(
        [
            *(field(name, read_only=True) for name in ("query", "text", "language", "created_at")),
            field("is_done"),
        ]
    )


class SearchGroup(SnippetViewSetGroup):
    """The menu for both."""

    menu_label = _("Search")
    menu_name = "search-words"
    menu_icon = "search"
    menu_order = 160
    items = (SynonymGroupViewSet, MissingReportViewSet)
