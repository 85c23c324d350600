"""One contender in a process of its own: ``python -m benchmarks.contender NAME``.

It answers each line on its input, the name of a round, with one line of JSON on its output: the times
of that round in milliseconds. So one program can let several contenders take turns.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any


def main() -> None:
    """Serve rounds until the input ends."""
    import django  # noqa: PLC0415 - the environment says with which settings

    django.setup()
    rounds = _rounds(sys.argv[1])
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # nothing else may write between the answers
    for line in sys.stdin:
        name, *arguments = line.split()
        print(json.dumps(rounds[name](*map(int, arguments))), file=answers, flush=True)


def _rounds(contender: str) -> dict[str, Callable[..., Any]]:
    if contender == "site":
        from benchmarks import inside  # noqa: PLC0415 - needs the site's settings

        return inside.rounds()
    from benchmarks.peers import asking  # noqa: PLC0415 - needs the settings of the peers

    return asking.rounds(contender)


if __name__ == "__main__":
    main()
