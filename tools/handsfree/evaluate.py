"""How surely words that are said to the program are told from an answer's: one figure a line.

An answer is put at its worst: a pause before and a silence behind every line, and behind every mark
in it, where people hardly ever make both. Part of it is spoken by synthetic voices and written down
by the miniature, through the same scribe that listens to a person.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

from rehearse.model.take import SAMPLE_RATE, Span, Word
from rehearse.session.endpoint import SETTLED, Ended, Endpoint
from rehearse.session.phrases import builtin_commands
from rehearse.speech import models
from rehearse.speech.segmenter import LEAST_SPEECH, LONGEST_ASIDE, PADDING
from rehearse.speech.transcription import Written, write_down
from rehearse.speech.utterance import Listening, last_utterance, set_off
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from tools.miniature.grammar import Grammar
from tools.miniature.speak import Sound, Speaker, Voice
from tools.miniature.voices import PLAIN
from tools.star.answers import read_answers

PHRASINGS = Path(__file__).parent / "phrasings.txt"
WORDS_A_MINUTE = 150.0
MARKS = re.compile(r"(?<=[,.;:!?])\s+")
PAUSE = 1.2
"""Seconds between two lines that are spoken."""
LINES = 12
"""Of one spoken answer, some forty seconds."""
RATES = (150, 165, 180)
CLOSINGS = ("I'm done.", "Done.", "That's my answer.", "Start over.")


@dataclass(frozen=True)
class Phrasing:
    command: str
    text: str


def read_phrasings(path: Path = PHRASINGS) -> list[Phrasing]:
    lines = (line for line in path.read_text("utf-8").splitlines() if " = " in line)
    return [Phrasing(*(part.strip() for part in line.split(" = ", 1))) for line in lines
            if not line.startswith("#")]  # fmt: skip


def line(name: str, value: float, unit: str, of: str) -> None:
    sys.stdout.write(f"{name} {value:.1f} {unit} (n={of})\n")


def recall(verbose: bool) -> None:
    commands = builtin_commands()
    asked = [one for one in read_phrasings() if one.command != "none"]
    others = [one for one in read_phrasings() if one.command == "none"]
    found = {one: commands.find(one.text) for one in [*asked, *others]}
    right = [one for one in asked if (hit := found[one]) and hit.value == one.command]
    wrong = [one for one in asked if (hit := found[one]) and hit.value != one.command]
    line("command_recall", 100 * len(right) / len(asked), "%", f"{len(asked)} phrasings")
    line("command_mistaken", 100 * len(wrong) / len(asked), "%", f"{len(asked)} phrasings")
    taken = [one for one in others if found[one]]
    line("command_false", len(taken), "taken", f"{len(others)} other utterances")
    if verbose:
        for one in [*[one for one in asked if one not in right], *taken]:
            sys.stderr.write(f"{one.command}: {one.text} -> {found[one]}\n")


def utterances(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each part between two marks, and the word before it."""
    before = ""
    for text in texts:
        for part in MARKS.split(text):
            yield part, before
            before = part.split()[-1]


def in_text(verbose: bool) -> None:
    """Every line and every part of one as if it stood between two pauses."""
    words = parts = triggers = 0
    for answer in read_answers():
        texts = [each.text for each in answer.lines]
        words += sum(len(text.split()) for text in texts)
        now = 0.0
        for text, before in utterances(texts):
            parts += 1
            first = Word(before, now, now + 0.4) if before else None
            span = Span(now + 2, now + 2 + 0.4 * len(text.split()))
            said = tuple(Word(word, span.start, span.end) for word in text.split())
            listening = Listening(20.0, 1.5, span.end, None)
            speech = (Span(now, now + 0.4), span)
            heard = last_utterance([*([first] if first else []), *said], speech)
            listening = Listening(20.0, 1.5, span.end, heard)
            if isinstance(Endpoint(wait=None, spoken=True).feed(listening), Ended):
                triggers += 1
                if verbose:
                    sys.stderr.write(f"{answer.id}: {before} | {text}\n")
    minutes = words / WORDS_A_MINUTE
    line("ended_by_mistake.text", triggers, "times", f"{parts} parts, {minutes:.0f} minutes")


