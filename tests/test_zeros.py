"""A microphone that gives nothing for a while: found in the sound, told, and counted nowhere."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from numpy.typing import NDArray

from rehearse.analysis.analyze import analyze
from rehearse.model.delivery import Timing, Verdict
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Kind, Question, Sound, Span, Transcript
from rehearse.speech.transcription import write_down
from rehearse.speech.zeros import Zeros
from rehearse.takes import take_json
from rehearse.takes.summary import summarize
from rehearse.views import nothing, spoken
from rehearse.views.headline import headline
from tests import sample
from tests.fakes import FakeVoiceActivity, tone
from tests.sounds import wav
from tests.speech import spoken as said
from tests.spoken import needs_miniature

ROOT = Path(__file__).parent.parent

Pcm = NDArray[np.float32]


def dead(seconds: float) -> Pcm:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def live(seconds: float) -> Pcm:
    noise = np.random.default_rng(7).integers(1, 3, round(seconds * SAMPLE_RATE))
    return (noise / 32768).astype(np.float32)


SOUNDS: dict[str, tuple[list[Pcm], list[tuple[float, float]]]] = {
    "from the start": ([dead(4), live(3)], [(0.0, 4.0)]),
    "in the middle": ([live(2), dead(5), live(2)], [(2.0, 7.0)]),
    "to the end": ([live(2), dead(3.5)], [(2.0, 5.5)]),
    "twice": ([live(1), dead(3), live(1), dead(4), live(1)], [(1.0, 4.0), (5.0, 9.0)]),
    "always": ([dead(9)], [(0.0, 9.0)]),
    "always, and short": ([dead(0.5)], [(0.0, 0.5)]),
    "a driver that stumbles": ([live(2), dead(0.1), live(2), dead(0.1), live(2)], []),
    "a moment at the end": ([live(2), dead(2.9)], []),
    "never": ([live(5)], []),
}


@pytest.mark.parametrize("name", SOUNDS)
@pytest.mark.parametrize("block", [1600, 999, 10**6])
def test_where_there_is_no_sound(name: str, block: int) -> None:
    parts, expected = SOUNDS[name]
    sound = np.concatenate(parts)
    zeros = Zeros()
    for first in range(0, len(sound), block):
        zeros.feed(sound[first : first + block])
    assert [(s.start, s.end) for s in zeros.stretches()] == expected


def test_what_is_written_down_knows_where_the_microphone_was_dead() -> None:
    sound = np.concatenate([tone(seconds=3), dead(20), tone(seconds=3)])
    written = write_down(sound, activity=FakeVoiceActivity(), transcriber=None)
    assert written.sound.no_sound[0].start == pytest.approx(3.0, abs=0.01)
    assert written.sound.no_sound[0].end == pytest.approx(23.0, abs=0.01)
    before = written.until(10.0).sound
    assert before.no_sound[0].end == 10.0
    assert written.until(5.0).sound.no_sound == (), "the silence that ended an answer is none"


def muted(speech: str, *stretches: Span, more: float = 0.0) -> Sound:
    sound = said(speech).sound
    return replace(sound, duration=sound.duration + more, no_sound=stretches)


SPEECH = "Last spring our release broke and I wrote the test that finds it. _30_ We shipped it."
QUESTION = Question("Tell me about a failure.", Kind.BEHAVIOURAL)


def analysed(sound: Sound, *, target: float | None = None) -> Analysis:
    return analyze(said(SPEECH).transcript, sound=sound, question=QUESTION, target=target)


def test_dead_time_is_no_pause_and_slows_nobody_down() -> None:
    gap = max(analysed(said(SPEECH).sound).pauses.items, key=lambda one: one.duration)  # type: ignore[union-attr]
    as_pause = analysed(said(SPEECH).sound)
    as_dead = analysed(muted(SPEECH, Span(gap.start, gap.end)))
    assert as_pause.pauses and as_dead.pauses and as_pause.pace and as_dead.pace
    assert as_dead.pauses.count == as_pause.pauses.count - 1
    assert as_dead.timing.duration == as_pause.timing.duration, "both lengths are kept"
    assert as_dead.timing.heard == pytest.approx((as_pause.timing.duration or 0) - gap.duration)
    assert (as_dead.pace.words_per_minute or 0) > 2 * (as_pause.pace.words_per_minute or 0)
    assert as_dead.timing.phonation == as_pause.timing.phonation


def test_dead_time_counts_neither_against_the_target_nor_for_it() -> None:
    whole = said(SPEECH).sound.duration
    late = Span(whole, whole + 300.0)
    sound = muted(SPEECH, late, more=300.0)
    assert analysed(sound, target=whole).timing.verdict is Verdict.ON_TARGET
    assert analysed(sound, target=whole + 200).timing.verdict is not Verdict.SHORT
    assert analysed(sound, target=4 * (whole + 300)).timing.verdict is Verdict.SHORT


UNTOLD = (
    "Last year our site was failing every single night. I read every log, and I built a queue. I"
    " called the team and I showed them what I had found. "
)


def test_no_advice_is_built_on_what_the_microphone_kept_back() -> None:
    whole = said(UNTOLD)
    dead = replace(
        whole.sound,
        duration=whole.sound.duration + 60,
        no_sound=(Span(whole.sound.duration, whole.sound.duration + 60),),
    )
    about: dict[bool, set[str]] = {}
    for is_dead, sound in ((False, whole.sound), (True, dead)):
        analysis = analyze(whole.transcript, sound=sound, question=QUESTION, target=60.0)
        about[is_dead] = {piece.code for piece in analysis.advice}
    assert {"missing_result", "hardly_begun"} <= about[False], "or this would show nothing"
    assert not about[True] & about[False]


def test_a_reaction_is_not_known_where_the_microphone_came_on_late() -> None:
    sound = Sound(20.0, (Span(8.0, 20.0),), no_sound=(Span(0.0, 7.0),))
    analysis = analyze(None, sound=sound, question=QUESTION, target=None)
    assert (analysis.timing.reaction, analysis.timing.answer) == (None, 12.0)


@pytest.mark.parametrize(
    ("stretches", "text"),
    [
        ((), ""),
        ((Span(41.2, 80.0),), "From 0:41 on the microphone gave no sound."),
        ((Span(41.2, 62.0),), "From 0:41 to 1:02 the microphone gave no sound."),
        (
            (Span(10.0, 20.0), Span(41.0, 79.9)),
            "From 0:10 to 0:20 and from 0:41 on the microphone gave no sound.",
        ),
    ],
)
def test_the_report_says_from_when_to_when(stretches: tuple[Span, ...], text: str) -> None:
    assert nothing.gaps(Timing(80.0, None, None, None, 30.0, None, stretches)) == text


def silent(sound: Sound) -> Analysis:
    return analyze(Transcript(()), sound=sound, question=QUESTION, target=60.0)


@pytest.mark.parametrize(
    ("no_sound", "text", "aloud"),
    [
        ((Span(0.0, 12.0),), nothing.NO_SOUND, spoken.NO_SOUND),
        ((), nothing.NO_SPEECH, spoken.NO_SPEECH),
    ],
)
def test_a_silent_take_has_a_sentence_and_no_figures(
    no_sound: tuple[Span, ...], text: str, aloud: str
) -> None:
    analysis = silent(Sound(12.0, (), no_sound=no_sound))
    assert analysis.is_silent
    assert (analysis.fillers, analysis.advice) == (None, ())
    assert headline(analysis, written_down=True) == text
    assert spoken.summary(analysis) == aloud
    take = replace(sample.TAKE, transcript=Transcript(()))
    summary = summarize(take, analysis, duration=12.0, size=1)
    assert (summary.is_answer, summary.spoken, summary.fillers_per_minute) == (False, 0.0, None)


def test_a_take_keeps_its_dead_stretches() -> None:
    sound = Sound(30.0, (Span(1.0, 9.0),), no_sound=(Span(9.5, 30.0),))
    take = replace(sample.TAKE, sound=sound)
    assert take_json.load(take_json.dump(take, None), "it").sound == sound
    older = take_json.dump(take, None).replace('"no_sound"', '"unknown"')
    back = take_json.load(older, "it").sound
    assert back is not None and back.no_sound == ()


@needs_miniature
def test_a_silent_file_is_a_sentence_and_valid_json(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    path.write_bytes(wav(dead(12)))
    command = [sys.executable, "-m", "rehearse", "analyze", str(path), "--model", "miniature"]
    command += ["--home", str(tmp_path), "--plain"]
    page = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert nothing.NO_SOUND in " ".join(page.split())
    for figure in ("Time", "Fillers", "Pauses", "Next time"):
        assert figure not in page
    done = subprocess.run(
        [*command, "--json"], capture_output=True, text=True, timeout=120, check=True
    )
    value = json.loads(done.stdout)
    schema = json.loads((ROOT / "docs/analysis.schema.json").read_text("utf-8"))
    jsonschema.validate(value, schema)
    assert value["timing"]["no_sound"] == [{"start": 0.0, "end": 12.0}]
    assert (value["timing"]["heard"], value["fillers"], value["advice"]) == (0.0, None, [])
