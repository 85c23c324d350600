"""What the tests of parallel and killed uploads run in processes of their own.

python -m tests.uploads.workers write USER NUMBER FILE    read-then-write, starts when FILE is there
python -m tests.uploads.workers kill TIMES SEED           uploads in children that are killed
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

import django

MOMENT = 0.005
# Bytes that are no text, and what they become.
AS_TEXT = bytes.maketrans(bytes(range(32)) + b"\x7f", b"x" * 33)


def write(user, number, start):
    """Upload files of one member, each of which is counted: read, add one, write."""
    from django.core.files.base import ContentFile

    from nexsm.accounts.models import User
    from nexsm.base.models import Document

    member = User.objects.get(pk=user)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not Path(start).exists():
        time.sleep(MOMENT)
    for count in range(int(number)):
        content = ContentFile(f"Text {os.getpid()} {count}".encode(), "x.txt")
        Document.objects.create(title=f"{count}", file=content, uploaded_by_user=member)


def upload_for_ever():
    """New files and new editions of old ones, until somebody ends it."""
    from django.core.files.base import ContentFile

    from nexsm.base.models import Document

    chance = random.Random()  # noqa: S311 - nothing secret
    while True:
        content = b"Text " + chance.randbytes(1 << 20).translate(AS_TEXT)
        last = Document.objects.order_by("-pk").first()
        document = last if last and chance.random() < 0.5 else Document(title="x")
        document.file = ContentFile(content, "x.txt")
        document.save()


def kill(times, seed):
    """Fork, let the child upload for a moment, kill it as the operating system would."""
    from django.db import connections

    chance = random.Random(int(seed))  # noqa: S311
    for _ in range(int(times)):
        connections.close_all()
        child = os.fork()
        if child == 0:
            try:
                upload_for_ever()
            finally:
                os._exit(1)  # only reached by an error
        time.sleep(chance.uniform(0.02, 0.4))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit("The child ended by itself.")


if __name__ == "__main__":
    django.setup()
    {"write": write, "kill": kill}[sys.argv[1]](*sys.argv[2:])
