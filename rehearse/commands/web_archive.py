"""What the pages of 'rehearse web' show of takes, progress, plan and questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.commands import report
from rehearse.commands.plan import schedule_of
from rehearse.config import Settings
from rehearse.errors import TakeNotFound
from rehearse.model.take import Question, Take
from rehearse.progress.progress import progress
from rehearse.progress.trend import trends
from rehearse.questions.choose import known_as
from rehearse.questions.pack import Pack
from rehearse.schedule import planning
from rehearse.schedule.pick import askable
from rehearse.schedule.planfile import interview_on
from rehearse.takes import edit, select, trash
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import Summary
from rehearse.takes.take_json import SOUND_FILE
from rehearse.text import is_file, one_line
from rehearse.views.progress_page import page
from rehearse.web.program import Label, Planned, Sought

NOT_THERE = "This answer is not there. It was deleted or renamed."


class Archive:
    def __init__(self, chosen: Settings) -> None:
        self._chosen = chosen

    @property
    def _store(self) -> TakeStore:
        return TakeStore(self._chosen.recordings)

    def takes(self, sought: Sought) -> tuple[Summary, ...]:
        store, words = self._store, select.spoken(sought.said)
        found = [take for take in store.summaries() if take.starred or not sought.starred]
        if words:
            found = [take for take in found if edit.said(store.folder / take.id, words)]
        return tuple(reversed(found))

    def take(self, name: str) -> Take:
        return self._store.load(self._folder(name))

    def report(self, name: str) -> str:
        address = f"../sound/{name}"
        return report.linked_page(self.take(name), self._store, self._chosen, address)

    def sound(self, name: str) -> Path:
        path = self._folder(name) / SOUND_FILE
        if not is_file(path):
            raise TakeNotFound("The sound of this answer is not there.", "")
        return path

    def label(self, name: str, label: Label) -> None:
        title, note = one_line(label.title) or None, label.note.strip() or None
        edit.label(
            self._store,
            self._folder(name),
            lambda take: replace(take, title=title, note=note, starred=label.starred),
        )

    def delete(self, name: str) -> None:
        folder, store = self._folder(name), self._store
        edit.at_rest(store, folder)
        edit.own(store, folder)
        trash.to_trash(folder)

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

    def questions(self, text: str) -> tuple[Pack, ...]:
        sought = text.casefold().strip()
        found = (
            replace(pack, questions=tuple(one for one in pack.questions if _holds(one, sought)))
            for pack in app.packs(self._chosen)
        )
        return tuple(pack for pack in found if pack.questions)

    def _planned(self) -> tuple[Question, ...]:
        packs, stories = app.packs(self._chosen), app.stories(self._chosen)
        return tuple(askable(planning.planned(packs, stories)))

    def _folder(self, name: str) -> Path:
        """Only what is a take's own name: it comes from an address. Raises TakeNotFound."""
        folder = next((one for one in self._store.folders() if one.name == name), None)
        if folder is None:
            raise TakeNotFound(NOT_THERE, "")
        return folder


def _known(question: Question) -> str:
    return known_as(question.text)


def _holds(question: Question, sought: str) -> bool:
    return any(sought in text.casefold() for text in (question.text, *question.principles))
