"""The page after the last question."""

from __future__ import annotations

from collections.abc import Sequence

from rehearse import app
from rehearse.analysis.session_summary import summed_up, totals
from rehearse.assess import examine
from rehearse.commands.screen import Screen
from rehearse.config import Settings
from rehearse.findings.whole import Analysis
from rehearse.model import Take
from rehearse.past import answers_before, answers_of
from rehearse.store import TakeStore
from rehearse.views import session_page
from rehearse.views.session_page import Kept, Seat


def show_page(screen: Screen, session: str, chosen: Settings) -> None:
    """Nothing where nothing was answered; all of a session that was taken up again."""
    if not screen.told:
        return
    store = screen.store
    known = {told.take.id: told.analysis for told in screen.told}
    takes = answers_of(store, session)
    if not takes:  # the disk took none of them, and the page would say that there was no answer
        return
    answers = [known.get(take.id) or _examined(take, store, chosen) for take in takes]
    before = [_examined(take, store, chosen) for take in answers_before(store, session)]
    page = session_page.page(
        summed_up(answers, before, chosen.coaching),
        [_kept(take) for take in takes],
        seats=_seats(takes, answers),
        plain=chosen.plain,
    )
    app.console(chosen).print(page)


def _seats(takes: Sequence[Take], answers: Sequence[Analysis]) -> list[Seat]:
    """In the order in which they sat there; one alone has heard all that the page tells."""
    heard: dict[str, list[Analysis]] = {}
    for take, answer in zip(takes, answers, strict=True):
        if take.interviewer:
            heard.setdefault(take.interviewer, []).append(answer)
    seats = [Seat(name, totals(one)) for name, one in heard.items()]
    return seats if len(seats) > 1 else []


def _kept(take: Take) -> Kept:
    text = take.question.text if take.question else ""
    return Kept(take.id, text, take.sound.duration if take.sound else None)


def _examined(take: Take, store: TakeStore, chosen: Settings) -> Analysis:
    return examine(take, chosen.coaching, follows=store.followed(take))
