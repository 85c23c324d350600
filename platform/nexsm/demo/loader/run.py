"""The whole load in one transaction: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from knowledge.models import Organisation
from nexsm.demo import content
from nexsm.demo.content import DataError
from nexsm.demo.facts import facts
from nexsm.demo.loader import removal
from nexsm.demo.loader.accounts import load_accounts
from nexsm.demo.loader.conference import load_conference
from nexsm.demo.loader.files import Files
from nexsm.demo.loader.organisations import load_example, load_named
from nexsm.demo.loader.pages import load_content, load_homes, load_index, load_site
from nexsm.demo.loader.resources import ResourceLoader, in_loading_order
from nexsm.demo.loader.sessions import load_sessions
from nexsm.demo.loader.tally import Tally
from nexsm.demo.loader.vocabularies import Vocabularies
from search.outbox import collecting

# What the facts give: six sessions and five workshops have pages.
SESSION_PAGES = 11


@dataclass
class LoadResult:
    """What a run did, and the passwords of accounts it made."""

    tally: Tally = field(default_factory=Tally)
    passwords: dict[str, str] = field(default_factory=dict)


def load(*, with_examples: bool = True, with_accounts: bool = False) -> LoadResult:
    """Load pages, NexSM24, the examples and test accounts. Raises DataError; then nothing changed."""
    result = LoadResult()
    files = Files(result.tally)
    try:
        with collecting():  # one transaction, and each index entry is noted once
            # Every row below an item would bring the index of references up to date again.
            with disable_reference_index_auto_update():
                words = Vocabularies()
                organisations = _load_site(words, result.tally)
                if with_examples:
                    _load_examples(organisations, words, files, result.tally)
            for written in result.tally.touched:
                ReferenceIndex.create_or_update_for_object(written)
            if with_accounts:
                result.passwords = load_accounts(result.tally)
    except BaseException:
        files.discard()
        raise
    return result


@transaction.atomic
def remove_examples() -> dict[str, int]:
    """Delete all examples; NexSM24, La Red, Minor and the pages stay."""
    return removal.remove()


def _load_site(words: Vocabularies, tally: Tally) -> dict[str, Organisation]:
    texts = content.site_pages()
    source = facts()
    homes = load_homes(texts["home"], tally)
    load_content(texts["content"], homes, tally)
    organisations = {item.id: load_named(item, words, tally) for item in texts["organisations"]}
    index = load_index(texts["conferences"], homes, tally)
    conference = load_conference(source, content.introduction(), index, organisations, tally)
    sessions = load_sessions(source, conference, words, tally)
    if len(sessions) != SESSION_PAGES:
        raise DataError(f"{len(sessions)} sessions instead of {SESSION_PAGES}")
    load_site(homes[texts["conferences"].language], tally)
    return organisations


def _load_examples(
    organisations: dict[str, Organisation], words: Vocabularies, files: Files, tally: Tally
) -> None:
    for item in content.organisations():
        organisations[item.id] = load_example(item, words, tally)
    loader = ResourceLoader(organisations, words, files, tally)
    for resource in in_loading_order(content.resources()):
        loader.load(resource)
