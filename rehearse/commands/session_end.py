"""The end of a session: its page, or what is saved where it was stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rehearse import app
from rehearse.commands.screen import Screen
from rehearse.config import Settings
from rehearse.errors import UnreadableFile
from rehearse.model.structure import Analysis
from rehearse.model.take import Take
from rehearse.progress.session_summary import SessionSummary, summed_up, totals
from rehearse.session.analyze_take import analyze_take
from rehearse.session.resume import Unfinished, read
from rehearse.takes.history import answers_before, answers_of
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import GIVEN_UP
from rehearse.text import counted
from rehearse.views import brief, session_page
from rehearse.views.session_page import Kept, Seat

STOPPED = "Stopped."
AFTERWARDS = "To hear your last answer: rehearse replay\nTo see its page: rehearse report --open"


def tell_what_is_saved(unfinished: Unfinished, store: TakeStore, chosen: Settings) -> None:
    """Say what of this session is on the disk, and how it goes on."""
    ours = [
        take
        for take in store.readable(store.folders())
        if take.session == unfinished.session and not take.is_silent
    ]
    waiting = [take for take in ours if take.transcript is None and take.ending not in GIVEN_UP]
    many = "are" if len(ours) > 1 else "is"
    kept = f"{counted(len(ours), 'recording')} of this session {many} saved."
    said = [f"\n{STOPPED} {kept if ours else 'Nothing was recorded.'}"]
    if waiting:
        said.append("To get the report of the last one: rehearse recover")
    try:
        left = read(chosen.home)
    except UnreadableFile:
        left = None
    if left and left.session == unfinished.session:
        said.append("To continue: rehearse practice --resume")
    app.console(chosen, stderr=True).print("\n".join(said), markup=False)


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
    app.console(chosen).print(f"\n{AFTERWARDS}", style="dim")


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
