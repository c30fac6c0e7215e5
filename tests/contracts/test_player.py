from __future__ import annotations

import pytest

from rehearse.audio.speaker import Speaker
from rehearse.errors import SpeakerFailed
from rehearse.ports import Clip, Player
from tests.fakes import FakePlayer, tone
from tests.page import playing_page


@pytest.fixture(params=["fake", "real", "browser"])
def player(request: pytest.FixtureRequest) -> Player:
    if request.param == "fake":
        return FakePlayer()
    if request.param == "browser":
        return playing_page()
    request.getfixturevalue("sound")
    return Speaker()


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100])
def test_it_plays_a_clip_of_any_rate(player: Player, rate: int) -> None:
    player.play(Clip(tone(seconds=0.1, rate=rate), rate))


def test_it_plays_one_clip_after_the_other(player: Player) -> None:
    for _ in range(3):
        player.play(Clip(tone(seconds=0.05), 16_000))


def test_a_clip_without_sound_is_played_at_once(player: Player) -> None:
    player.play(Clip(tone(seconds=0), 16_000))


@pytest.mark.parametrize("kind", ["fake", "real", "browser"])
def test_a_speaker_that_is_not_there_raises(kind: str, request: pytest.FixtureRequest) -> None:
    player: Player = FakePlayer(fails=SpeakerFailed("gone"))
    if kind == "real":
        request.getfixturevalue("sound")
        player = Speaker("no such speaker")
    if kind == "browser":
        player = playing_page(failed=True)
    with pytest.raises(SpeakerFailed):
        player.play(Clip(tone(seconds=0.1), 16_000))
