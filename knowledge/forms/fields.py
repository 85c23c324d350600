"""Fields for what members type: cleaned of markup and invisible characters, with bounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _, gettext_lazy

from knowledge.services.metadata.reading import doi_of
from knowledge.services.metadata.texts import without_markup
from nexsm.base.media.names import clean_line

MAX_NAMES, MAX_NAME = 50, 200
MAX_TAGS, MAX_TAG = 20, 50
_web_address = URLValidator(schemes=["http", "https"])


class LineField(forms.CharField):
    """One line of plain text."""

    def to_python(self, value: Any) -> str:
        """The line without markup and invisible characters."""
        return clean_line(without_markup(super().to_python(value) or ""))


class TextField(forms.CharField):
    """Plain text in several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """The text with its line breaks, without markup and invisible characters."""
        text = without_markup(super().to_python(value) or "")
        return "\n".join(clean_line(line) for line in text.splitlines()).strip()


class ListField(forms.CharField):
    """Several short texts, one a line or between separators, each once."""

    widget = forms.Textarea

    def __init__(self, *, most: int, longest: int, separator: str = "\n", **kwargs: Any) -> None:
        self.most, self.longest, self.separator = most, longest, separator
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show the list as it is typed."""
        glue = "\n" if self.separator == "\n" else f"{self.separator} "
        return glue.join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The texts. Raises ValidationError for too many, or one that is too long."""
        text = without_markup(super().to_python(value) or "")
        parts = text.splitlines() if self.separator == "\n" else text.split(self.separator)
        found = list(dict.fromkeys(filter(None, (clean_line(part) for part in parts))))
        if len(found) > self.most:
            raise ValidationError(_("At most %(limit)s, please.") % {"limit": self.most})
        refuse_longer(found, self.longest)
        return found


def refuse_longer(texts: Iterable[str], longest: int) -> None:
    """Raise ValidationError that shows the first of these texts that is longer."""
    for text in texts:
        if len(text) > longest:
            raise ValidationError(
                _("“%(text)s…” is too long: at most %(limit)s characters, please.")
                % {"text": text[:30], "limit": longest}
            )


def names_field(*, label: Any, help_text: Any) -> ListField:
    """Names of people or organisations, one a line: a name may hold a comma."""
    return ListField(
        most=MAX_NAMES,
        longest=MAX_NAME,
        label=label,
        help_text=help_text,
        max_length=MAX_NAMES * (MAX_NAME + 2),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class LinkField(forms.CharField):
    """A web address, with or without ``https://`` in front, or a DOI."""

    default_error_messages = {
        "link": gettext_lazy(
            "This is no web address. One looks like this: https://www.example.org/guide"
        )
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "url", "autocapitalize": "off", "spellcheck": "false", "dir": "ltr"}
        super().__init__(
            max_length=1000, required=False, widget=forms.TextInput(attrs=attrs), **kwargs
        )

    def to_python(self, value: Any) -> str:
        """The address. Raises ValidationError for what is none."""
        text = (super().to_python(value) or "").strip()
        if not text or doi_of(text):
            return text
        address = text if "://" in text else f"https://{text}"
        try:
            _web_address(address)
        except ValidationError:
            raise ValidationError(self.error_messages["link"], code="link") from None
        return address
