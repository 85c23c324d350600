"""The CSV format of organisations and online communities."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from babel.core import get_global
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knowledge.enums import OrganisationKind, SocialPlatform
from knowledge.models import CuratedItem, Language, Organisation, Region, SocialChannel, Topic
from knowledge.models.organisation import latest_year
from knowledge.services.imports.cells import Cells
from knowledge.services.imports.channels import platform_of
from knowledge.services.imports.exchange import organisation_cells, organisations_to_write
from knowledge.services.imports.lookups import Vocabulary
from knowledge.services.imports.schema import ItemImport, ParsedRow, Scope, Values
from knowledge.services.imports.texts import rich_text, visible_length

FIRST_YEAR = 1800
MAX_DESCRIPTION = 10_000
MAX_URL = 500
MAX_CHANNELS = 20
DEFAULT_LANGUAGE = "de"

_NAMED_CHANNEL = re.compile(r"([a-z]+)\s*:\s*(https?://.*)", re.IGNORECASE | re.DOTALL)


class OrganisationImport(ItemImport):
    """Columns: see ``columns``. Contact addresses are not imported: they need consent."""

    model: ClassVar[type[CuratedItem]] = Organisation
    columns: ClassVar[tuple[str, ...]] = (
        "id",
        "name",
        "short_name",
        "kind",
        "description",
        "languages",
        "country",
        "region",
        "city",
        "postal_code",
        "topics",
        "founded",
        "website",
        "social",
    )
    required: ClassVar[tuple[str, ...]] = ("id", "name", "kind")
    relations: ClassVar[Mapping[str, str]] = {
        "languages": "languages_spoken",
        "topics": "topics",
        "social": "channels",
    }
    fillable: ClassVar[tuple[str, ...]] = ("kind",)
    unordered: ClassVar[frozenset[str]] = frozenset({"languages", "topics"})

    def __init__(self, source: str = "csv", scope: Scope | None = None) -> None:
        super().__init__(source, scope)
        self._languages = Vocabulary(Language, by_label=True)
        self._regions = Vocabulary(Region, by_label=True)
        self._topics = Vocabulary(Topic, by_label=True)

    def readers(self) -> Mapping[str, Callable[[Cells], Any]]:
        """How each column is read."""
        kinds = list(OrganisationKind.values)
        return {
            "name": lambda cells: cells.text("name", most=200, required=True),
            "short_name": lambda cells: cells.text("short_name", most=60),
            "kind": lambda cells: cells.choice("kind", kinds, _("kind"), required=True),
            "description": self._read_description,
            "languages": lambda cells: cells.codes(
                "languages", self._languages, _("language code")
            ),
            "country": self._read_country,
            "region": self._read_region,
            "city": lambda cells: cells.text("city", most=100),
            "postal_code": lambda cells: cells.text("postal_code", most=12),
            "topics": lambda cells: cells.codes("topics", self._topics, _("topic")),
            "founded": lambda cells: cells.year("founded", FIRST_YEAR, latest_year()),
            "website": lambda cells: cells.url("website", most=MAX_URL),
            "social": _read_channels,
        }

    def prepare(self, rows: Sequence[ParsedRow]) -> None:
        """Organisations refer to nothing but vocabularies."""

    def items(self) -> QuerySet[Organisation]:
        """All organisations. An organisation changes its own profile by its form."""
        return Organisation.objects.all()

    def loaded(self, items: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Load with the organisations what their rows need."""
        return organisations_to_write(items)

    def current_cells(self, item: Organisation) -> dict[str, str]:
        """The row of an organisation."""
        return organisation_cells(item, source=self.source)

    def apply(self, item: CuratedItem, values: Values, columns: Collection[str]) -> None:
        """Set these columns of the organisation."""
        for column in ("name", "short_name", "kind", "city", "postal_code", "founded", "website"):
            if column in columns:
                setattr(item, column, values[column])
        if {"country", "region"}.intersection(columns):
            code = values.get("region") or values.get("country")
            item.region = self._regions.get(code) if code else None
        if "languages" in columns:
            item.languages_spoken.set([self._languages.get(code) for code in values["languages"]])
        if "topics" in columns:
            item.topics.set([self._topics.get(code) for code in values["topics"]])
        if "social" in columns:
            item.channels = [
                SocialChannel(sort_order=place, platform=platform, url=url)
                for place, (platform, url) in enumerate(values["social"])
            ]
        if "description" in columns:
            item.description = rich_text(values["description"])
        if "description" in columns or item.language_id is None:
            code = description_language(values.get("description", ""), values.get("languages", ()))
            item.language = self._languages.get(code)

    def _read_description(self, cells: Cells) -> str:
        text = cells.paragraphs("description", most=10 * MAX_DESCRIPTION)
        found = visible_length(rich_text(text))
        if found > MAX_DESCRIPTION:
            cells.problem(
                "description",
                _("%(found)s characters, at most %(most)s are allowed")
                % {"found": found, "most": MAX_DESCRIPTION},
            )
        return text

    def _read_country(self, cells: Cells) -> str:
        code = cells.code("country", self._regions, _("country"))
        if "-" in code:
            cells.problem("country", _('"%(code)s" is no country') % {"code": code})
            return ""
        return code

    def _read_region(self, cells: Cells) -> str:
        """A region of the country given; "BE" beside "DE" is understood as "DE-BE"."""
        text = cells.text("region", most=200)
        if not text:
            return ""
        country = self._regions.find(cells.text("country", most=200))
        if country and (short := self._regions.find(f"{country.code}-{text}")):
            return short.code
        code = cells.code("region", self._regions, _("region"))
        if code and country and code.split("-")[0] != country.code:
            cells.problem(
                "region",
                _('"%(region)s" is not in the country "%(country)s"')
                % {"region": code, "country": country.code},
            )
        return code


