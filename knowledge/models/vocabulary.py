"""Vocabularies: rows with a stable code and labels in every UI language."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language, gettext_lazy as _

from nexsm.base.languages import direction, language_name
from nexsm.base.localised import LinesField, LocalisedField, pick

code_validator = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z", _("Use letters, digits, dots and hyphens only.")
)


class Term(models.Model):
    """One row of a vocabulary."""

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[code_validator],
        help_text=_("Stands in addresses, imports and exports. Do not change it later."),
    )
    labels = LocalisedField(_("name"), help_text=_("In every language of the interface."))
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Small numbers come first in lists.")
    )
    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Without the tick it is no longer offered, but stays where it is used."),
    )

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Name in the active language, else German, else English, else the code."""
        return str(pick(self.labels) or self.code)


class ResourceType(Term):  # type: ignore[django-manager-missing]  # reverse relations of Wagtail models
    """A kind of resource, with its names in the formats we export to (as data, not as code)."""

    zotero = models.CharField(_("Zotero type"), max_length=40, default="document")
    csl = models.CharField(_("CSL type"), max_length=40, default="document")
    ris = models.CharField(_("RIS type"), max_length=10, default="GEN")
    biblatex = models.CharField(_("BibLaTeX type"), max_length=40, default="misc")
    bibtex = models.CharField(_("BibTeX type"), max_length=40, default="misc")
    schema_org = models.CharField(_("schema.org type"), max_length=60, default="CreativeWork")
    amb = models.CharField(
        _("AMB type"),
        max_length=60,
        default="LearningResource",
        help_text=_("Type in the German profile for learning resources."),
    )
    hcrt = models.CharField(
        _("HCRT concept"),
        max_length=40,
        blank=True,
        help_text=_("Last part of the address in the vocabulary for resource types in education."),
    )
    icon = models.CharField(_("icon"), max_length=40, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("resource type")
        verbose_name_plural = _("resource types")


class Topic(Term):
    """A subject. Synonyms help the search, in every language."""

    descriptions = LocalisedField(
        _("description"), blank=True, help_text=_("One or two sentences for the topic's page.")
    )
    synonyms = LinesField(
        _("synonyms"),
        blank=True,
        help_text=_("Other words for the same, one a line, in any language."),
    )

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @property
    def description(self) -> str:
        """Description in the active language."""
        return str(pick(self.descriptions))


class Region(Term):  # type: ignore[django-manager-missing]  # reverse relations of Wagtail models
    """A country or one of its states, by ISO 3166 code. Picking a country means its states too."""

    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    @property
    def country_code(self) -> str:
        """ISO 3166-1 code of the country."""
        return self.code.split("-")[0]


class LanguageQuerySet(models.QuerySet["Language"]):
    """Queries for languages."""

    def offered(self) -> LanguageQuerySet:
        """Languages in use."""
        return self.filter(is_active=True)


class Language(Term):  # type: ignore[django-manager-missing]  # reverse relations of Wagtail models
    """A language by BCP 47 tag, also sign languages and languages without a UI translation."""

    autonym = models.CharField(
        _("own name"), max_length=80, blank=True, help_text=_("As its speakers write it.")
    )
    is_sign_language = models.BooleanField(_("sign language"), default=False)

    objects = LanguageQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    @property
    def label(self) -> str:
        """Name in the active language: our own label, else CLDR's."""
        active = (get_language() or "de").split("-")[0]
        own = (self.labels or {}).get(active)
        return str(own or language_name(self.code, active))

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.code)


class Licence(Term):  # type: ignore[django-manager-missing]  # reverse relations of Wagtail models
    """A licence, by SPDX code where there is one."""

    url = models.URLField(_("address of the text"), blank=True)
    is_open = models.BooleanField(
        _("open"), default=False, help_text=_("Everybody may use, change and share it.")
    )

    class Meta(Term.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")


class Audience(Term):
    """Whom a resource is written for (not: whom it is about)."""

    class Meta(Term.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


def vocabulary_models() -> list[type[Term]]:
    """All vocabularies, for loaders, the admin and tests."""
    models_: list[Any] = [ResourceType, Topic, Region, Language, Licence, Audience]
    return models_
