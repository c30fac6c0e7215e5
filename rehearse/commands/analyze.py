"""rehearse analyze: recordings, transcripts and takes, one or hundreds."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse import app, asjson, takefile, transcription
from rehearse.adapters.notes import read_points
from rehearse.adapters.recordings import decode
from rehearse.adapters.transcripts import is_transcript, read_transcript
from rehearse.adapters.voice_activity import SileroVoiceActivity
from rehearse.adapters.whisper import AUTO
from rehearse.analysis.whole import analyze
from rehearse.asked import earlier
from rehearse.commands.practice import as_asked
from rehearse.config import Settings, settings
from rehearse.errors import (
    DiskFull,
    HomeNotWritable,
    ModelMissing,
    RehearseError,
    WrongUsage,
)
from rehearse.model import SAMPLE_RATE, Analysis, Kind, Question, Sound, Take, Transcript, Voice
from rehearse.places import is_there
from rehearse.questions.bank import Story
from rehearse.questions.choose import questions_of
from rehearse.questions.kinds import find_kind
from rehearse.store import TakeStore
from rehearse.stories.prepared import find_story, notes_for, notes_of
from rehearse.text import clock
from rehearse.transcription import Written
from rehearse.usual import usual_voice
from rehearse.views import terminal

if TYPE_CHECKING:
    from rehearse.model import Samples
    from rehearse.ports import Transcriber


def run(asked: argparse.Namespace) -> int:
    if asked.transcript and len(asked.paths) > 1:
        raise WrongUsage("--transcript holds the words of one recording.", "Name one path.")
    chosen = settings(asked)
    analyst = Analyst(chosen, asked)
    for number, path in enumerate(asked.paths, start=1):
        if len(asked.paths) > 1:
            analyst.say(f"{number} of {len(asked.paths)}  {path}")
        try:
            analysis = analyst.analysis(path)
        except RehearseError as error:
            analyst.fail(str(error) if path in error.what else f"{path}: {error}")
        else:
            _show(analysis, path, as_json=asked.json, chosen=chosen)
    return 1 if analyst.failures else 0


def _show(analysis: Analysis, path: str, *, as_json: bool, chosen: Settings) -> None:
    if as_json:
        app.print_json(asjson.analysis(analysis, path))
    else:
        app.console(chosen).print(terminal.report(analysis, plain=chosen.plain))


class Analyst:
    """Analyses one input after the other; the model is loaded for the first that needs it."""

    def __init__(self, chosen: Settings, asked: argparse.Namespace) -> None:
        self._chosen = chosen
        self._words_from = Path(asked.transcript) if asked.transcript else None
        self._language: str | None = asked.language
        self._stories = app.stories(chosen)
        self._notes = _notes(asked, self._stories)
        self._activity = SileroVoiceActivity()
        self._messages = app.console(chosen, stderr=True)
        self._question = _question(asked, chosen)
        self.failures = 0

    def say(self, text: str) -> None:
        self._messages.print(text, markup=False, soft_wrap=True)

    def fail(self, text: str) -> None:
        self.failures += 1
        self.say(text)

    def analysis(self, path: str) -> Analysis:
        """Of a recording, a transcript or a take. Raises UnreadableFile and TakeNotFound."""
        folder = self._take_folder(path)
        if folder is not None:
            return self._of_take(folder)
        if is_transcript(Path(path)):
            return self._analyzed(self._read(Path(path)), None, self._question)
        samples = decode(Path(path))
        if self._words_from is not None:
            transcript = self._read(self._words_from)
            written = self._written(samples, words=False)
            return self._analyzed(transcript, written.sound, self._question)
        written = self._written(samples)
        return self._analyzed(written.transcript, written.sound, self._question)

    def _read(self, path: Path) -> Transcript:
        """A language that is named beats the file's. Raises UnreadableFile."""
        transcript = read_transcript(path)
        named = self._language not in (None, AUTO)
        return replace(transcript, language=str(self._language)) if named else transcript

    def _take_folder(self, path: str) -> Path | None:
        """None where `path` is a file; a name that is neither file nor folder is a take's."""
        there = Path(path)
        if is_there(there / takefile.SOUND_FILE):
            return there
        if is_there(there) or there.suffix or there.parent != Path():
            return None
        return TakeStore(self._chosen.recordings).find(path)

    def _of_take(self, folder: Path) -> Analysis:
        """Every derived part anew from the sound; kept words stay unless a model is named."""
        store = TakeStore(folder.resolve().parent)
        take = store.load(folder.resolve())
        samples = store.samples(take)
        anew = take.transcript is None or self._chosen.model_chosen
        written = self._written(samples, words=anew).until(take.cut)
        sound, transcript = written.sound, written.transcript or take.transcript
        analysis = self._analyzed(
            transcript,
            sound,
            self._question or take.question,
            follows=store.followed(take),
            before=earlier(store, take),
            usual=usual_voice(store, replace(take, sound=sound)),
            turn=take.turn,
        )
        model = transcript.model if transcript else None
        try:
            store.save(replace(take, sound=sound, transcript=transcript, model=model), analysis)
        except (DiskFull, HomeNotWritable) as error:
            self.say(f"The take keeps its old report: {error.what}")
        return analysis

    def _written(self, samples: Samples, *, words: bool = True) -> Written:
        """Without a transcript where none is asked for, there is no model, or it failed: time and
        pauses remain."""
        duration = clock(len(samples) / SAMPLE_RATE)
        with self._messages.status("writing down") as status:
            written = transcription.write_down(
                samples,
                activity=self._activity,
                transcriber=self._transcriber if words else None,
                progress=lambda second: status.update(f"{clock(second)} of {duration}"),
            )
        if error := written.why:
            self.fail(f"{error.what} Without words, only time and pauses are told. {error.mend}")
        return written

    @cached_property
    def _transcriber(self) -> Transcriber:
        try:
            return app.fetched_transcriber(self._chosen, self._messages)
        except ModelMissing as missing:
            return app.NoTranscriber(missing, self._chosen.language)

    def _analyzed(
        self,
        transcript: Transcript | None,
        sound: Sound | None,
        question: Question | None,
        *,
        follows: Take | None = None,
        before: Sequence[Transcript] = (),
        turn: int = 0,
        usual: Voice | None = None,
    ) -> Analysis:
        target = self._chosen.target or (question.target if question else None)
        return analyze(
            transcript,
            sound=sound,
            question=question,
            target=target,
            notes=self._notes or notes_for(question, self._stories),
            coaching=self._chosen.coaching,
            follows=follows,
            earlier=before,
            turn=turn,
            usual=usual,
        )


def _notes(asked: argparse.Namespace, stories: Sequence[Story]) -> str | None:
    """What was meant to be said, by a story's name and by a file.

    Raises StoryNotFound and UnreadableFile."""
    story = find_story(stories, asked.story) if asked.story else None
    texts = (notes_of(story) if story else None, read_points(asked.notes))
    return "\n".join(text for text in texts if text) or None


def _question(asked: argparse.Namespace, chosen: Settings) -> Question | None:
    """The question named on the command line. Raises WrongUsage for an unknown kind."""
    kind = find_kind(asked.kind) if asked.kind else None
    if asked.kind and kind is None:
        kinds = ", ".join(one.value for one in Kind)
        raise WrongUsage(f"There is no kind of question called '{asked.kind}'.", f"Use: {kinds}.")
    if not asked.question and kind is None:
        return None
    question = as_asked(asked.question or "", questions_of(app.packs(chosen)))
    return question if kind is None else replace(question, kind=kind)
