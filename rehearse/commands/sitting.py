"""A session on the real devices, from the first question to its page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from rich.console import Console

from rehearse import app
from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.audio.gong import Gong
from rehearse.audio.portaudio import quiet_portaudio
from rehearse.commands.screen import PROMPT, Screen
from rehearse.config import Settings
from rehearse.errors import EarFailed, NothingToAsk, UnreadableFile, WrongUsage
from rehearse.model.structure import Analysis
from rehearse.model.take import Take
from rehearse.model.waits import WAIT
from rehearse.ports import Transcriber
from rehearse.progress.session_summary import SessionSummary, summed_up, totals
from rehearse.session import interview, session
from rehearse.session.analyze_take import analyze_take
from rehearse.session.interview import Scene
from rehearse.session.one_way import FirstTryOnly, OneWay
from rehearse.session.recording import LONGEST
from rehearse.session.resume import Unfinished, read, remembered
from rehearse.session.steps import Listening, NotSaved, RecordingEnded
from rehearse.session.studio import Studio
from rehearse.takes.history import answers_before, answers_of
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import GIVEN_UP
from rehearse.text import counted, is_folder, seconds
from rehearse.views import brief, live, session_page
from rehearse.views.session_page import Kept, Seat

HANDS_FREE = f"Speak when you are ready. Say “I'm done” when you are. {live.KEYS}"
ONE_WAY = "Speak now. There is one try: Enter ends · s skips · q leaves"
LEAST_TIME = 5.0
"""Seconds of --prepare and --answer; less is a typing error."""
NEW_HOME = (
    "Your takes will be saved in {}. If you have takes in another place, such as a drive, stop here"
    " and name that folder with --home DIR."
)


@dataclass(frozen=True)
class Manner:
    """How answers end, and what is shown and played while the user speaks."""

    auto_stop: float | None = None
    hands_free: bool = False
    captions: bool = False
    counter: bool = False
    lights: bool = False
    gong: bool = False
    one_way: OneWay | None = None

    @classmethod
    def of(cls, args: argparse.Namespace) -> Manner:
        """The silence that ends an answer, in seconds; None where only keys do."""
        wait = args.auto_stop or (WAIT if args.hands_free else None)
        one_way = OneWay(_time(args.prepare, "--prepare"), _time(args.answer, "--answer"))
        return cls(
            wait,
            args.hands_free,
            args.captions,
            args.counter,
            one_way=one_way if args.prepare or args.answer else None,
        )


def _time(text: str | None, option: str) -> float | None:
    """Raises WrongUsage."""
    if text is None:
        return None
    value = seconds(text)
    if not LEAST_TIME <= value <= LONGEST:
        raise WrongUsage(
            f"{option} {text} is not a time that I can keep.",
            f"Write {LEAST_TIME:.0f} seconds to {LONGEST / 60:.0f} minutes, such as 30 or 1:30.",
        )
    return value


@dataclass(frozen=True)
class Sitting:
    chosen: Settings
    studio: Studio
    screen: Screen
    gong: Gong | None

    def hold(self, steps: Iterator[Scene], unfinished: Unfinished) -> int:
        """Show all steps, then the page. Raises EarFailed, HomeMissing and HomeNotWritable."""
        with quiet_portaudio(), closing(self.studio.desk):
            with_gong = struck(steps, self.gong) if self.gong else steps
            try:
                self.screen.show(remembered(with_gong, unfinished, self.chosen.home))
            except KeyboardInterrupt:
                tell_what_is_saved(unfinished, self.screen.store, self.chosen)
                raise
        if not self.screen.kept and not sys.stdin.isatty():
            raise EarFailed(
                "No answer was recorded, because this is not a terminal: no key can end an answer.",
                "Run this in a terminal, or try 'rehearse demo'.",
            )
        show_page(self.screen, unfinished.session, self.chosen)
        return 0


def sit_down(
    chosen: Settings,
    manner: Manner,
    *,
    notes: str | None = None,
    follow_ups: bool = False,
    transcriber: Transcriber | None = None,
    began: str | None = None,
) -> Sitting:
    """Prepare a session; nothing is opened yet. `began`: when a session that continues began.
    Raises HomeMissing and HomeNotWritable."""
    messages = app.console(chosen, stderr=True)
    _tell_of_home(chosen, messages)
    ready = transcriber or app.ready_transcriber(chosen, messages)
    studio = app.studio(
        chosen,
        transcriber=ready,
        notes=notes,
        follow_ups=follow_ups,
        auto_stop=manner.auto_stop,
        hands_free=manner.hands_free,
        began=began,
    )
    if manner.one_way:
        studio = in_one_way(studio, manner.one_way)
    screen = Screen(
        app.console(chosen),
        plain=chosen.plain,
        store=studio.store,
        judged=chosen.coaching.advice,
        prompt=_prompt(manner),
        captions=manner.captions,
        counter=lexicon(chosen) if manner.counter else None,
        lights=manner.lights,
    )
    return Sitting(chosen, session.begun(studio), screen, app.gong(chosen) if manner.gong else None)


def in_one_way(studio: Studio, one_way: OneWay) -> Studio:
    return replace(studio, keys=FirstTryOnly(studio.keys), one_way=one_way, follow_ups=False)


def _prompt(manner: Manner) -> str:
    if manner.hands_free:
        return HANDS_FREE
    return ONE_WAY if manner.one_way else PROMPT


def _tell_of_home(chosen: Settings, messages: Console) -> None:
    """Say where the takes are saved, if the folder is new or its drive is weak. Raises HomeMissing
    and HomeNotWritable."""
    store = TakeStore(chosen.recordings)
    store.check()
    if not is_folder(chosen.recordings):
        messages.print(NEW_HOME.format(chosen.home), markup=False, soft_wrap=True)
    if weakness := store.weakness():
        messages.print(weakness, markup=False, soft_wrap=True)


def struck(steps: Iterator[Scene], gong: Gong) -> Iterator[Scene]:
    """The steps, with a gong at the target of each answer."""
    has_struck = False
    for step in steps:
        if isinstance(step, Listening) and step.target and step.progress.elapsed >= step.target:
            if not has_struck:
                gong.strike()
            has_struck = True
        if isinstance(step, RecordingEnded):
            has_struck = False
            gong.wait()
        yield step
    if gong.why:
        yield NotSaved(f"The gong could not be played. {gong.why}")


def lexicon(chosen: Settings) -> Lexicon:
    """The fillers of the language and the user's own."""
    known = builtin(chosen.language) or Lexicon(chosen.language, (), ())
    return known.with_own(chosen.coaching.own_fillers)


