"""People: one record for a person, and rows that keep how a programme printed her."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from conference.enums import ParticipationRole
from knowledge.slugs import slug_for
from nexsm.base.localised import LinesField


def validate_links(addresses: list[str]) -> None:
    """Raises ValidationError for a line that is no address on the web."""
    check = URLValidator(schemes=["http", "https"])
    for address in addresses:
        try:
            check(address)
        except ValidationError as error:
            message = _("This is no address on the web: %(address)s")
            raise ValidationError(message, params={"address": address}) from error


class Person(index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # reverse relations of Wagtail models
    """Somebody who speaks, moderates or can be asked. The name is one field: names are not split."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    import_id = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    name = models.CharField(
        _("name"), max_length=200, help_text=_("The whole name, as the person writes it.")
    )
    other_names = LinesField(
        _("other spellings"),
        blank=True,
        help_text=_("Other ways the name is printed, one a line. They help to find the person."),
    )
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
        help_text=_("Where the person works today. Programmes keep what was printed then."),
    )
    biography = models.TextField(
        _("about the person"),
        blank=True,
        help_text=_("A few sentences. Shown only with the person's consent."),
    )
    biography_language = models.ForeignKey(
        "knowledge.Language",
        verbose_name=_("language of this text"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Screen readers need it if it is not the language of the page."),
    )
    photo = models.ForeignKey(
        "base.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown only with the person's consent."),
    )
    website = models.URLField(
        _("website"), blank=True, help_text=_("Shown only with the person's consent.")
    )
    links = LinesField(
        _("more links"),
        blank=True,
        validators=[validate_links],
        help_text=_("Addresses on the web, one a line. Shown only with the person's consent."),
    )
    has_consented = models.BooleanField(
        _("agrees to be shown"),
        default=False,
        help_text=_(
            "The person has agreed to a page with text and photo. Without it only the name stands "
            "in the programme."
        ),
    )
    consented_at = models.DateTimeField(
        _("agreed on"),
        null=True,
        blank=True,
        help_text=_("Filled in by itself when you set the tick."),
    )
    consent_note = models.CharField(
        _("how we know"),
        max_length=300,
        blank=True,
        help_text=_("For example: e-mail of 3 May. Never shown to visitors."),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="conference_person",
        help_text=_("If the person has an account here, she may add slides to her own sessions."),
    )
    is_example = models.BooleanField(
        _("invented example"), default=False, help_text=_("Shows the mark “Example”.")
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("other_names")], heading=_("Name")),
        FieldPanel("organisation"),
        MultiFieldPanel(
            [
                FieldPanel("has_consented"),
                FieldPanel("consented_at"),
                FieldPanel("consent_note"),
            ],
            heading=_("Consent"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("biography"),
                FieldPanel("biography_language"),
                FieldPanel("photo"),
                FieldPanel("website"),
                FieldPanel("links"),
            ],
            heading=_("Shown with consent"),
        ),
        FieldPanel("user"),
        FieldPanel("is_example"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("other_names"),
        index.AutocompleteField("name"),
        index.AutocompleteField("other_names"),
        index.FilterField("has_consented"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the date of the consent beside the tick."""
        if self.has_consented and self.consented_at is None:
            self.consented_at = timezone.now()
        if not self.has_consented:
            self.consented_at = None
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The address of the page, in the active language. It answers only with consent."""
        return reverse("conference:person", args=[self.public_id, self.slug])

    @property
    def slug(self) -> str:
        """The readable end of the address. It follows the name, the UUID before it stays."""
        return slug_for(self.name)


class Participation(Orderable):
    """A person in a session, as printed. The link to a record may come later, or never."""

    session = ParentalKey(
        "conference.SessionPage", on_delete=models.CASCADE, related_name="participations"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participations",
        help_text=_("Only if you are sure who it is. Two people can have the same name."),
    )
    prefix = models.CharField(
        _("before the name"), max_length=60, blank=True, help_text=_("For example: MdB, Dr.")
    )
    name_as_shown = models.CharField(
        _("name as printed"),
        max_length=200,
        help_text=_("Exactly as in the programme, without title or office."),
    )
    affiliation_as_shown = models.CharField(
        _("organisation as printed"),
        max_length=300,
        blank=True,
        help_text=_("As the programme prints it. Leave empty if it does not."),
    )
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation in the directory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only if you are sure that it is this one."),
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=ParticipationRole.choices,
        blank=True,
        help_text=_("Leave empty if the programme does not say."),
    )
    role_as_shown = models.CharField(
        _("role as printed"),
        max_length=120,
        blank=True,
        help_text=_("The words of the programme. Shown instead of the role above."),
    )

    panels = [
        FieldPanel("prefix"),
        FieldPanel("name_as_shown"),
        FieldPanel("affiliation_as_shown"),
        FieldPanel("role"),
        FieldPanel("role_as_shown"),
        FieldPanel("person"),
        FieldPanel("organisation"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("person in the session")
        verbose_name_plural = _("people in the session")

    def __str__(self) -> str:
        return f"{self.prefix} {self.name_as_shown}".strip()

    @property
    def role_label(self) -> str:
        """The role as printed, else in our words, else nothing."""
        return self.role_as_shown or (str(self.get_role_display()) if self.role else "")


class Contact(Orderable):
    """Whom visitors of a conference may ask. The address is personal: shown only when allowed."""

    conference = ParentalKey(
        "conference.ConferencePage", on_delete=models.CASCADE, related_name="contacts"
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact_rows",
        help_text=_("Only if you are sure who it is."),
    )
    name_as_shown = models.CharField(
        _("name as printed"), max_length=200, help_text=_("Exactly as the source prints it.")
    )
    role_as_shown = models.CharField(
        _("role as printed"),
        max_length=200,
        blank=True,
        help_text=_("For example: project coordination."),
    )
    organisation_as_shown = models.CharField(
        _("organisation as printed"),
        max_length=300,
        blank=True,
        help_text=_("Exactly as the source prints it."),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Stays in the admin unless you set the tick below.")
    )
    show_email = models.BooleanField(
        _("show the e-mail address"),
        default=False,
        help_text=_("Only if the person wants everybody to see it."),
    )

    panels = [
        FieldPanel("name_as_shown"),
        FieldPanel("role_as_shown"),
        FieldPanel("organisation_as_shown"),
        FieldPanel("email"),
        FieldPanel("show_email"),
        FieldPanel("person"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name_as_shown

    @property
    def public_email(self) -> str:
        """The address where visitors may see it, else nothing."""
        return self.email if self.show_email else ""
