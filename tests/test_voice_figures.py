"""How lively and how loud a voice is: from tones and synthetic speech whose figures are known."""

from __future__ import annotations

import json
import math
import tracemalloc
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.sound.prosody import (
    Tally,
    level_variation,
    median_voice,
    pitch_variation,
    tally,
    voice,
)
from rehearse.analysis.sound.voicing import frames
from rehearse.audio.resample import resampled
from rehearse.model import codec
from rehearse.model.delivery import Voice
from rehearse.model.take import SAMPLE_RATE, Ending, Question, Sound, Span, Take
from rehearse.ports import VoiceActivity
from rehearse.speech.scribe import Scribe
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.takes import take_json
from rehearse.takes.history import FARTHEST, baseline_voice
from rehearse.takes.store import TakeStore
from rehearse.views import html, terminal
from rehearse.views.wording import compared_with_baseline
from tests import sample
from tests.fakes import FakeVoiceActivity
from tests.speech import spoken as said
from tests.spoken import Spoken
from tests.test_terminal_view import shown
from tools.delivery.spoken import sung

if TYPE_CHECKING:
    from rehearse.model.take import Samples

QUIET = Voice(2.0, -24.0, 5.0)
ACTIVITY = SileroVoiceActivity()


def of(samples: Samples) -> Tally:
    return tally(frames(samples), [Span(0.0, len(samples) / SAMPLE_RATE)])


def heard(samples: Samples, activity: VoiceActivity = ACTIVITY) -> Sound:
    return write_down(samples, activity=activity, transcriber=None).sound


def live(samples: Samples, activity: VoiceActivity, *, block: int) -> Sound:
    """As from a microphone, in blocks."""

    def source(span: Span) -> Samples:
        return samples[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]

    scribe = Scribe(source, activity=activity, transcriber=None, live=True)
    for at in range(0, len(samples), block):
        scribe.feed(samples[at : at + block])
    list(scribe.finish())
    return scribe.written().sound


@pytest.mark.parametrize("base", [95.0, 140.0, 210.0, 300.0])
@pytest.mark.parametrize("depth", [0.0, 1.0, 2.0, 4.0])
def test_a_vibrato_varies_by_its_depth_over_the_root_of_two(base: float, depth: float) -> None:
    found = pitch_variation(of(sung(base, depth=depth)))
    assert found == pytest.approx(depth / math.sqrt(2), abs=0.15)


def test_a_pitch_taken_for_its_octave_does_not_count() -> None:
    steady = of(sung(100.0, depth=1.0, seconds=20.0))
    jumps = of(sung(200.0, depth=0.0, seconds=1.0))
    assert pitch_variation(steady + jumps) == pytest.approx(pitch_variation(steady), abs=0.01)


def test_a_louder_and_a_softer_half_vary_by_half_their_distance() -> None:
    tone = sung(140.0, depth=0.0)
    both = np.concatenate([tone, tone / 4])
    assert level_variation(of(tone)) == pytest.approx(0, abs=0.3)
    assert level_variation(of(both)) == pytest.approx(10 * math.log10(4), abs=0.4)


def test_silence_inside_speech_is_no_quiet_speech() -> None:
    tone = sung(140.0, depth=0.0)
    gap = np.zeros(3000, np.float32)
    assert level_variation(of(np.concatenate([tone, gap, tone]))) == pytest.approx(0, abs=2)


def test_pieces_add_up_to_the_whole() -> None:
    whole = frames(sung(140.0, depth=2.0, seconds=12.0))
    parts = [tally(whole, [Span(start, start + 4.0)]) for start in (0.0, 4.0, 8.0)]
    assert sum(parts, Tally()) == tally(whole, [Span(0.0, 12.0)])


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), np.zeros(32_000, np.float32)])
def test_silence_has_no_voice(samples: Samples) -> None:
    assert voice(heard(samples)) is None


@pytest.mark.parametrize("level", [0.001, 0.05, 0.3])
def test_noise_has_no_voice(level: float) -> None:
    noise = np.random.default_rng(1).normal(0, level, 10 * SAMPLE_RATE).astype(np.float32)
    assert voice(heard(noise)) is None


def test_a_word_is_too_little_to_tell() -> None:
    assert pitch_variation(of(sung(140.0, depth=1.0, seconds=0.4))) is None
    assert pitch_variation(Tally()) is None
    assert level_variation(Tally()) is None


