"""Cover pictures of the example resources: woven lines in the site's colours, drawn by a rule.

Each picture follows from the resource's id alone, so a second run draws the same one.
"""

from __future__ import annotations

import hashlib
import io
import math

from PIL import Image, ImageDraw

SIZE = (960, 540)
_GROUNDS = ("#f6e2d6", "#efe7d9", "#dce9e6", "#f8f3ea")
_THREADS = ("#96381d", "#b8801f", "#17505a", "#782911", "#c96b4a", "#5b8a86")
_STEPS = 80


def make_cover(key: str) -> bytes:
    """Draw the cover of a resource as PNG."""
    seed = hashlib.sha256(key.encode()).digest()
    image = Image.new("RGB", SIZE, _GROUNDS[seed[0] % len(_GROUNDS)])
    draw = ImageDraw.Draw(image)
    threads = 7 + seed[1] % 5
    width = 10 + seed[2] % 14
    for number in range(threads):
        colour = _THREADS[(seed[3] + number) % len(_THREADS)]
        draw.line(_thread(number, threads, seed), fill=colour, width=width, joint="curve")
    # Crossing threads in the ground's colour make the surface look woven.
    for number in range(threads):
        draw.line(_crossing(number, threads, seed), fill=image.getpixel((0, 0)), width=5)
    buffer = io.BytesIO()
    image.quantize(colors=32).save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def _thread(number: int, threads: int, seed: bytes) -> list[tuple[float, float]]:
    wide, high = SIZE
    middle = high * (number + 0.5) / threads
    swing = high * (0.06 + seed[4] / 255 * 0.16)
    turns = 1 + seed[5] % 3
    shift = number * math.pi * (0.35 + seed[6] / 255)
    return [
        (
            wide * (step / (_STEPS - 8)) - 40,
            middle + swing * math.sin(2 * math.pi * turns * step / _STEPS + shift),
        )
        for step in range(_STEPS + 1)
    ]


def _crossing(number: int, threads: int, seed: bytes) -> list[tuple[float, float]]:
    wide, high = SIZE
    start = wide * (number + 0.3) / threads
    lean = (seed[7] / 255 - 0.5) * wide * 0.5
    return [(start, -10), (start + lean, high + 10)]
