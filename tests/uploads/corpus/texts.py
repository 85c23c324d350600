"""Texts, tables, captions, calendars and XML with traps."""

from __future__ import annotations

from .case import EITHER, Case, fixed

XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><x>&j;</x>"
)
SCHEDULE_XXE = XXE.replace(b"<x>&e;</x>", b"<schedule><version>&e;</version></schedule>")
ICS = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

CASES = [
    Case("empty.txt", fixed(b""), "empty"),
    Case("binary.txt", fixed(bytes(range(256)) * 4), "no text at all"),
    Case("zero.txt", fixed(b"a\0b"), "a NUL in a text"),
    Case("terminal.txt", fixed(b"\x1b]0;owned\x07\x1b[2J"), "orders to a terminal"),
    Case("late.txt", fixed(b"text\n" * 20_000 + b"\0\0\0"), "no text any more after a while"),
    Case("binary.csv", fixed(b"a;b\n\0\1\2;3\n"), "no table"),
    Case("page.csv", fixed(b"<html><script>1</script>;b\n"), "a page named table"),
    Case("captions.vtt", fixed(b"<html><script>1</script></html>"), "a page named captions"),
    Case(
        "no-head.vtt",
        fixed(b"00:00.000 --> 00:01.000\nHello\n"),
        "captions without their first line",
    ),
    Case("binary.vtt", fixed(b"WEBVTT\n\n\0\0\0"), "captions that are no text"),
    Case(
        "subtitles.srt", fixed(b"1\n00:00:00,000 --> 00:00:01,000\nx\n"), "players here read WebVTT"
    ),
    Case("entity.xml", fixed(XXE), "XML is not taken"),
    Case("laughs.xml", fixed(LAUGHS), "XML that grows to gigabytes is not taken"),
    Case("schedule.xml", fixed(SCHEDULE_XXE), "a schedule that reads a file of the server"),
    Case("entity.txt", fixed(XXE), "XML named plain text"),
    Case("laughs.csv", fixed(LAUGHS), "XML named table"),
    Case("endless.ics", fixed(ICS), "calendars are not taken"),
    Case("data.json", fixed(b'{"a": ' * 5000), "JSON without an end is not taken"),
    Case("deep.json", fixed(b"[" * 100_000), "JSON a hundred thousand levels deep"),
    Case(
        "mail.eml",
        fixed(b"From: a\r\nContent-Type: text/html\r\n\r\n<script>"),
        "mails are not taken",
    ),
    Case(
        "formula.csv",
        fixed(b"name;value\n=cmd|' /C calc'!A0;1\n@SUM(1);2\n"),
        "formulas: the file is only kept and sent as it is",
        EITHER,
    ),
    Case(
        "script.vtt",
        fixed(b"WEBVTT\n\n00:00.000 --> 00:01.000\n<script>window.__pwn=1</script>\n"),
        "a script in captions: no player runs it",
        EITHER,
    ),
    Case(
        "reversed.txt",
        fixed("Rechnung \u202egpj.exe".encode()),
        "text that turns round: only a text",
        EITHER,
    ),
]