def test_a_voice_that_is_far_away_varies_as_it_did(spoken: Spoken) -> None:
    near = spoken.speech.sound
    loud, soft = voice(heard(near)), voice(heard(near * np.float32(0.05)))
    assert loud and soft
    assert soft.level < -40
    assert soft.level == pytest.approx(loud.level - 26, abs=0.5)
    assert soft.pitch_variation == pytest.approx(loud.pitch_variation, rel=0.1)
    assert soft.level_variation == pytest.approx(loud.level_variation, rel=0.1)


def test_a_telephone_does_not_change_the_pitch(spoken: Spoken) -> None:
    whole = spoken.speech.sound
    narrow = resampled(resampled(whole, SAMPLE_RATE, 8000), 8000, SAMPLE_RATE)
    wide, small = voice(heard(whole)), voice(heard(narrow))
    assert wide and small
    assert small.pitch_variation == pytest.approx(wide.pitch_variation, rel=0.1)


@pytest.mark.parametrize("block", [1600, 4001, SAMPLE_RATE])
def test_an_answer_sounds_the_same_live_as_from_its_file(spoken: Spoken, block: int) -> None:
    samples = np.concatenate([spoken.speech.sound] * 3)
    assert live(samples, ACTIVITY, block=block) == heard(samples)


@pytest.mark.parametrize("block", [1600, 30 * SAMPLE_RATE])
def test_speech_without_a_pause_is_heard_before_it_ends(block: int) -> None:
    """It is cut at 28 seconds while it goes on."""
    samples = sung(140.0, depth=1.0, seconds=70.0)
    activity = FakeVoiceActivity()
    found = live(samples, activity, block=block)
    assert len(found.speech) == 1
    assert found == heard(samples, activity)
    assert found.level == pytest.approx(10 * math.log10(float(np.mean(samples**2))), abs=0.1)
    assert found.pitch_variation == pytest.approx(1 / math.sqrt(2), abs=0.1)


def test_ten_minutes_sound_like_one() -> None:
    minute = np.concatenate([sung(140.0, depth=2.0, seconds=9.0), np.zeros(16_000, np.float32)] * 6)
    activity = FakeVoiceActivity()
    one, ten = heard(minute, activity), heard(np.tile(minute, 10), activity)
    assert one.pitch_variation and one.level_variation
    assert ten.pitch_variation == pytest.approx(one.pitch_variation, rel=0.01)
    assert ten.level_variation == pytest.approx(one.level_variation, rel=0.05)


def test_a_take_of_an_older_version_tells_no_voice() -> None:
    assert voice(Sound(10.0, (Span(1, 9),), level=-20.0)) is None
    assert voice(Sound(10.0, (Span(1, 9),), -20.0, (), 2.0, 5.0)) == Voice(2.0, -20.0, 5.0)
    assert voice(None) is None


def test_the_figures_are_kept_in_the_take_and_told_as_json() -> None:
    sound = Sound(10.0, (Span(1, 9),), -20.0, (), 2.5, 5.25)
    take = Take("id", "2026-05-04T10:30:00+02:00", None, Ending.ENDED, sound=sound)
    analysis = analyze(None, sound=sound, question=None, target=None)
    text = take_json.dump(take, analysis)
    assert take_json.load(text, "here").sound == sound
    told = {"pitch_variation": 2.5, "level": -20.0, "level_variation": 5.25}
    assert json.loads(text)["analysis"]["voice"] == told
    assert codec.analysis(replace(analysis, voice=None), "id")["voice"] is None


@pytest.fixture
def store(tmp_path: Path) -> TakeStore:
    return TakeStore(tmp_path / "recordings")


def keep(store: TakeStore, number: int, variation: float | None, *, spoken: float = 25.0) -> Take:
    now = f"2026-05-04T10:{number:02}:00+02:00"
    speech = (Span(1.0, 1.0 + spoken),)
    sound = Sound(2.0 + spoken, speech, -20.0 - number, (), variation, variation)
    take = replace(store.begin(Question("Why?"), now, {}), ending=Ending.ENDED, sound=sound)
    store.save(take)
    return take


