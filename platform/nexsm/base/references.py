"""What objects refer to, for writing the reference index of many at once.

Wagtail has no public way to do it in bulk: this is the one place that uses the names without a promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.models import ReferenceIndex


def references_of(item: Any) -> Iterator[ReferenceIndex]:
    """What an indexed item that is new refers to, as `create_or_update_for_object` would write it; unsaved."""
    found = set(ReferenceIndex._extract_references_from_object(item))  # noqa: SLF001 - Wagtail
    for to_type, to_id, model_path, content_path in found:
        yield ReferenceIndex(
            content_type=item.get_content_type(),
            base_content_type=item.get_base_content_type(),
            object_id=str(item.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),  # noqa: SLF001 - Wagtail
        )
