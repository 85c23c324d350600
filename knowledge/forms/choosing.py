"""Many boxes to tick: the likely ones first, the others folded."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _

# Fewer are not worth folding.
FEWEST_FOLDED = 4
Choice = tuple[Any, Any]


class FoldedChoices(forms.CheckboxSelectMultiple):
    """Boxes to tick; those of a named group stand in a fold, open when one of them is ticked."""

    template_name = "components/folded_choices.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Adds ``folds``: name of the group (None: not folded), its boxes, whether it is open."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        folds: list[dict[str, Any]] = []
        for group, options, _index in context["widget"]["optgroups"]:
            # Without a group Django makes one of every box.
            if not folds or folds[-1]["name"] != group:
                folds.append({"name": group, "options": [], "is_open": False})
            folds[-1]["options"] += options
            folds[-1]["is_open"] |= any(option["selected"] for option in options)
        return {**context, "folds": folds}


def likely_first(
    choices: list[Choice], likely: Collection[Any], chosen: Collection[Any]
) -> list[Any]:
    """The likely and the chosen ones in their order, the rest as a group; all at once if few are left.

    ``likely`` and ``chosen`` hold values of ``choices``; ``chosen`` as text, as a browser sends it.
    """
    first = [one for one in choices if one[0] in likely or str(one[0]) in chosen]
    rest = [one for one in choices if one not in first]
    if len(rest) < FEWEST_FOLDED:
        return choices
    return [*first, (_("Show %(number)s more") % {"number": len(rest)}, rest)]