def test_the_baseline_is_the_median_of_the_last_five_takes(store: TakeStore) -> None:
    for number, variation in enumerate((9.0, 1.0, 2.0, 5.0, 3.0, 4.0)):
        keep(store, number, variation)
    now = keep(store, 6, 8.0)
    keep(store, 7, 9.0)
    assert baseline_voice(store, now) == Voice(3.0, -23.0, 3.0)


def test_of_fewer_than_three_takes_there_is_no_baseline(store: TakeStore) -> None:
    for number, variation in enumerate((1.0, None, 2.0)):
        keep(store, number, variation)
    now = keep(store, 3, 8.0)
    assert baseline_voice(store, now) is None
    assert median_voice([]) is None


def test_short_takes_are_held_against_nothing_and_nothing_against_them(store: TakeStore) -> None:
    for number in range(3):
        keep(store, number, 2.0)
    assert baseline_voice(store, keep(store, 3, 8.0, spoken=10.0)) is None
    assert baseline_voice(store, keep(store, 4, 8.0)) == Voice(2.0, -21.0, 2.0)
    assert baseline_voice(store, replace(keep(store, 5, 8.0), sound=None)) is None


def test_damaged_takes_and_those_of_long_ago_are_passed_over(store: TakeStore) -> None:
    for number in range(3):
        keep(store, number, 2.0)
    for number in range(3, FARTHEST + 1):
        keep(store, number, None)
    (store.folder / keep(store, FARTHEST + 1, 2.0).id / take_json.TAKE_FILE).write_text("{")
    assert baseline_voice(store, keep(store, FARTHEST + 2, 2.0)) is None
    assert baseline_voice(store, keep(store, FARTHEST - 1, 2.0)) is not None


@pytest.mark.parametrize(
    ("variation", "told"),
    [
        (2.0, "as lively as in your last takes"),
        (2.3, "as lively as in your last takes"),
        (2.5, "a little livelier than in your last takes"),
        (3.2, "livelier than in your last takes"),
        (1.6, "a little calmer than in your last takes"),
        (1.0, "calmer than in your last takes"),
    ],
)
def test_a_voice_is_told_beside_the_last_takes(variation: float, told: str) -> None:
    analysis = replace(sample.ANALYSIS, voice=replace(QUIET, pitch_variation=variation))
    assert compared_with_baseline(analysis) is None
    with_baseline = replace(analysis, baseline=QUIET)
    assert compared_with_baseline(with_baseline) == told
    assert told in shown(terminal.report(with_baseline, plain=True))
    page = partial(html.page, sample.TAKE, sound=None, peaks=(), previous=None)
    assert f"Voice: {told}." in page(with_baseline)
    assert "Voice" not in page(analysis)
    assert "Voice" not in shown(terminal.report(analysis, plain=True))


def test_without_judgement_figures_only() -> None:
    speech = said("I did it.")
    sound = replace(speech.sound, level=-20.0, pitch_variation=3.0, level_variation=5.0)
    analysis = analyze(
        speech.transcript,
        sound=sound,
        question=None,
        target=None,
        coaching=Coaching(advice=False),
        baseline=QUIET,
    )
    assert (
        compared_with_baseline(analysis)
        == "pitch varies by 3.0 semitones, in your last takes by 2.0"
    )


def test_blocks_leave_no_seam() -> None:
    long = sung(120.0, depth=2.0, seconds=24.0)
    whole, part = frames(long), frames(long[9 * SAMPLE_RATE : 12 * SAMPLE_RATE])
    for name in ("level", "voicing", "pitch"):
        seen = getattr(whole, name)[905:1195]
        assert np.allclose(seen, getattr(part, name)[5:295], atol=1e-3), name


@pytest.mark.parametrize("hertz", [75.0, 120.0, 220.0])
def test_the_pitch_of_a_voice_is_found(hertz: float) -> None:
    seen = frames(sung(hertz, depth=0.0, seconds=1.0))
    assert 2 ** np.median(seen.pitch) == pytest.approx(hertz, rel=0.02)
    assert np.median(seen.voicing) > 0.9


def test_a_long_recording_takes_little_memory() -> None:
    long = sung(120.0, depth=2.0, seconds=300.0)
    tracemalloc.start()
    try:
        frames(long)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60e6, "results of five minutes, and one block of ten seconds"
