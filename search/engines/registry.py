"""Which engine runs is one address: ``tantivy:///search``, ``elasticsearch://host:9200/prefix``, ``null://``.

Several nodes of one Elasticsearch cluster stand side by side: ``elasticsearch://a:9200,b:9200/prefix``.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine


def get_engine() -> Engine:
    """The engine of NEXSM_SEARCH_URL. Raises ImproperlyConfigured if the address is not understood."""
    # One for each process: connections must not be shared with the process this one was forked from.
    return _engine(settings.SEARCH_URL, str(settings.DATA_DIR), os.getpid())


@lru_cache(maxsize=8)
def _engine(url: str, data_dir: str, _process: int) -> Engine:
    parts = urlsplit(url)
    if parts.scheme == "tantivy":
        from search.engines.tantivy import TantivyEngine  # noqa: PLC0415 - load only what runs

        folder = parts.path.strip("/")
        if parts.netloc or not folder or ".." in Path(folder).parts:
            raise ImproperlyConfigured(
                "NEXSM_SEARCH_URL: a Tantivy address is tantivy:///FOLDER, relative to NEXSM_DATA_DIR."
            )
        return TantivyEngine(Path(data_dir) / folder)
    if parts.scheme in {"elasticsearch", "elasticsearchs"}:
        from search.engines.elastic import ElasticEngine  # noqa: PLC0415 - load only what runs

        return ElasticEngine.from_url(url)
    if parts.scheme == "null":
        from search.engines.null import NullEngine  # noqa: PLC0415 - load only what runs

        return NullEngine()
    raise ImproperlyConfigured(
        "NEXSM_SEARCH_URL must begin with tantivy://, elasticsearch://, elasticsearchs:// or null://."
    )