STOPPED = "Stopped."


def tell_what_is_saved(unfinished: Unfinished, store: TakeStore, chosen: Settings) -> None:
    """Say what of this session is on the disk, and how it goes on."""
    ours = [
        take
        for take in store.readable(store.folders())
        if take.session == unfinished.session and not take.is_silent
    ]
    waiting = [take for take in ours if take.transcript is None and take.ending not in GIVEN_UP]
    said = [STOPPED]
    if ours:
        many = len(ours) > 1
        said.append(
            f"{counted(len(ours), 'recording')} of this session {'are' if many else 'is'} saved."
        )
    else:
        said.append("Nothing was recorded.")
    if waiting:
        said.append("To get the report of the last one: rehearse recover")
    try:
        left = read(chosen.home)
    except UnreadableFile:
        left = None
    if left and left.session == unfinished.session:
        said.append("To continue: rehearse practice --resume")
    app.console(chosen, stderr=True).print("\n" + " ".join(said), markup=False)


def show_page(screen: Screen, session: str, chosen: Settings) -> None:
    """Show the page of the session, unless nothing was answered; a session that continued counts as
    a whole."""
    if not screen.told:
        return
    known = {told.take.id: told.analysis for told in screen.told}
    found = summed(session, known, screen.store, chosen)
    if found is None:  # the disk was full, and the page would say that there was no answer
        return
    summary, kept, seats = found
    page = session_page.page(summary, kept, seats=seats, plain=chosen.plain)
    app.console(chosen).print(page)


