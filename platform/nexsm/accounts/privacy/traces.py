"""Names and addresses inside histories and mails to others, where no column leads to the person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext, override
from wagtail.models import ModelLogEntry, PageLogEntry

from nexsm.accounts.models import User
from nexsm.accounts.privacy.registry import AtErasure, holdings
from nexsm.base.models import OutgoingMail


def remove_traces(user: User, addresses: set[str]) -> None:
    """Put "former member" where histories name the person or one of her addresses.

    Addresses and whole names (of two words or more) are replaced wherever they stand. A name of
    one word could be any word: it is replaced where it is all that stands there, and in the titles
    of entries about accounts and of what is deleted with them.
    """
    with override("de"):  # histories have one language: that of the site
        instead = gettext("Former member")
    names = {user.name.strip()} - {""}
    distinct = addresses | {name for name in names if " " in name}
    everywhere = words_pattern(distinct)
    alone = words_pattern(names, whole=True)
    words = addresses | names
    about_people = _content_types_about_people()
    for model in (ModelLogEntry, PageLogEntry):
        found = model.objects.annotate(data_text=Cast("data", TextField())).filter(_mention(words))
        for entry in found:
            is_about_people = entry.content_type_id in about_people
            titles = words_pattern(words) if is_about_people else everywhere
            label = titles.sub(instead, entry.label)
            data = _cleaned(entry.data, everywhere, alone, instead)
            # By the queryset: an entry of the history is otherwise never changed.
            model.objects.filter(pk=entry.pk).update(label=label, data=data)
    _clean_mails(distinct, everywhere, instead)


def _clean_mails(words: Iterable[str], mentioned: re.Pattern[str], instead: str) -> None:
    """Mails to others stay in the queue for a while, and name those they are about.

    Names of one word stay: somebody else may be called so, and links and codes must go on working.
    """
    found = Q(pk__in=[])
    for word in words:
        found |= Q(subject__icontains=word) | Q(text__icontains=word)
    for mail in OutgoingMail.objects.filter(found):
        mail.subject = mentioned.sub(instead, mail.subject)
        mail.text = mentioned.sub(instead, mail.text)
        mail.save(update_fields=["subject", "text"])


def _mention(words: Iterable[str]) -> Q:
    """Entries with one of the words. SQLite keeps JSON with escapes, PostgreSQL without."""
    found = Q(pk__in=[])
    for word in words:
        found |= Q(label__icontains=word)
        for form in {word, json.dumps(word)[1:-1]}:
            found |= Q(data_text__icontains=form)
    return found


def words_pattern(words: Iterable[str], *, whole: bool = False) -> re.Pattern[str]:
    """An expression for any of the words in any case, not inside others; ``whole``: and no more."""
    parts = sorted((re.escape(word) for word in words), key=len, reverse=True)
    if not parts:
        return re.compile(r"(?!)")  # matches nothing
    inner = "|".join(parts)
    form = rf"\A\s*(?:{inner})\s*\Z" if whole else rf"(?<!\w)(?:{inner})(?!\w)"
    return re.compile(form, re.IGNORECASE)


def _cleaned(value: Any, everywhere: re.Pattern[str], alone: re.Pattern[str], instead: str) -> Any:
    """The same data with other words."""
    if isinstance(value, str):
        return alone.sub(instead, everywhere.sub(instead, value))
    if isinstance(value, dict):
        return {key: _cleaned(inner, everywhere, alone, instead) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, everywhere, alone, instead) for inner in value]
    return value


def _content_types_about_people() -> set[int]:
    models = {User} | {
        holding.model for holding in holdings() if holding.at_erasure is AtErasure.DELETE
    }
    found = ContentType.objects.get_for_models(*models, for_concrete_models=False)
    return {content_type.pk for content_type in found.values()}
