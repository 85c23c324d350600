"""Guesses which column of a file is which of ours, from its name in German or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

_RESOURCE = {
    "id": "id nr nummer number key kennung schluessel",
    "title": "title titel name bezeichnung ueberschrift",
    "summary": "summary zusammenfassung kurzbeschreibung abstract teaser beschreibung description",
    "body": "body text volltext inhalt langbeschreibung content",
    "type": "type typ art materialart materialtyp ressourcentyp kategorie",
    "language": "language sprache sprachen languages",
    "publisher": "publisher herausgeber herausgeberin herausgeberinnen herausgebende verlag institution",
    "authors": "authors author autor autorin autoren autorinnen verfasser verfasserin verfasserinnen",
    "year": "year jahr erscheinungsjahr veroeffentlichungsjahr datum date erschienen",
    "regions": "regions region regionen bundesland bundeslaender land",
    "topics": "topics topic thema themen themenfeld themenfelder",
    "tags": "tags tag schlagwort schlagworte schlagwoerter stichwort stichworte keywords keyword",
    "licence": "licence license lizenz",
    "url": "url link internetadresse webadresse webseite website adresse quelle",
    "doi": "doi",
    "isbn": "isbn",
}
_ORGANISATION = {
    "id": "id nr nummer number key kennung schluessel",
    "name": "name organisation verein bezeichnung organisationsname vereinsname titel",
    "short_name": "shortname kurzname kuerzel abkuerzung kurzform",
    "kind": "kind art typ type",
    "description": "description beschreibung zusammenfassung ueberuns text",
    "languages": "languages sprachen sprache language",
    "country": "country land staat",
    "region": "region bundesland kanton",
    "city": "city ort stadt wohnort sitz",
    "postal_code": "postalcode plz postleitzahl zip",
    "topics": "topics topic thema themen schwerpunkte arbeitsfelder",
    "founded": "founded gegruendet gruendungsjahr gruendung jahr",
    "website": "website webseite homepage url link internet internetadresse",
    "social": "social socialmedia sozialemedien kanaele profile",
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_AND = re.compile(r"\s+(?:und|and)\s+")
_ENDING = re.compile(r"[*:_/]?-?innen\b|\([^)]*\)")


def guess_columns(
    names: Sequence[str], columns: Sequence[str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """For names of a file: our column, or nothing. Each of ours is given once.

    What this organisation has chosen before for the same name comes first.
    """
    words = _ORGANISATION if "name" in columns else _RESOURCE
    meanings = {word: ours for ours in columns for word in words.get(ours, ours).split()}
    found: dict[str, str] = {}
    for name in names:
        if not name:
            continue
        ours = remembered.get(name.casefold())
        if ours is None:
            ours = name.casefold() if name.casefold() in columns else meanings.get(_key(name), "")
        found[name] = ours if ours in columns and ours not in found.values() else ""
    return found


def _key(name: str) -> str:
    first = _AND.split(name.casefold())[0]  # "Autorinnen und Autoren"
    text = _ENDING.sub("", first).translate(_UMLAUTS)
    text = unicodedata.normalize("NFKD", text)
    return "".join(char for char in text if char.isascii() and char.isalnum())