def summed(
    session: str, known: Mapping[str, Analysis], store: TakeStore, chosen: Settings
) -> tuple[SessionSummary, list[Kept], list[Seat]] | None:
    """What a session's page tells, from all of its takes that are on the disk; None where there is
    none. `known` has the analysis of some by their ids."""
    takes = answers_of(store, session)
    if not takes:
        return None
    answers = [known.get(take.id) or _analyzed(take, store, chosen) for take in takes]
    before = [_analyzed(take, store, chosen) for take in answers_before(store, session)]
    summary = summed_up(answers, before, chosen.coaching)
    return (
        summary,
        [_kept(*one) for one in zip(takes, answers, strict=True)],
        _seats(takes, answers),
    )


def _seats(takes: Sequence[Take], answers: Sequence[Analysis]) -> list[Seat]:
    """The interviewers in their order; empty for a single one, whose answers are all on the
    page."""
    heard: dict[str, list[Analysis]] = {}
    for take, answer in zip(takes, answers, strict=True):
        if take.interviewer:
            heard.setdefault(take.interviewer, []).append(answer)
    seats = [Seat(name, totals(one)) for name, one in heard.items()]
    return seats if len(seats) > 1 else []


def _kept(take: Take, answer: Analysis) -> Kept:
    text = take.question.text if take.question else ""
    said = brief.lines(answer, written_down=take.transcript is not None) if take.interviewer else ()
    return Kept(take.id, text, answer.timing.answer, take.interviewer or "", tuple(said))


def _analyzed(take: Take, store: TakeStore, chosen: Settings) -> Analysis:
    return analyze_take(take, chosen.coaching, follows=store.followed(take))


OFFER = "In your last session, {left} left. Continue it? [Y/n] "


def take_up(
    chosen: Settings, manner: Manner, *, follow_ups: bool = False, notes: str | None = None
) -> int:
    """Continue the unfinished session. Raises NothingToAsk where there is none, and
    UnreadableFile."""
    found = read(chosen.home)
    if found is None:
        raise NothingToAsk("There is no session to continue.", "To begin one: rehearse practice")
    return hold(found, chosen, manner, follow_ups=follow_ups, notes=notes)


def hold(
    unfinished: Unfinished,
    chosen: Settings,
    manner: Manner,
    *,
    follow_ups: bool = False,
    notes: str | None = None,
    transcriber: Transcriber | None = None,
) -> int:
    """Ask the rest of an unfinished session. Raises EarFailed, HomeMissing and HomeNotWritable."""
    if manner.one_way:
        unfinished, follow_ups = planned(unfinished, manner.one_way), False
    sitting = sit_down(
        chosen,
        manner,
        notes=notes,
        follow_ups=follow_ups,
        transcriber=transcriber,
        began=unfinished.session,
    )
    if unfinished.plan is None:
        asked = session.practise(unfinished.left, sitting.studio, after=unfinished.place)
        return sitting.hold(asked, unfinished)
    sitting.screen.begin(unfinished.plan, unfinished.parts)
    voices = app.voices(chosen, len(unfinished.parts))
    held = interview.hold(unfinished.parts, sitting.studio, voices, after=unfinished.place)
    return sitting.hold(held, unfinished)


def planned(unfinished: Unfinished, one_way: OneWay) -> Unfinished:
    """With the longest answer as the time that each question is planned for."""
    parts = [
        replace(
            part,
            questions=tuple(
                replace(one, target=one_way.answer or one.target) for one in part.questions
            ),
        )
        for part in unfinished.parts
    ]
    return replace(unfinished, parts=tuple(parts))


def offered(chosen: Settings) -> Unfinished | None:
    """The unfinished session, if the user wants to continue it; else None."""
    try:
        found = read(chosen.home)
    except UnreadableFile as error:
        app.console(chosen, stderr=True).print(str(error), markup=False)
        return None
    if found is None:
        return None
    left = counted(len(found.left), "question is", "questions are")
    sys.stdout.write(OFFER.format(left=left))
    sys.stdout.flush()
    return found if sys.stdin.readline().strip().lower() in ("", "y", "yes") else None