def _read_channels(cells: Cells) -> list[list[str]]:
    """Addresses of channels; the platform is told by the host or stands before a colon."""
    channels = []
    for text in cells.values("social", most=MAX_CHANNELS, longest=MAX_URL):
        named = _NAMED_CHANNEL.fullmatch(text)
        url = cells.check_url("social", named.group(2) if named else text, most=MAX_URL)
        if not url:
            continue
        platform = named.group(1).lower() if named else platform_of(url)
        if platform not in SocialPlatform.values:
            cells.problem("social", _('"%(name)s" is not a known platform') % {"name": platform})
            continue
        channels.append([str(platform), url])
    return channels


def description_language(text: str, spoken: Sequence[str]) -> str:
    """The language a description is most likely in: the file has no column for it.

    German, unless the letters are of a script that only a spoken language uses. Editors can correct
    it; what matters is that Arabic is never marked as German (direction, screen readers).
    """
    script = _script(text)
    if script == "Latn":
        usual = [code for code in spoken if _script_of_language(code) == "Latn"]
        return DEFAULT_LANGUAGE if not usual or DEFAULT_LANGUAGE in usual else usual[0]
    return next((code for code in spoken if _script_of_language(code) == script), DEFAULT_LANGUAGE)


_SCRIPTS = {
    "LATIN": "Latn",
    "ARABIC": "Arab",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
}


def _script(text: str) -> str:
    """The script most letters of the text's beginning belong to (ISO 15924)."""
    letters = [char for char in text[:2000] if char.isalpha()]
    names = Counter(unicodedata.name(char, "LATIN").split(" ")[0] for char in letters)
    most = names.most_common(1)
    return _SCRIPTS.get(most[0][0], most[0][0]) if most else "Latn"


def _script_of_language(code: str) -> str:
    """The usual script of a language, from CLDR."""
    likely = get_global("likely_subtags").get(code.replace("-", "_"), "")
    parts = likely.split("_")
    return parts[1] if len(parts) > 1 else "Latn"
