"""One input, analysed: the same whether here, in a process of its own or on another machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from rehearse import app
from rehearse.analysis.analyze import analyze
from rehearse.analysis.keypoints.names import names
from rehearse.analysis.sound.heard_fillers import have_times
from rehearse.audio.recordings import read
from rehearse.batch.desks import Desks
from rehearse.batch.orders import Input, Order, Result, bug
from rehearse.batch.sources import seen, take_folder
from rehearse.errors import (
    DiskFull,
    HomeNotWritable,
    RehearseError,
    SpeakerNotFound,
    UnreadableFile,
)
from rehearse.model import codec
from rehearse.model.delivery import Voice
from rehearse.model.structure import Analysis
from rehearse.model.take import Question, Sound, Take, Transcript
from rehearse.speech.dictation import Desk, Wish
from rehearse.speech.transcription import OwnDesk, Written
from rehearse.speech.whisper import AUTO
from rehearse.stories.lookup import notes_for
from rehearse.takes.corrections import with_transcript
from rehearse.takes.history import baseline_voice, earlier
from rehearse.takes.store import TakeStore
from rehearse.text import is_folder
from rehearse.transcripts.fitting import fitted
from rehearse.transcripts.transcripts import is_transcript, read_transcript
from rehearse.views import terminal

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Meaning, Transcriber, VoiceActivity

ONLY_WRITTEN = "Only the 'um' and 'uh' of the transcript are counted."
_TURN = threading.Lock()


def result_of(order: Order, given: Input) -> Result:
    """One after the other, with the model of this process: its calls do not overlap."""
    with _TURN:
        return _analyst(order).result(given)


def text_of(order: Order, given: Input) -> str:
    """The result as it travels from another machine: JSON, also of a bug."""
    try:
        found = result_of(order, given)
    except RehearseError as error:
        found = Result("", (f"{given.source}: {error}",), whole=False)
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest
        found = bug(given.source, error)
    return json.dumps(codec.dump(found))


@lru_cache(maxsize=1)
def _analyst(order: Order) -> Analyst:
    return Analyst(order, partial(app.transcriber, order.chosen, threads=order.threads))


class Analyst:
    """Analyses one input after the other; the model is loaded for the first that needs it. What it
    is at is shown on the `screen`, if there is one. `desk` makes the place to write down at."""

    def __init__(
        self,
        order: Order,
        bring: Callable[[], Transcriber],
        screen: Console | None = None,
        *,
        desk: Callable[[VoiceActivity, Transcriber], Desk] = OwnDesk,
    ) -> None:
        self._order = order
        listen = partial(app.only_ear, order.chosen, threads=order.threads)
        self._desks = Desks(bring, listen, desk, language=order.chosen.language, screen=screen)
        self._messages: list[str] = []
        self._whole = True
        self._reads: tuple[Meaning | None] | None = None

    def close(self) -> None:
        self._desks.close()

    def result(self, given: Input) -> Result:
        """Raises no error that a file can cause."""
        self._messages, self._whole = [], True
        try:
            text = self._text(given)
        except RehearseError as error:
            named = given.source in error.what
            self._fail(str(error) if named else f"{given.source}: {error}")
            text = ""
        return Result(text, tuple(self._messages), self._whole)

    def _text(self, given: Input) -> str:
        recordings = self._order.chosen.recordings
        before = seen(given.path, recordings)
        folder = take_folder(given.path, recordings)
        analysis = self._of_take(folder) if folder else self._of_file(Path(given.path))
        if self._order.look is not None:
            return self._order.look.drawn(terminal.report(analysis, plain=self._order.chosen.plain))
        value = codec.analysis(analysis, given.source)
        if self._order.stamped:
            value["file"] = before if self._whole else None
        return codec.line(value, plain=self._order.few_letters)

    def _fail(self, text: str) -> None:
        self._whole = False
        self._messages.append(text)

    def _of_file(self, path: Path) -> Analysis:
        """Of a recording or a transcript. Raises UnreadableFile."""
        question = self._order.question
        if is_transcript(path):
            return self._analyzed(self._read(path), None, question)
        if is_folder(path):
            raise UnreadableFile(
                f"'{path}' has no recordings or takes that I can read.",
                "Name transcripts one by one.",
            )
        recording = read(path)
        if recording.remark:
            self._messages.append(recording.remark)
        samples = recording.samples
        if self._order.words_from is not None:
            heard = self._desks.heard(samples)
            given = self._given(heard.sound.duration)
            self._messages += _unheard(heard, given, self._order.chosen.model)
            return self._analyzed(given, heard.sound, question)
        self._refuse_speaker(path.name)
        written = self._written(samples, self._wish(question))
        return self._analyzed(written.transcript, written.sound, question)

    def _read(self, path: Path) -> Transcript:
        """A language that is named beats the file's. Raises UnreadableFile."""
        transcript = read_transcript(path, speaker=self._order.spoken_by)
        self._messages += transcript.notes
        return replace(transcript, language=self._language or transcript.language, notes=())

    def _given(self, length: float) -> Transcript:
        """The words that --transcript names, of a recording of that many seconds. Raises
        UnreadableFile."""
        path = Path(self._order.words_from or "")
        transcript = fitted(self._read(path), length, str(path))
        self._messages += transcript.notes
        return replace(transcript, notes=())

    def _refuse_speaker(self, named: str) -> None:
        """Raises SpeakerNotFound: a recording names nobody."""
        if self._order.spoken_by is not None:
            raise SpeakerNotFound(
                f"'{named}' has no speaker names.",
                "Use --speaker with a transcript that names them.",
            )

    @property
    def _language(self) -> str | None:
        """The one that was asked for, if any."""
        language = self._order.language
        return None if language in (None, AUTO) else self._order.chosen.language

    def _of_take(self, folder: Path) -> Analysis:
        """Make every derived part again from the sound; saved words stay unless a model is
        named."""
        store = TakeStore(folder.resolve().parent)
        take = store.load(folder.resolve())
        samples = store.samples(take)
        given = self._order.words_from is not None
        anew = not given and (take.transcript is None or self._order.chosen.model_chosen)
        wish = self._wish(self._order.question or take.question, words=anew)
        written = self._written(samples, wish, cut=take.cut)
        sound = written.sound if anew else _as_heard(written.sound, take)
        take = self._with_words(take, written)
        transcript = take.transcript
        analysis = self._analyzed(
            transcript,
            sound,
            self._order.question or take.question,
            follows=store.followed(take),
            before=earlier(store, take),
            baseline=baseline_voice(store, replace(take, sound=sound)),
            turn=take.turn,
        )
        model = transcript.model if transcript else None
        try:
            store.save(replace(take, sound=sound, model=model), analysis)
        except (DiskFull, HomeNotWritable) as error:
            self._messages.append(f"The take keeps its old report. {error.what}")
        return analysis

    def _with_words(self, take: Take, written: Written) -> Take:
        """Those that --transcript names, those that were just written down, or its own. Raises
        UnreadableFile and SpeakerNotFound."""
        if self._order.words_from is not None:
            given = self._given(written.sound.duration)
            return with_transcript(take, given, language=self._language)
        self._refuse_speaker(take.id)
        if written.transcript is None:
            return take
        return replace(take, transcript=written.transcript, original=None)

    def _wish(self, question: Question | None, *, words: bool = True) -> Wish:
        """With the names that may be said: those of the notes, and the user's own."""
        told = self._notes(question) or ""
        return Wish(words=words, names=(*self._order.chosen.names, *names(told)))

    def _written(self, samples: Samples, wish: Wish, *, cut: float | None = None) -> Written:
        written = self._desks.written(samples, wish, cut=cut)
        if error := written.why:
            self._fail(
                f"{error.what} Without words, the report has only time and pauses. {error.mend}"
            )
        return written

    def _analyzed(
        self,
        transcript: Transcript | None,
        sound: Sound | None,
        question: Question | None,
        *,
        follows: Take | None = None,
        before: Sequence[Transcript] = (),
        turn: int = 0,
        baseline: Voice | None = None,
    ) -> Analysis:
        chosen = self._order.chosen
        notes = self._notes(question)
        return analyze(
            transcript,
            sound=sound,
            question=question,
            target=chosen.target or (question.target if question else None),
            notes=notes,
            meaning=self._meaning() if notes else None,
            coaching=chosen.coaching,
            follows=follows,
            earlier=before,
            turn=turn,
            baseline=baseline,
        )

    def _notes(self, question: Question | None) -> str | None:
        return self._order.notes or notes_for(question, self._order.stories)

    def _meaning(self) -> Meaning | None:
        """Looked for once, and only where there are notes."""
        if self._reads is None:
            self._reads = (app.meaning(self._order.chosen, self._messages.append),)
        return self._reads[0]


def _unheard(heard: Written, given: Transcript, model: str) -> Iterator[str]:
    """Why hesitations are not heard that a transcript from elsewhere leaves out, if so."""
    if heard.why is not None:
        yield f"{ONLY_WRITTEN} {heard.why}"
    elif not have_times(given.words):
        yield f"{ONLY_WRITTEN} The transcript's words have no times, so some would count twice."
    elif heard.sound.speech and heard.sound.hesitations is None:
        yield f"{ONLY_WRITTEN} {Path(model).name} hears no 'um' and 'uh'."


def _as_heard(sound: Sound, take: Take) -> Sound:
    """With the hesitations that the model heard which wrote the take down."""
    return replace(sound, hesitations=take.sound.hesitations if take.sound else None)
