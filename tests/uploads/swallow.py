"""Takes in the whole corpus in a process of its own and prints how much memory that took, in MiB.

As a request does it: the multipart body is parsed, the form's field checks, the storage writes.
Run: python -m tests.uploads.swallow [NAME ...]
"""

import os
import resource
import sys
import tempfile
from pathlib import Path


def peak():
    """The most memory this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def request_with(name, content):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import RequestFactory

    return RequestFactory().post("/", {"file": SimpleUploadedFile(name, content)})


def take_in(request, field):
    """What the form and the model do with the file of a request."""
    from django.core.exceptions import ValidationError
    from django.core.files.storage import default_storage

    try:
        checked = field.clean(request.FILES["file"])
    except ValidationError:
        return
    name = default_storage.save(f"taken/{checked.shown_name}", checked)
    default_storage.delete(name)


def heaviest():
    """The largest pictures that are still taken: 40 million pixels, turned, with transparency."""
    from io import BytesIO

    from PIL import Image

    from tests.base import media_corpus as made

    for mode, kind, options in (
        ("RGBA", "PNG", {"exif": made.exif_with_place(6), "compress_level": 1}),
        ("RGB", "JPEG", {"exif": made.exif_with_place(6)}),
        ("P", "GIF", {}),
    ):
        out = BytesIO()
        Image.new(mode, (8000, 5000)).save(out, kind, **options)
        yield f"large.{kind.lower()}", out.getvalue()
    still = [Image.new("P", (2000, 1000), number) for number in range(19)]
    out = BytesIO()
    still[0].save(out, "GIF", save_all=True, append_images=still[1:], duration=100)
    yield "moving.gif", out.getvalue()


def write_files(folder):
    """Write all files, in a child: making some of them takes more memory than taking them in."""
    from tests.uploads import corpus

    child = os.fork()
    if child == 0:
        cases = [(case.name, case.make) for case in corpus.GOOD + corpus.BAD]
        cases += [(name, lambda content=content: content) for name, content in heaviest()]
        for number, (name, make) in enumerate(cases):
            (folder / str(number)).write_bytes(make())
            (folder / f"{number}.name").write_text(name, "utf-8", newline="")
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if status:
        sys.exit("The files could not be made.")


def main():
    """Take in everything; one line for each file that needs more than those before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexsm.config.settings.test")
    import django

    django.setup()
    from django.conf import settings

    from nexsm.base.media.form_fields import DocumentUploadField, ImageUploadField

    settings.MEDIA_ROOT = tempfile.mkdtemp(dir=settings.DATA_DIR)
    settings.UPLOAD_DISK_PERCENT = 100
    folder = Path(tempfile.mkdtemp(dir=settings.DATA_DIR))
    write_files(folder)
    fields = (DocumentUploadField(), ImageUploadField())
    paths = sorted(folder.glob("*.name"), key=lambda path: int(path.stem))
    before = peak()
    for path in paths:
        was, name = peak(), path.read_bytes().decode()
        request = request_with(name, path.with_suffix("").read_bytes())
        for field in fields:
            take_in(request, field)
        if peak() > was + 1:
            sys.stderr.write(f"{peak() - was:.0f} MiB more for {name}\n")
    sys.stdout.write(f"{len(paths)} {before:.0f} {peak() - before:.0f}\n")


if __name__ == "__main__":
    main()
