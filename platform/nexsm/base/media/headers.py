"""Width, height and number of frames, read from the bytes of an image without decoding it.

A few bytes can claim thousands of millions of pixels. Image libraries find that out while they
decode, or (Willow on GIF) count one frame where there are a thousand. So this is done first, by
walking the file's own structure. Every function raises `Damaged` instead of reading past the end.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO


class Damaged(Exception):  # noqa: N818 - it names the state of the file
    """The structure of the file ends too early or makes no sense."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there would be to decode."""

    width: int
    height: int
    frames: int = 1

    @property
    def pixels(self) -> int:
        """All pixels of all frames."""
        return self.width * self.height * self.frames


def _take(file: IO[bytes], count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise Damaged
    return data


def png_extent(file: IO[bytes], size: int) -> Extent:
    """PNG and animated PNG: walk the chunks. W3C PNG, third edition, 5.3 and 11.3.6."""
    file.seek(8)
    width = height = 0
    frames, has_data = 1, False
    while True:
        length, kind = struct.unpack(">I4s", _take(file, 8))
        if file.tell() + length + 4 > size:
            raise Damaged
        if kind == b"IEND":
            break
        body_at = file.tell()
        if kind == b"IHDR":
            width, height = struct.unpack(">II", _take(file, 8))
        elif kind == b"acTL":
            (frames,) = struct.unpack(">I", _take(file, 4))
        elif kind == b"IDAT":
            has_data = True
        file.seek(body_at + length + 4)
    if not (width and height and has_data):
        raise Damaged
    return Extent(width, height, max(frames, 1))


# Start-of-frame markers, ITU T.81 table B.1; C4, C8 and CC mean something else.
_JPEG_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_FILL = 0xFF
_JPEG_LENGTH_FIELD = 2
_JPEG_WITHOUT_BODY = frozenset({0x01, *range(0xD0, 0xD9)})


def jpeg_extent(file: IO[bytes], _size: int) -> Extent:
    """JPEG: the first start-of-frame segment. A picture is always one frame to us."""
    file.seek(2)
    while True:
        if _take(file, 1) != b"\xff":
            raise Damaged
        marker = _JPEG_FILL
        while marker == _JPEG_FILL:  # any number of fill bytes may stand before a marker
            marker = _take(file, 1)[0]
        if marker in _JPEG_WITHOUT_BODY:
            continue
        if marker in {0xD9, 0xDA}:  # end of image or start of data before any frame header
            raise Damaged
        (length,) = struct.unpack(">H", _take(file, 2))
        if length < _JPEG_LENGTH_FIELD:
            raise Damaged
        if marker in _JPEG_FRAME_MARKERS:
            _precision, height, width = struct.unpack(">BHH", _take(file, 5))
            if not (width and height):
                raise Damaged
            return Extent(width, height)
        file.seek(length - _JPEG_LENGTH_FIELD, 1)


def _skip_gif_colours(file: IO[bytes], flags: int) -> None:
    if flags & 0x80:
        file.seek(3 * 2 ** ((flags & 0x07) + 1), 1)


def _skip_gif_blocks(file: IO[bytes]) -> None:
    while count := _take(file, 1)[0]:
        file.seek(count, 1)


def gif_extent(file: IO[bytes], size: int) -> Extent:
    """GIF: count the image descriptors. GIF89a, appendix B.

    The canvas grows to the largest frame, as decoders do.
    """
    file.seek(6)
    width, height, flags = struct.unpack("<HHB", _take(file, 5))
    file.seek(2, 1)
    _skip_gif_colours(file, flags)
    frames = 0
    while True:
        introducer = file.read(1)
        if introducer in {b";", b""}:
            break
        if introducer == b"!":
            _take(file, 1)
            _skip_gif_blocks(file)
        elif introducer == b",":
            left, top, wide, high, local = struct.unpack("<HHHHB", _take(file, 9))
            width, height = max(width, left + wide), max(height, top + high)
            _skip_gif_colours(file, local)
            _take(file, 1)
            _skip_gif_blocks(file)
            frames += 1
        else:
            raise Damaged
    if file.tell() > size or not (width and height and frames):
        raise Damaged
    return Extent(width, height, frames)


def _webp_size(kind: bytes, head: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return (
            int.from_bytes(head[4:7], "little") + 1,
            int.from_bytes(head[7:10], "little") + 1,
        )
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[6:10])
    return width & 0x3FFF, height & 0x3FFF


def webp_extent(file: IO[bytes], size: int) -> Extent:
    """WebP: the RIFF chunks. RFC 9649, section 2."""
    file.seek(4)
    (claimed,) = struct.unpack("<I", _take(file, 4))
    if claimed + 8 > size:
        raise Damaged
    file.seek(12)
    width = height = frames = 0
    while file.tell() + 8 <= claimed + 8:
        kind, length = struct.unpack("<4sI", _take(file, 8))
        at = file.tell()
        if at + length > size:
            raise Damaged
        if kind in {b"VP8X", b"VP8L", b"VP8 "}:
            wide, high = _webp_size(kind, _take(file, 10))
            width, height = max(width, wide), max(height, high)
        frames += kind == b"ANMF"
        file.seek(at + length + (length & 1))
    if not (width and height):
        raise Damaged
    return Extent(width, height, max(frames, 1))
