"""One input, analysed: the same whether here, in a process of its own or on another machine.

An `Order` and the results are values that travel; the sound stays where it is.
"""

from __future__ import annotations

import io
import json
import re
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from rehearse import app
from rehearse.analysis.analyze import analyze
from rehearse.audio.recordings import read
from rehearse.batch.resultfile import Stamp, stamp
from rehearse.config import Settings
from rehearse.errors import (
    AnswerUnfit,
    DiskFull,
    HomeNotWritable,
    ModelMissing,
    RehearseError,
    SpeakerNotFound,
    UnreadableFile,
    WorkerLost,
    WritingLost,
)
from rehearse.model import codec
from rehearse.model.delivery import Voice
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Question, Sound, Take, Transcript
from rehearse.questions.bank import Story
from rehearse.speech import transcription
from rehearse.speech.dictation import Desk
from rehearse.speech.transcription import OwnDesk, Written
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import AUTO
from rehearse.stories.lookup import notes_for
from rehearse.takes import take_json
from rehearse.takes.corrections import with_transcript
from rehearse.takes.history import earlier, usual_voice
from rehearse.takes.store import TakeStore
from rehearse.text import clock, is_file, is_folder, is_there, printable
from rehearse.transcripts.fitting import fitted
from rehearse.transcripts.transcripts import is_transcript, read_transcript
from rehearse.views import terminal

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber, VoiceActivity


ALONE = "Close other programs, or use a smaller model with --model."


@dataclass(frozen=True)
class Look:
    """The screen that a report must fit; it may be on another machine."""

    width: int
    colours: str | None
    encoding: str


@dataclass(frozen=True)
class Order:
    """How to analyse every input; can be pickled and compared."""

    chosen: Settings
    question: Question | None = None
    notes: str | None = None
    stories: tuple[Story, ...] = ()
    words_from: str | None = None
    spoken_by: str | None = None
    """A part of the speaker's name."""
    language: str | None = None
    look: Look | None = None
    """The screen of a report; None for a line of JSON."""
    few_letters: bool = False
    """Whether the line is in ASCII."""
    stamped: bool = False
    """Whether the line says which state of its file it belongs to."""
    threads: int | None = None
    """Threads of the model; None for the default of the machine."""


@dataclass(frozen=True)
class Input:
    source: str
    """The input as the user named it; the result has this name."""
    path: str
    """Its absolute path, or the id of a take."""


@dataclass(frozen=True)
class Result:
    text: str
    """A line of JSON or a report; empty where there is none."""
    messages: tuple[str, ...]
    whole: bool
    """Whether there is a result with words; if not, the messages say why."""


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
    return json.dumps(asdict(found))


def bug(source: str, error: BaseException) -> Result:
    trace = "".join(traceback.format_exception(error))
    return Result("", (f"{source}: This is a bug of rehearse.\n{trace}",), whole=False)


def read_back(text: str, order: Order, source: str) -> Result:
    """A result from another machine, which may send anything. Raises AnswerUnfit."""
    try:
        value = json.loads(text)
        found = Result(value["text"], tuple(value["messages"]), value["whole"])
        parts: tuple[object, ...] = (found.text, *found.messages)
        if not all(isinstance(part, str) for part in parts) or type(found.whole) is not bool:
            raise ValueError(text)
        return replace(found, text=_tame(found.text, order, source))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AnswerUnfit("The worker's answer cannot be used.") from error


def _tame(text: str, order: Order, source: str) -> str:
    """One line of JSON about that source, written again; or a report whose only escape codes are
    colours. Raises ValueError, KeyError and TypeError."""
    if order.look is not None:
        return "".join(
            part if _COLOUR.fullmatch(part) else printable(part) for part in _COLOUR.split(text)
        )
    if not text:
        return text
    value = json.loads(text)
    if value["schema"] != codec.SCHEMA or value["source"] != source:
        raise ValueError(source)
    return codec.line(value, plain=order.few_letters)


_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")
_TURN = threading.Lock()


