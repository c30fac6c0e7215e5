"""What the pages of 'rehearse web' show of takes, progress and plan, and do with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.commands import forgetting, report
from rehearse.commands.compare import compared, has_earlier
from rehearse.commands.plan import schedule_of
from rehearse.config import Settings
from rehearse.errors import TakeNotFound, WrongUsage
from rehearse.model.take import Question, Take
from rehearse.progress.progress import progress
from rehearse.progress.trend import trends
from rehearse.questions.choose import known_as
from rehearse.schedule import planning
from rehearse.schedule.pick import askable
from rehearse.schedule.planfile import interview_on
from rehearse.takes import aside, edit, select
from rehearse.takes.remarks import Remark, Remarks, parse
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import Summary
from rehearse.takes.take_json import SOUND_FILE
from rehearse.text import is_file, one_line
from rehearse.views.progress_page import page
from rehearse.web.content import Compared, Label, Opened, Planned, Sought

NOT_THERE = "This answer is not there. It was deleted or renamed."


class Archive:
    def __init__(self, chosen: Settings) -> None:
        self._chosen = chosen

    @property
    def _store(self) -> TakeStore:
        return TakeStore(self._chosen.recordings)

    def _stores(self) -> Iterator[TakeStore]:
        """Where takes are that have a page."""
        yield self._store

    def takes(self, sought: Sought) -> tuple[Summary, ...]:
        store, words = self._store, select.spoken(sought.said)
        found = [take for take in store.summaries() if take.starred or not sought.starred]
        if words:
            found = [take for take in found if edit.said(store.folder / take.id, words)]
        return tuple(reversed(found))

    def deleted(self) -> tuple[Summary, ...]:
        return tuple(reversed(aside.aside(self._store).summaries()))

    def take(self, name: str) -> Opened:
        store, folder = self._found(name)
        take = store.load(folder)
        return Opened(take, store.remarks(take), has_earlier(folder, store))

    def report(self, name: str) -> str:
        store, folder = self._found(name)
        return report.linked_page(store.load(folder), store, self._chosen, f"../sound/{name}")

    def sound(self, name: str) -> Path:
        path = self._found(name)[1] / SOUND_FILE
        if not is_file(path):
            raise TakeNotFound("The sound of this answer is not there.", "")
        return path

    def label(self, name: str, label: Label) -> None:
        title, note = one_line(label.title) or None, label.note.strip() or None

        def labelled(take: Take) -> Take:
            return replace(take, title=title, note=note, starred=label.starred)

        edit.label(*self._found(name), labelled)

    def star(self, name: str) -> None:
        edit.label(*self._found(name), lambda take: replace(take, starred=not take.starred))

    def delete(self, name: str) -> None:
        aside.set_aside(*self._found(name))

    def put_back(self, name: str) -> None:
        aside.put_back(self._store, _named(aside.aside(self._store), name))

    def forget(self, name: str) -> None:
        """Back in the list it is forgotten like any other, with every trace."""
        self.put_back(name)
        store = self._store
        forgetting.forget(self._chosen.home, store, [store.folder / name])

    def remark(self, name: str, time: str, text: str) -> None:
        store, folder = self._found(name)
        written = f"- {time.strip()} {one_line(text)}"
        new = parse(written, "Your remark", duration=store.duration(folder) or None)
        self._keep(store, folder, lambda kept: (*kept, *new.items))

    def drop_remark(self, name: str, number: int) -> None:
        self._keep(*self._found(name), lambda kept: (*kept[:number], *kept[number + 1 :]))

    def _keep(
        self,
        store: TakeStore,
        folder: Path,
        change: Callable[[tuple[Remark, ...]], tuple[Remark, ...]],
    ) -> None:
        take = store.load(folder)
        items = sorted(change(store.remarks(take)), key=lambda one: one.start)
        store.keep_remarks(take, Remarks(take.id, tuple(items)))

    def compare(self, names: Sequence[str]) -> Compared:
        if not 1 <= len(names) <= 2:
            raise WrongUsage("Choose two answers to compare.")
        store = self._store
        folders = [_named(store, name) for name in names]
        found = compared([folder.name for folder in folders], store, self._chosen)
        takes = (found.before.id, found.after.id)
        return Compared(found.comparison, found.question, found.names, takes)

    def progress(self) -> str:
        takes = self._store.summaries()
        found = progress(takes, datetime.fromisoformat(SystemClock().now()).date())
        return page(found, trends(takes), takes, coaching=self._chosen.coaching)

    def plan(self) -> Planned:
        schedule = schedule_of(self._chosen)
        questions = self._planned()
        standings = schedule.standings
        told = [one for name in map(_known, questions) if (one := standings.get(name))]
        told.sort(key=lambda one: (not one.is_due(schedule.now), one.due, one.strength))
        new = len(questions) - len(told)
        return Planned(tuple(told), schedule.now, schedule.wishes.interview, new)

    def set_interview(self, day: str) -> None:
        schedule = schedule_of(self._chosen)
        interview = interview_on(day or "none", schedule.now.date())
        planning.save_wishes(self._chosen.home, replace(schedule.wishes, interview=interview))

    def _planned(self) -> tuple[Question, ...]:
        packs, stories = app.packs(self._chosen), app.stories(self._chosen)
        return tuple(askable(planning.planned(packs, stories)))

    def _found(self, name: str) -> tuple[TakeStore, Path]:
        """Raises TakeNotFound."""
        for store in self._stores():
            for folder in store.folders():
                if folder.name == name:
                    return store, folder
        raise TakeNotFound(NOT_THERE, "")


def _named(store: TakeStore, name: str) -> Path:
    """Only what is a take's own name: it comes from an address. Raises TakeNotFound."""
    folder = next((one for one in store.folders() if one.name == name), None)
    if folder is None:
        raise TakeNotFound(NOT_THERE, "")
    return folder


def _known(question: Question) -> str:
    return known_as(question.text)