def spoken_answer(grammar: Grammar, speaker: Speaker, random: Random) -> Sound:
    """Lines of a story with a pause behind each."""
    voice = Voice(random.choice(PLAIN), random.choice(RATES))
    quiet = np.zeros(round(PAUSE * SAMPLE_RATE), np.float32)
    sentences = [grammar.story(1)[0] for _ in range(LINES)]
    return np.concatenate([part for text in sentences
                           for part in (speaker.speak(text, voice).sound, quiet)])  # fmt: skip


def endings(written: Written, sound: Sound, whisper: WhisperTranscriber) -> Iterator[str]:
    """What would have ended an answer at each of its pauses; a few words between two pauses are
    heard by themselves, as the live scribe does."""
    assert written.transcript is not None
    speech, words = written.sound.speech, written.transcript.words
    for place in range(len(speech)):
        span = set_off(speech[: place + 1])
        follows = speech[place + 1].start if place + 1 < len(speech) else written.sound.duration
        if follows - span.end < SETTLED or not LEAST_SPEECH <= span.duration <= LONGEST_ASIDE:
            continue
        known = [word for word in words if (word.start or 0.0) < span.end]
        said = last_utterance(known, speech[: place + 1])
        first, last = ((edge * SAMPLE_RATE) for edge in (span.start - PADDING, span.end + PADDING))
        alone = whisper.transcribe(sound[max(0, round(first)) : round(last)]).words
        now = Listening(20.0, follows - span.end, span.end, said and replace(said, words=alone))
        if isinstance(Endpoint(wait=None, spoken=True).feed(now), Ended):
            yield " ".join(word.text for word in alone)


def in_speech(minutes: float, verbose: bool) -> None:
    model = models.miniature()
    whisper = WhisperTranscriber(model.path, model.name, language="en", threads=1)
    speaker, activity = Speaker(), SileroVoiceActivity()
    random, grammar = Random(3), Grammar(seed=303)
    seconds, triggers, pauses, heard, asked = 0.0, 0, 0, 0, 0
    while seconds < 60 * minutes:
        sound = spoken_answer(grammar, speaker, random)
        voice = Voice(random.choice(PLAIN), random.choice(RATES))
        closing = CLOSINGS[asked % len(CLOSINGS)]
        quiet = np.zeros(round(PAUSE * SAMPLE_RATE), np.float32)
        whole = np.concatenate([sound, speaker.speak(closing, voice).sound, quiet])
        written = write_down(whole, activity=activity, transcriber=whisper)
        found = list(endings(written, whole, whisper))
        pauses += len(written.sound.speech)
        at_end = bool(found) and found[-1].casefold() == closing.casefold()
        heard, asked = heard + at_end, asked + 1
        mistaken = found[:-1] if at_end else found
        triggers += len(mistaken)
        seconds += len(sound) / SAMPLE_RATE
        if verbose and (mistaken or not at_end):
            text = written.transcript.text if written.transcript else ""
            sys.stderr.write(f"{closing} heard as ...{text[-60:]}; by mistake: {mistaken}\n")
    of = f"{pauses} pauses, {seconds / 60:.0f} minutes"
    line("ended_by_mistake.synthetic_speech", triggers, "times", of)
    line("closing_words_heard.synthetic_speech", 100 * heard / asked, "%", f"{asked} said")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="of synthetic speech")
    parser.add_argument("--verbose", action="store_true", help="mistakes to stderr")
    options = parser.parse_args()
    recall(options.verbose)
    in_text(options.verbose)
    in_speech(options.minutes, options.verbose)


if __name__ == "__main__":
    main()
