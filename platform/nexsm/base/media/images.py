"""Images: measured before they are decoded, then written anew without what the camera added."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

from . import types
from .headers import Damaged, Extent, gif_extent, jpeg_extent, png_extent, webp_extent
from .types import FileType

MAX_PIXELS = 40_000_000
JPEG_QUALITY = 92
# Display colours need a profile of a few kilobytes; larger ones only smuggle.
MAX_COLOUR_PROFILE = 256 * 1024

_MEASURE: dict[FileType, Callable[[IO[bytes], int], Extent]] = {
    types.PNG: png_extent,
    types.JPEG: jpeg_extent,
    types.GIF: gif_extent,
    types.WEBP: webp_extent,
}
_PILLOW_NAME = {types.PNG: "PNG", types.JPEG: "JPEG", types.GIF: "GIF", types.WEBP: "WEBP"}
# A moving PNG becomes its first frame: Willow cannot open one, every page with it would be a 500.
_MAY_MOVE = (types.GIF, types.WEBP)
# The only facts about an image that may go on. EXIF, XMP, IPTC, comments and texts do not.
_KEPT_INFO = frozenset({"transparency", "duration", "loop", "disposal", "blend", "background"})
_ORIENTATION_TAG = 0x0112
# Pillow's plugins raise all of these on hostile or broken input.
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, OverflowError),
    *(IndexError, KeyError, TypeError, MemoryError, AttributeError, ZeroDivisionError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning, UserWarning),
)


def _damaged() -> ValidationError:
    return ValidationError(
        _("This picture is damaged or incomplete. Please save it again and try once more."),
        code="image_damaged",
    )


def measure(file: IO[bytes], size: int, kind: FileType) -> Extent:
    """Return width, height and frames. Raises ValidationError if damaged or above the limit."""
    try:
        extent = _MEASURE[kind](file, size)
    except Damaged:
        raise _damaged() from None
    if extent.pixels > MAX_PIXELS:
        raise ValidationError(
            _("This picture has too many pixels. At most %(limit)s million are possible.")
            % {"limit": MAX_PIXELS // 1_000_000},
            code="image_pixels",
        )
    return extent


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION_TAG, 1))
    except _BROKEN:
        return 1  # unreadable camera data is thrown away below, with everything else


def _bare(picture: Image.Image) -> Image.Image:
    """Take away all facts but the ones needed to draw the picture."""
    profile = picture.info.get("icc_profile")
    picture.info = {key: value for key, value in picture.info.items() if key in _KEPT_INFO}
    if isinstance(profile, bytes) and 0 < len(profile) <= MAX_COLOUR_PROFILE:
        picture.info["icc_profile"] = profile
    return picture


def _frames(picture: Image.Image) -> list[Image.Image]:
    return [_bare(frame.copy()) for frame in ImageSequence.Iterator(picture)]


def _options(kind: FileType, picture: Image.Image) -> dict[str, Any]:
    options: dict[str, Any] = {"exif": b"", "icc_profile": picture.info.get("icc_profile")}
    if kind is types.GIF:
        options = {}
    elif kind is types.JPEG:
        untouched = picture.format == "JPEG"  # then the tables of the original can be used again
        options |= {"quality": "keep" if untouched else JPEG_QUALITY, "xmp": b"", "comment": b""}
    elif kind is types.WEBP:
        options |= {"quality": JPEG_QUALITY, "method": 4, "xmp": b""}
    return options


def _write(picture: Image.Image, kind: FileType) -> BytesIO:
    out = BytesIO()
    if kind in _MAY_MOVE and getattr(picture, "n_frames", 1) > 1:
        loop = picture.info.get("loop")
        first, *others = _frames(picture)
        options = _options(kind, first) | {
            "save_all": True,
            "append_images": others,
            "duration": [frame.info.get("duration", 100) for frame in (first, *others)],
        }
        if loop is not None:
            options["loop"] = loop
        first.save(out, _PILLOW_NAME[kind], **options)
        return out
    picture.load()
    turn = _orientation(picture)
    if turn != 1:
        picture = ImageOps.exif_transpose(picture)
    picture = _bare(picture)
    picture.save(out, _PILLOW_NAME[kind], **_options(kind, picture))
    return out


def rewrite(file: IO[bytes], kind: FileType) -> BytesIO:
    """Return the picture written anew: turned the right way up, with no camera, place or author.

    Because nothing is copied but pixels and the colour profile, whatever else was hidden in the
    file is gone too. Call `measure` first. Raises ValidationError if it cannot be decoded.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=[_PILLOW_NAME[kind]]) as picture:
            out = _write(picture, kind)
    except _BROKEN:
        raise _damaged() from None
    out.seek(0)
    return out
