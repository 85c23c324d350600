"""What strangers write into a mail can neither be clicked nor hide anything."""

import pytest

from nexsm.base.mail import texts

HOSTILE = [
    "https://evil.example/login",
    "HTTP://EVIL.EXAMPLE",
    "www.evil.example/x",
    "evil.com",
    "evil.example/path",
    "ftp://evil.example",
    "https://nexsm.example.org@evil.com/",
    "https://nexsm.example.org.evil.com/",
    "http://nexsm.example.org/",
    "https://nexsm.example.org:8443/",
    "xn--nxsm-1wa.example/x",
    "éвil.com",
]
PLAIN = [
    "Verein für Vielfalt e. V.",
    "z.B. am 12.30 Uhr, i.d.R. sonntags",
    "Satzung.pdf und Leitfaden.docx",
    "10.1234/abc.def",
    "und//oder",
    "Schreib an team@verein.de.",
    "vorname.nachname@verein.de",
    "نحن نساعدكم",
    "می‌خواهم",
]


@pytest.fixture(autouse=True)
def address_of_the_site(settings):
    settings.BASE_URL = "https://nexsm.example.org"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_foreign_link_can_be_clicked(text):
    told = texts.body(f"Hallo {text} Welt")
    assert "://" not in told
    assert "www." not in told
    assert "[.]" in told


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_link_stays_as_it_is(text):
    assert texts.body(text) == text + "\n"


def test_links_to_the_site_stay():
    text = "Hier: https://nexsm.example.org/de/mitmachen/?a=1."
    assert texts.body(text) == text + "\n"


@pytest.mark.parametrize("text", [*HOSTILE, "nexsm.example.org@evil.com", "mailto:a@evil.com"])
def test_a_name_carries_no_link_at_all(text):
    assert texts.name(f"Ada {text}") == "Ada …"


def test_a_name_is_one_short_line():
    told = texts.name("Ada\r\nBcc: all@example.org\n" + "x" * 300)
    assert "\n" not in told
    assert "\r" not in told
    assert len(told) <= 60


@pytest.mark.parametrize("hidden", "\u202e\u2066\u200b\u0000\u0007\ufeff\U000e0041")
def test_characters_that_hide_are_gone(hidden):
    assert texts.name(f"A{hidden}da") == "Ada"
    assert texts.subject(f"A{hidden}da") == "Ada"
    assert texts.body(f"A{hidden}da") == "Ada\n"


def test_a_subject_is_one_line():
    assert texts.subject("Neu\r\nBcc: all@example.org") == "Neu Bcc: all@example.org"
    assert len(texts.subject("x" * 900)) == 200
