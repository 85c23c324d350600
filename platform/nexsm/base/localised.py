"""Short texts in every UI language, kept in one JSON column: ``{"de": "…", "en": "…"}``."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext_lazy as _

Labels = dict[str, str]


def pick(texts: dict[str, Any] | None, language: str | None = None) -> Any:
    """Choose the text for ``language`` (default: the active one), else German, English, any."""
    if not texts:
        return ""
    wanted = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
    for code in (wanted, settings.LANGUAGE_CODE, "en"):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


class LocalisedWidget(forms.MultiWidget):
    """One text input for each UI language."""

    template_name = "base/localised_widget.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        self.codes = [code for code, _name in settings.LANGUAGES]
        super().__init__(dict.fromkeys(self.codes, forms.TextInput), attrs)

    def decompress(self, value: Labels | None) -> list[str]:
        """Spread the JSON value over the inputs."""
        return [(value or {}).get(code, "") for code in self.codes]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give every input the name of its language."""
        context = super().get_context(name, value, attrs)
        names = dict(settings.LANGUAGES)
        for code, sub in zip(self.codes, context["widget"]["subwidgets"], strict=True):
            sub["language_name"] = names[code]
            sub["attrs"]["aria-label"] = f"{names[code]}"
            sub["attrs"]["lang"] = code
            # Only the first is demanded by the browser; the field says what is really required.
            sub["attrs"].pop("required", None)
        return context


class LocalisedFormField(forms.MultiValueField):
    """Collects the inputs of all UI languages into one dictionary."""

    widget = LocalisedWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = [forms.CharField(required=False) for _code in settings.LANGUAGES]
        for unused in ("encoder", "decoder", "max_length"):
            kwargs.pop(unused, None)
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> Labels:
        """Keep the languages that have a text."""
        codes = [code for code, _name in settings.LANGUAGES]
        return {code: text for code, text in zip(codes, data_list, strict=False) if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare per language: the stored value may hold languages that are no UI language."""
        before = [(initial or {}).get(code, "") for code, _name in settings.LANGUAGES]
        return super().has_changed(before, data)


def validate_labels(value: object) -> None:
    """Refuse anything but a dictionary of texts. Raises ValidationError."""
    if not isinstance(value, dict) or not all(
        isinstance(code, str) and isinstance(text, str) for code, text in value.items()
    ):
        raise ValidationError(_("Enter one text for each language."))


class ReadableJSON(json.JSONEncoder):
    """Writes letters as they are: SQLite searches the stored text, where an escaped ü is no ü."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class ReadableJSONField(models.JSONField):
    """A JSON column that can be searched as text. The encoder is no part of migrations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.encoder = ReadableJSON

    def deconstruct(self) -> Any:
        """Leave the encoder out: the class brings it."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("encoder", None)
        return name, path, args, kwargs


class LocalisedField(ReadableJSONField):
    """A JSON column that holds one short text for each UI language."""

    default_validators = [validate_labels]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Use one input for each language."""
        return models.Field.formfield(self, **{"form_class": LocalisedFormField, **kwargs})


class LinesFormField(forms.CharField):
    """A text area whose lines are the items of a list."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        for unused in ("encoder", "decoder"):
            kwargs.pop(unused, None)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show one item a line."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Split into lines, dropping empty ones and repetitions."""
        text = super().to_python(value) or ""
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists, not texts."""
        return list(initial or []) != self.to_python(data)


class LinesField(ReadableJSONField):
    """A JSON list of short texts, edited as one text a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Use a text area, one item a line."""
        return models.Field.formfield(self, **{"form_class": LinesFormField, **kwargs})
