"""Players of other sites: only those on the list, and only the host a page names."""

import pytest
from django.http import HttpResponse

from nexsm.base.players import Player, allow_frames, player_for

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=10", YOUTUBE),
        ("https://m.youtube.com/live/dQw4w9WgXcQ?si=x", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=10", YOUTUBE),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://media.ccc.de/v/38c3-talk", "https://media.ccc.de/v/38c3-talk/oembed"),
        (
            "https://digitalcourage.video/w/abcDEF123",
            "https://digitalcourage.video/videos/embed/abcDEF123?p2p=0",
        ),
    ],
)
def test_recordings_of_hosts_on_the_list_have_a_player(address, player):
    assert player_for(address).url == player


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.org/video",
        "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/@channel",
        "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
        "https://example.org/?https://youtu.be/dQw4w9WgXcQ",
        "https://vimeo.com/123456/secret",
        'https://youtu.be/dQw4w9WgXc"',
    ],
)
def test_everything_else_stays_a_link(address):
    assert player_for(address) is None


def test_an_answer_names_each_host_once_and_stays_as_it_is_without_players():
    shown, plain = HttpResponse(), HttpResponse()

    allow_frames(shown, [Player("A", "https://b.example/1"), Player("A", "https://b.example/2")])
    allow_frames(plain, [])

    assert shown._csp_update == {"frame-src": ["https://b.example"]}
    assert not hasattr(plain, "_csp_update")
