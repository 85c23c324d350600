"""Who runs this site: the facts that imprint, privacy and accessibility pages must show."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

ACCESSIBILITY_STATES = [
    ("full", _("fully accessible")),
    ("partial", _("partly accessible")),
    ("none", _("not accessible")),
]


@register_setting(icon="clipboard-list")
class LegalDetails(BaseSiteSetting):
    """Required details by § 5 DDG, § 18(2) MStV, Art. 13 GDPR and Directive (EU) 2016/2102."""

    operator_name = models.CharField(
        _("operator"), max_length=200, blank=True, help_text=_("Name of the organisation, in full.")
    )
    legal_form = models.CharField(
        _("legal form"), max_length=100, blank=True, help_text=_("For example: e. V.")
    )
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=100, blank=True)
    represented_by = models.CharField(
        _("represented by"),
        max_length=300,
        blank=True,
        help_text=_("Names of those who may sign for the organisation."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    register_court = models.CharField(_("court of registration"), max_length=150, blank=True)
    register_number = models.CharField(_("register number"), max_length=60, blank=True)
    vat_id = models.CharField(_("VAT number"), max_length=30, blank=True)
    responsible_person = models.CharField(
        _("responsible for the content"),
        max_length=200,
        blank=True,
        help_text=_("One person, as § 18(2) MStV asks for."),
    )
    responsible_address = models.CharField(_("her or his address"), max_length=300, blank=True)
    privacy_contact_name = models.CharField(
        _("data protection contact"), max_length=200, blank=True
    )
    privacy_contact_email = models.EmailField(_("data protection e-mail"), blank=True)
    supervisory_authority = models.CharField(
        _("data protection authority"), max_length=300, blank=True
    )
    hosting_provider = models.CharField(
        _("hosting provider"),
        max_length=300,
        blank=True,
        help_text=_("Name and country of the company whose servers run this site."),
    )
    accessibility_status = models.CharField(
        _("accessibility"), max_length=10, choices=ACCESSIBILITY_STATES, blank=True
    )
    accessibility_gaps = models.TextField(
        _("what is not accessible"),
        blank=True,
        help_text=_("Each gap with its reason and an alternative."),
    )
    accessibility_method = models.CharField(
        _("how it was checked"),
        max_length=300,
        blank=True,
        help_text=_("For example: self-assessment with automatic tests."),
    )
    accessibility_statement_date = models.DateField(
        _("date of the statement"), null=True, blank=True, help_text=_("Renew it every year.")
    )
    accessibility_contact_email = models.EmailField(_("e-mail for barriers"), blank=True)
    enforcement_body = models.CharField(
        _("arbitration body"),
        max_length=300,
        blank=True,
        help_text=_("Where people turn to when they get no answer."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in [
                    "operator_name",
                    "legal_form",
                    "street",
                    "postal_code",
                    "city",
                    "country",
                    "represented_by",
                    "email",
                    "phone",
                    "register_court",
                    "register_number",
                    "vat_id",
                ]
            ],
            heading=_("Imprint"),
        ),
        MultiFieldPanel(
            [FieldPanel("responsible_person"), FieldPanel("responsible_address")],
            heading=_("Responsible for the content"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("privacy_contact_name"),
                FieldPanel("privacy_contact_email"),
                FieldPanel("supervisory_authority"),
                FieldPanel("hosting_provider"),
            ],
            heading=_("Privacy"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("accessibility_status"),
                FieldPanel("accessibility_gaps"),
                FieldPanel("accessibility_method"),
                FieldPanel("accessibility_statement_date"),
                FieldPanel("accessibility_contact_email"),
                FieldPanel("enforcement_body"),
            ],
            heading=_("Accessibility"),
        ),
    ]

    REQUIRED = (
        "operator_name",
        "street",
        "postal_code",
        "city",
        "country",
        "represented_by",
        "email",
        "responsible_person",
        "responsible_address",
        "privacy_contact_email",
        "supervisory_authority",
        "hosting_provider",
        "accessibility_status",
        "accessibility_method",
        "accessibility_statement_date",
        "accessibility_contact_email",
        "enforcement_body",
    )

    class Meta:
        verbose_name = _("legal details")
        verbose_name_plural = _("legal details")

    def missing_fields(self) -> list[str]:
        """Names of required fields that are still empty or hold a placeholder in brackets."""
        return [name for name in self.REQUIRED if is_placeholder(getattr(self, name))]


def is_placeholder(value: object) -> bool:
    """Say whether a value is empty or a bracketed placeholder such as ``[Name]``."""
    text = str(value or "").strip()
    return not text or (text.startswith("[") and text.endswith("]"))
