"""A voice that renders ahead: once for each text, in any order, from any thread."""

from __future__ import annotations

import threading

import pytest

from rehearse.errors import VoiceFailed
from rehearse.ports import Clip
from rehearse.speech.voice import VoiceAhead
from tests.fakes import FakeVoice

PATIENCE = 20.0


class Slow(FakeVoice):
    """Renders only when it is let go, and tells when it begins."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Event()
        self.go = threading.Event()

    def render(self, text: str) -> Clip:
        self.begun.set()
        assert self.go.wait(PATIENCE)
        return super().render(text)


def test_what_was_prepared_is_rendered_before_it_is_asked_for() -> None:
    slow = Slow()
    voice = VoiceAhead(slow)
    voice.prepare("Why us?")
    assert slow.begun.wait(PATIENCE)
    slow.go.set()
    assert voice.render("Why us?").duration == 2
    assert slow.said == ["Why us?"]


def test_asking_while_it_is_rendered_waits_for_the_one_that_runs() -> None:
    slow = Slow()
    voice = VoiceAhead(slow)
    voice.prepare("Why us?")
    clips: list[Clip] = []
    asking = [
        threading.Thread(target=lambda: clips.append(voice.render("Why us?"))) for _ in range(5)
    ]
    for thread in asking:
        thread.start()
    slow.go.set()
    for thread in asking:
        thread.join(PATIENCE)
    assert len(clips) == 5
    assert slow.said == ["Why us?"]


def test_what_was_not_prepared_is_rendered_when_it_is_asked_for() -> None:
    fake = FakeVoice()
    assert VoiceAhead(fake).render("Why?").duration == 1
    assert fake.said == ["Why?"]


def test_a_voice_that_fails_ahead_says_so_when_it_is_asked_and_may_recover() -> None:
    fake = FakeVoice(fails=VoiceFailed("hoarse"))
    voice = VoiceAhead(fake)
    voice.prepare("Why?")
    with pytest.raises(VoiceFailed, match="hoarse"):
        voice.render("Why?")
    fake.fails = None
    assert voice.render("Why?").duration == 1


@pytest.mark.parametrize(("others", "times"), [(7, 1), (8, 2)])
def test_only_the_latest_eight_clips_are_kept(others: int, times: int) -> None:
    fake = FakeVoice()
    voice = VoiceAhead(fake)
    for text in ("first", *(f"text {n}" for n in range(others)), "first"):
        voice.render(text)
    assert fake.said.count("first") == times
    voice.render("text 5")
    assert fake.said.count("text 5") == 1
