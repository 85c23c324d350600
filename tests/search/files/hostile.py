"""A reader gone mad, in place of ``search.files.child``. The file it is given says in which way."""

import json
import os
import signal
import sys

from search.files.child import confine
from search.files.limits import Limits


def say(**line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main():
    limits = Limits(**json.loads(sys.argv[1]))
    confine(limits)
    way = sys.stdin.read()
    say(numbered=True)
    if way.endswith("after a page"):
        say(page="gelesen")
    if way.startswith("sleep"):
        signal.pause()
    while way.startswith("work"):
        pass
    if way.startswith("die"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if way.startswith("write"):
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        while True:
            say(numbered=True)
    if way.startswith("open"):
        say(page=str(os.environ.keys() - {"LC_CTYPE"}))
        descriptors = [fd for fd in range(3, 60) if _is_open(fd)]
        say(page=f"descriptors {descriptors}")
        loaded = [name for name in ("django", "search.models") if name in sys.modules]
        say(page=f"modules {loaded}")


def _is_open(descriptor):
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