@lru_cache(maxsize=1)
def _analyst(order: Order) -> Analyst:
    return Analyst(order, partial(app.transcriber, order.chosen, threads=order.threads))


def take_folder(path: str, recordings: Path) -> Path | None:
    """None where `path` is a file; a name that is neither file nor folder is a take's.

    Raises TakeNotFound."""
    there = Path(path)
    if is_file(there / take_json.SOUND_FILE):
        return there
    if is_there(there) or there.suffix or there.parent != Path():
        return None
    return TakeStore(recordings).find(path)


def seen(path: str, recordings: Path) -> Stamp | None:
    """The stamp of the file; for a take that of its sound, because the rest is written again.

    Raises TakeNotFound."""
    folder = take_folder(path, recordings)
    return stamp(folder / take_json.SOUND_FILE if folder else Path(path))


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
        self._bring = bring
        self._screen = screen
        self._make_desk = desk
        self._activity = SileroVoiceActivity()
        self._desks: list[Desk] = []
        self._messages: list[str] = []
        self._whole = True

    def close(self) -> None:
        for desk in self._desks:
            desk.close()

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
            return _page(analysis, self._order.look, plain=self._order.chosen.plain)
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
            sound = self._written(samples, words=False).sound
            return self._analyzed(self._given(sound.duration), sound, question)
        self._refuse_speaker(path.name)
        written = self._written(samples)
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
        written = self._written(samples, words=anew, cut=take.cut)
        sound = written.sound
        take = self._with_words(take, written)
        transcript = take.transcript
        analysis = self._analyzed(
            transcript,
            sound,
            self._order.question or take.question,
            follows=store.followed(take),
            before=earlier(store, take),
            usual=usual_voice(store, replace(take, sound=sound)),
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

    def _written(
        self, samples: Samples, *, words: bool = True, cut: float | None = None
    ) -> Written:
        """Without a transcript where none is asked for, there is no model, or it failed: time and
        pauses remain."""
        duration = clock(len(samples) / SAMPLE_RATE)
        with self._screen.status("writing down") if self._screen else nullcontext() as status:

            def show(second: float) -> None:
                if status is not None:
                    status.update(f"{clock(second)} of {duration}")

            desk = self._writing if words else self._listening
            try:
                written = transcription.dictated(samples, desk, words=words, progress=show, cut=cut)
            except WritingLost as lost:
                raise WorkerLost(lost.what, ALONE) from lost
        if error := written.why:
            self._fail(
                f"{error.what} Without words, the report has only time and pauses. {error.mend}"
            )
        return written

    @cached_property
    def _writing(self) -> Desk:
        try:
            return self._desk(self._bring())
        except ModelMissing as missing:
            return self._desk(app.NoTranscriber(missing, self._order.chosen.language))

    @cached_property
    def _listening(self) -> Desk:
        """No model is fetched for what is only listened to."""
        nobody = app.NoTranscriber(ModelMissing(""), self._order.chosen.language)
        return self._desk(nobody)

    def _desk(self, transcriber: Transcriber) -> Desk:
        self._desks.append(self._make_desk(self._activity, transcriber))
        return self._desks[-1]

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
        chosen = self._order.chosen
        return analyze(
            transcript,
            sound=sound,
            question=question,
            target=chosen.target or (question.target if question else None),
            notes=self._order.notes or notes_for(question, self._order.stories),
            coaching=chosen.coaching,
            follows=follows,
            earlier=before,
            turn=turn,
            usual=usual,
        )


def _page(analysis: Analysis, look: Look, *, plain: bool) -> str:
    """As it is to be written on the screen of `look`, which this process need not have."""
    paper = Console(
        file=io.TextIOWrapper(io.BytesIO(), encoding=look.encoding),
        width=look.width,
        force_terminal=look.colours is not None,
        color_system=look.colours,  # type: ignore[arg-type]  # one of rich's own names
        legacy_windows=False,
        highlight=False,
        emoji=False,
    )
    with paper.capture() as page:
        paper.print(terminal.report(analysis, plain=plain))
    return page.get()
