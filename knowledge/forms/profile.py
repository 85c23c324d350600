"""Everything members may say about their organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from modelcluster.forms import ClusterForm

from knowledge.enums import SocialPlatform
from knowledge.forms.choosing import FoldedChoices, likely_first
from knowledge.forms.fields import refuse_longer
from knowledge.forms.founding import region_choices
from knowledge.forms.plain_text import PlainRichTextField
from knowledge.models import Language, Organisation, SocialChannel, Term, Topic
from knowledge.queries.likely import languages_spoken_most, near_topics
from nexsm.base.media.form_fields import ImageUploadField
from nexsm.base.media.names import clean_line

MAX_CHANNELS = 12
MAX_TAGS = 20
# What the database holds: tags of an import may be longer than those members type for resources.
MAX_ADDRESS, MAX_STORED_TAG = 500, 100
_PLATFORM_OF_HOST = {
    "facebook.com": SocialPlatform.FACEBOOK,
    "instagram.com": SocialPlatform.INSTAGRAM,
    "tiktok.com": SocialPlatform.TIKTOK,
    "youtube.com": SocialPlatform.YOUTUBE,
    "youtu.be": SocialPlatform.YOUTUBE,
    "t.me": SocialPlatform.TELEGRAM,
    "telegram.me": SocialPlatform.TELEGRAM,
    "wa.me": SocialPlatform.WHATSAPP,
    "whatsapp.com": SocialPlatform.WHATSAPP,
    "linkedin.com": SocialPlatform.LINKEDIN,
    "x.com": SocialPlatform.X,
    "twitter.com": SocialPlatform.X,
}


def platform_of(address: str) -> SocialPlatform:
    """The service behind an address; Mastodon by its ``/@name``."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in _PLATFORM_OF_HOST:
        return _PLATFORM_OF_HOST[host]
    return SocialPlatform.MASTODON if parts.path.startswith("/@") else SocialPlatform.OTHER


class ProfileForm(ClusterForm):
    """The profile as its own people change it. What editors decide is not in it."""

    description = PlainRichTextField(
        label=_("Description"),
        required=False,
        max_length=9_000,
        help_text=_(
            "What the organisation does, for whom and how. Leave a line empty between parts."
        ),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    channels = forms.CharField(
        label=_("Social media"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        help_text=_("One address a line, each starting with https://"),
    )
    new_logo = ImageUploadField(label=_("New logo"), required=False)
    remove_logo = forms.BooleanField(label=_("Show no logo"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisation
        formsets: ClassVar[list[str]] = []
        fields: ClassVar[list[str]] = [
            "name",
            "short_name",
            "other_names",
            "kind",
            "language",
            "description",
            "languages_spoken",
            "region",
            "street",
            "postal_code",
            "city",
            "district",
            "location_precision",
            "founded",
            "website",
            "topics",
            "tags",
            "contact_email",
            "contact_form_enabled",
            "email_public",
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "languages_spoken": FoldedChoices,
            "topics": FoldedChoices,
            "name": forms.TextInput(attrs={"dir": "auto"}),
            "contact_email": forms.EmailInput(attrs={"dir": "ltr"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"].before = self.instance.description
        self.fields["region"].choices = region_choices()
        self.fields["language"].queryset = self._offered(Language, [self.instance.language_id])
        self._offer_few_first("languages_spoken", Language, languages_spoken_most())
        self._offer_few_first("topics", Topic, near_topics(text=self.instance.description))
        addresses = [channel.url for channel in self.instance.channels.all()]
        self.initial.setdefault("channels", "\n".join(addresses))
        if self.instance.logo_id is None:
            del self.fields["remove_logo"]

    def clean_name(self) -> str:
        """One line without invisible characters."""
        return clean_line(self.cleaned_data["name"])

    def clean_channels(self) -> list[str]:
        """Addresses, each once. Raises ValidationError that names the line, also one too long."""
        lines = [line.strip() for line in self.cleaned_data["channels"].splitlines()]
        addresses = list(dict.fromkeys(filter(None, lines)))
        if len(addresses) > MAX_CHANNELS:
            raise ValidationError(_("At most %(limit)s addresses."), params={"limit": MAX_CHANNELS})
        refuse_longer(addresses, MAX_ADDRESS)
        check = URLValidator(schemes=["http", "https"])
        for address in addresses:
            try:
                check(address)
            except ValidationError as error:
                message = gettext("This is no web address: %(line)s") % {"line": address[:80]}
                raise ValidationError(message) from error
        return addresses

    def clean_tags(self) -> list[str]:
        """Not more and not longer than somebody reads. Raises ValidationError."""
        tags: list[str] = self.cleaned_data["tags"]
        if len(tags) > MAX_TAGS:
            raise ValidationError(_("At most %(limit)s tags."), params={"limit": MAX_TAGS})
        refuse_longer(tags, MAX_STORED_TAG)
        return tags

    def _post_clean(self) -> None:
        """Who shows the address agrees to it; the model asks for the date of the agreement."""
        if self.cleaned_data.get("email_public"):
            self.instance.email_consent_at = self.instance.email_consent_at or timezone.now()
        else:
            self.instance.email_consent_at = None
        super()._post_clean()

    def version(self) -> Organisation:
        """The changed profile, not saved."""
        version: Organisation = self.save(commit=False)
        known = {channel.url: channel for channel in version.channels.all()}
        version.channels.set(
            known.get(address) or SocialChannel(platform=platform_of(address), url=address)
            for address in self.cleaned_data["channels"]
        )
        if self.cleaned_data.get("remove_logo"):
            version.logo = None
        return version

    def _offer_few_first(self, name: str, model: type[Term], likely: Sequence[Term]) -> None:
        """Fill in terms in use and those chosen before: the likely ones in sight, the others folded."""
        field = self.fields[name]
        field.queryset = self._offered(
            model, [term.pk for term in getattr(self.instance, name).all()]
        )
        choices = [(term.pk, term.label) for term in field.queryset]
        ticked = {str(getattr(one, "pk", one)) for one in self[name].value() or ()}
        field.choices = likely_first(choices, [term.pk for term in likely], ticked)

    @staticmethod
    def _offered(model: type[Term], chosen: list[Any]) -> Any:
        offered = Q(is_active=True) | Q(pk__in=chosen)
        return model._default_manager.filter(offered)  # noqa: SLF001 - Django's name
