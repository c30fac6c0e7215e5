"""Speed and memory, one figure a line: `name value unit (n=…)`. Ratios are taken within one run."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from rehearse.analysis.analyze import analyze
from rehearse.analysis.sound.prosody import Tally, level_variation, pitch_variation, tally
from rehearse.analysis.sound.voicing import frames
from rehearse.analysis.words.pace import pace
from rehearse.analysis.words.pauses import pauses
from rehearse.analysis.words.syllables import builtin_syllables
from rehearse.audio.resample import resampled
from rehearse.commands.demo import read_script
from rehearse.model.take import SAMPLE_RATE, Ending, Question, Span, Take, Transcript, Word
from rehearse.speech import models, transcription
from rehearse.speech.voice import SpokenVoice
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from rehearse.takes import take_json
from rehearse.takes.store import TakeStore
from tools.bench import live, many, memory, real
from tools.bench.figures import RUNS, fastest, line

TAKES = 50
MANY = 5000
ANSWER = 300
"""Words of a whole answer: two minutes."""
SPOKEN = 120
"""Seconds of speech whose delivery is measured."""
PIECE = 28
"""Seconds: the longest that is heard at once."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="the shape of small.en, too")
    parser.add_argument(
        "--seconds", type=int, nargs="*", default=live.LENGTHS, help="lengths spoken in real time"
    )
    args = parser.parse_args()
    start_up()
    transcript = hearing()
    analysis(transcript)
    delivery()
    listing()
    listing_many(transcript)
    for shape in ("base.en", "small.en") if args.small else ("base.en",):
        live.waits(shape, args.seconds)
    real.waits(args.seconds)
    memory.memory()
    many.growth()


def start_up() -> None:
    def command(*arguments: str) -> float:
        whole = [sys.executable, *arguments]
        return fastest(lambda: subprocess.run(whole, check=True, capture_output=True), 15)

    nothing = command("-c", "pass")
    line("start_up_ratio", command("-m", "rehearse", "--help") / nothing, "of 'pass'", n=15)
    with tempfile.TemporaryDirectory() as home:
        line("web_address", fastest(partial(_web_address, home)), "s", n=RUNS)


def _web_address(home: str) -> None:
    """From the start of 'rehearse web' until its address is printed."""
    command = [sys.executable, "-m", "rehearse", "web", "--no-open", "--home", home]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet) as program:
        assert program.stdout is not None and program.stdout.readline().startswith(b"http")
        program.kill()


def hearing() -> Transcript:
    """The demo's second answer, spoken and written down."""
    script = read_script()
    voice = SpokenVoice(script.candidate_voice, script.rate, driver="espeak")
    line("voice_render", fastest(lambda: voice.render(script.questions[0].text)), "s", n=RUNS)
    clip = voice.render(script.answers[1])
    samples = resampled(clip.samples, clip.rate, SAMPLE_RATE)
    activity = SileroVoiceActivity()
    seconds = len(samples) / SAMPLE_RATE
    listening = fastest(
        lambda: transcription.write_down(samples, activity=activity, transcriber=None)
    )
    line("voice_activity_real_time_factor", listening / seconds, "s/s", n=RUNS)
    model = models.miniature()
    transcriber = WhisperTranscriber(model.path, model.name)
    line("miniature_load", fastest(transcriber.load, 1), "s", n=1)

    def write() -> Transcript:
        written = transcription.write_down(samples, activity=activity, transcriber=transcriber)
        assert written.transcript is not None
        return written.transcript

    line("miniature_real_time_factor", fastest(write) / seconds, "s/s", n=RUNS)
    return write()


def analysis(transcript: Transcript) -> None:
    def run() -> object:
        return analyze(transcript, sound=None, question=None, target=None)

    run()  # reads the rules
    words = len(transcript.words)
    line("analysis", 1000 * fastest(run), f"ms for {words} words", n=RUNS)


def delivery() -> None:
    """Voice, pauses and pace of two minutes, in pieces as they are heard; without the
    voice activity, which has a line of its own."""
    samples = live.speech(SPOKEN)
    activity = SileroVoiceActivity()
    sound = transcription.write_down(samples, activity=activity, transcriber=None).sound
    words = [Word("so", at, at + 0.3) for at in range(len(samples) // SAMPLE_RATE)]
    rules = builtin_syllables("en")
    size = PIECE * SAMPLE_RATE

    def run() -> None:
        tallied = Tally()
        for first in range(0, len(samples), size):
            seen = frames(samples[first : first + size])
            begin = first / SAMPLE_RATE
            inside = [Span(s.start - begin, s.end - begin) for s in sound.speech if s.end > begin]
            tallied += tally(seen, inside)
        pitch_variation(tallied)
        level_variation(tallied)
        found = pauses(sound, words)
        pace(
            words, duration=1.0, phonation=1.0, pauses=found.count if found else 0, syllables=rules
        )

    run()  # reads the weights
    share = 100 * fastest(run) * SAMPLE_RATE / len(samples)
    line("delivery_analysis", share, "% of the recording's length", n=RUNS)


def listing() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = TakeStore(Path(folder))
        for number in range(TAKES):
            now = f"2026-05-04T10:{number // 60:02}:{number % 60:02}+00:00"
            store.begin(Question("Why?"), now, {})
        line("list_takes", fastest(lambda: [store.load(f) for f in store.folders()]), "s", n=TAKES)


def listing_many(transcript: Transcript) -> None:
    """Takes as large as real ones, once their index is there: alone, and as a command."""
    words = tuple(islice(cycle(transcript.words), ANSWER))
    said = replace(transcript, words=words)
    found = analyze(said, sound=None, question=Question("Why?"), target=None)
    take = Take("id", "2026-05-04T10:30:00+02:00", Question("Why?"), Ending.ENDED, transcript=said)
    text = take_json.dump(take, found)
    with tempfile.TemporaryDirectory() as home:
        store = TakeStore(Path(home) / "recordings")
        for number in range(MANY):
            folder = store.folder / f"2026-05-04T10-30-00_{number:04}"
            folder.mkdir(parents=True)
            (folder / take_json.TAKE_FILE).write_text(text, "utf-8")
            (folder / take_json.SOUND_FILE).write_bytes(take_json.wav_header(0))
        line("index_takes_5000", fastest(store.summaries, 1), "s", n=1)
        line("list_takes_5000", fastest(store.summaries), "s", n=RUNS)
        command = [sys.executable, "-m", "rehearse", "takes", "--home", home]
        run = partial(subprocess.run, command, check=True, capture_output=True)
        line("takes_command_5000", fastest(run), "s", n=RUNS)


if __name__ == "__main__":
    main()
