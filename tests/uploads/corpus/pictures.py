"""Pictures that are bombs, broken, or drawings that run something."""

from __future__ import annotations

import struct
import zlib

from tests.base import media_corpus as made

from .case import ACCEPT, Case, fixed

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
SVG_XXE = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    + SVG
    + b"<text>&e;</text></svg>"
)
SVG_REMOTE = SVG + b'<image xlink:href="http://127.0.0.1:9/canary.png"/></svg>'


def packed_profile() -> bytes:
    """A colour profile of 64 MiB in a PNG of a few kilobytes."""
    profile = zlib.compress(bytes(64 << 20), 9)
    return made.png(10, 10, made.png_chunk(b"iCCP", b"x\0\0" + profile))


def packed_itxt() -> bytes:
    """The same as a text of the newer kind."""
    text = zlib.compress(bytes(64 << 20), 9)
    return made.png(10, 10, made.png_chunk(b"iTXt", b"Comment\0\1\0\0\0" + text))


def data_bomb() -> bytes:
    """A small picture with 64 MiB of packed pixels."""
    return made.png(10, 10, data=zlib.compress(bytes(64 << 20), 9))


def jpeg_claiming(side: int = 65_000) -> bytes:
    """A JPEG that only says how big it is."""
    frame = struct.pack(">HBHHB", 17, 8, side, side, 3) + b"\x01\x11\0\x02\x11\0\x03\x11\0"
    return b"\xff\xd8\xff\xc0" + frame + b"\xff\xd9"


def many_frames_webp() -> bytes:
    """A WebP with a thousand frames of nine million pixels."""
    body = b"\x02\0\0\0" + (2999).to_bytes(3, "little") * 2
    frames = b"".join(b"ANMF" + struct.pack("<I", 16) + bytes(16) for _ in range(1000))
    chunks = b"WEBPVP8X" + struct.pack("<I", 10) + body + frames
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def animated_bomb() -> bytes:
    """An animated PNG with a thousand frames of nine million pixels."""
    return made.png(3000, 3000, made.png_chunk(b"acTL", struct.pack(">II", 1000, 0)), data=b"")


def _cut(kind: str, end: int) -> bytes:
    return made.picture(kind, (400, 400))[:-end]


_BAD = [
    ("empty.png", fixed(b""), "empty"),
    ("empty.jpg", fixed(b""), "empty"),
    ("frames.gif", made.gif_bomb, "2.7 thousand million pixels in 4 KB"),
    ("many.gif", lambda: made.gif_bomb(20_000, 100), "twenty thousand frames"),
    ("growing.gif", made.gif_growing_frame, "a frame outside of the picture makes it grow"),
    ("huge.png", lambda: made.png(60_000, 60_000, data=b""), "claims 3.6 thousand million pixels"),
    ("large.png", lambda: made.png(9400, 9400, data=b""), "88 million pixels"),
    ("zero.png", lambda: made.png(0, 10, data=b""), "no width"),
    ("huge.jpg", jpeg_claiming, "claims 4.2 thousand million pixels"),
    ("huge.webp", lambda: made.webp_claiming(16_000, 16_000), "claims 256 million pixels"),
    ("frames.webp", many_frames_webp, "a thousand large frames"),
    ("frames.png", animated_bomb, "a thousand large frames in an animated PNG"),
    ("text.png", made.ztxt_bomb, "a packed text of 64 MB (zTXt)"),
    ("profile.png", packed_profile, "a packed colour profile of 64 MB"),
    ("text2.png", packed_itxt, "a packed text of 64 MB (iTXt)"),
    ("cut.png", lambda: _cut("PNG", 300), "cut off"),
    ("data.png", lambda: made.png(50, 50, data=b"\x78\x9c\x00"), "broken data"),
    ("cut.jpg", lambda: _cut("JPEG", 900), "cut off"),
    ("header.jpg", lambda: made.picture("JPEG")[:20], "cut off in the header"),
    ("cut.gif", lambda: _cut("GIF", 100), "cut off"),
    ("cut.webp", lambda: _cut("WEBP", 20), "cut off"),
    ("only.png", fixed(b"\x89PNG\r\n\x1a\n"), "only the signature"),
    ("only.gif", fixed(b"GIF89a"), "only the signature"),
    ("only.jpg", fixed(b"\xff\xd8\xff"), "only the signature"),
    ("only.webp", fixed(b"RIFF\x04\0\0\0WEBP"), "only the signature"),
    ("script.svg", fixed(made.SVG), "SVG that runs a script"),
    ("entity.svg", fixed(SVG_XXE), "SVG that reads a file of the server"),
    ("remote.svg", fixed(SVG_REMOTE), "SVG that calls another host"),
    ("script.png", fixed(made.SVG), "SVG named PNG"),
    ("entity.jpg", fixed(SVG_XXE), "SVG named JPEG"),
    ("packed.svgz", fixed(b"\x1f\x8b\x08\0" + bytes(40)), "packed SVG"),
]

CASES = [Case(name, make, why) for name, make, why in _BAD] + [
    Case(
        "extra.png", data_bomb, "more pixels than the size needs are not unpacked", ACCEPT, ACCEPT
    ),
    Case(
        "place.jpg",
        lambda: made.with_place("JPEG"),
        "says where it was taken: removed",
        ACCEPT,
        ACCEPT,
        b"CAMERAMAKER",
    ),
    Case(
        "place.png",
        lambda: made.with_place("PNG"),
        "the same in a PNG",
        ACCEPT,
        ACCEPT,
        b"CAMERAMAKER",
    ),
    Case(
        "place.webp",
        lambda: made.with_place("WEBP"),
        "the same in a WebP",
        ACCEPT,
        ACCEPT,
        b"CAMERAMAKER",
    ),
]
