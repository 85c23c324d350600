"""Direction and names of languages."""

import pytest

from nexsm.base.languages import direction, language_name


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", "ltr"),
        ("ar", "rtl"),
        ("fa", "rtl"),
        ("ckb", "rtl"),
        ("kmr", "ltr"),
        ("kmr-Arab", "rtl"),
        ("uz-Arab", "rtl"),
        ("az-Latn", "ltr"),
        ("ar-EG", "rtl"),
        ("", "ltr"),
        ("no-such-language", "ltr"),
    ],
)
def test_direction_follows_script_and_language(code, expected):
    assert direction(code) == expected


def test_language_names_come_from_cldr_and_fall_back_to_the_code():
    assert language_name("uk", "de") == "Ukrainisch"
    assert language_name("uk", "en") == "Ukrainian"
    assert language_name("xx-unknown", "de") == "xx-unknown"
    assert language_name("de", "not a locale") == "de"
