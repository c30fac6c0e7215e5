"""What the pages of 'rehearse web' show of questions and stories, and how they change them."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from rehearse import app
from rehearse.commands import importing
from rehearse.commands.questions import contents
from rehearse.commands.stories import takes_to_search, used_principles
from rehearse.config import Settings
from rehearse.errors import StoryNotFound, UnreadableFile
from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.questions.choose import principles_of, questions_of
from rehearse.questions.own_pack import (
    QUESTIONS_FILE,
    STORIES_FILE,
    read_own,
    with_question,
    with_story,
    without_question,
    without_story,
    write_own,
)
from rehearse.questions.pack import Pack
from rehearse.questions.packs import PERSONAL, own_packs, read_pack
from rehearse.stories.fitting import asked_about, fitting, serving
from rehearse.stories.tellings import own_pace, records
from rehearse.text import one_line, seconds
from rehearse.web.content import Found, OwnFile, Stories, StoryForm, StoryName


class Prepared:
    _chosen: Settings
    _notes: Found | None = None
    _changing = threading.Lock()
    """Held while a pack is read and written again."""

    def questions(self, text: str) -> tuple[Pack, ...]:
        sought = text.casefold().strip()
        found = (
            replace(pack, questions=tuple(one for one in pack.questions if _holds(one, sought)))
            for pack in app.packs(self._chosen)
        )
        return tuple(pack for pack in found if pack.questions)

    def own_files(self) -> tuple[OwnFile, ...]:
        own = own_packs(app.packs(self._chosen), self._chosen.prompts)
        return tuple(OwnFile(pack, contents(pack)) for pack in own)

    def own_questions(self) -> frozenset[str]:
        pack = read_pack(self._personal(QUESTIONS_FILE))
        return frozenset(one.text for one in pack.questions)

    def add_question(self, text: str, target: str) -> None:
        wanted = seconds(target) if target.strip() else None
        new = Question(one_line(text), target=wanted)
        self._change_questions(lambda pack: with_question(pack, new))

    def drop_question(self, text: str) -> None:
        self._change_questions(lambda pack: without_question(pack, text))

    def _change_questions(self, change: Callable[[str], str]) -> None:
        path = self._personal(QUESTIONS_FILE)
        with self._changing:
            write_own(path, change(read_own(path, "My questions")))

    def read_notes(self, name: str, content: bytes) -> None:
        plain = PurePosixPath(PureWindowsPath(name).name).name or "notes.md"
        with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
            path = Path(folder) / plain
            try:
                path.write_bytes(content)
                self._notes = Found(plain, importing.found_in(path))
            except UnreadableFile as error:
                what = error.what.replace(f"{path}", plain)
                raise UnreadableFile(what, error.mend) from error
            except (OSError, ValueError) as error:
                raise UnreadableFile("The file has a name that this system cannot use.") from error

    def found(self) -> Found | None:
        return self._notes

    def keep_notes(self) -> str:
        if self._notes is None:
            raise UnreadableFile("No file is chosen.", "Choose one first.")
        with self._changing:
            said = importing.kept(self._notes.notes, Path(self._notes.name), self._chosen)
        self._notes = None
        return said

    def stories(self, question: str) -> Stories:
        packs = app.packs(self._chosen)
        own = {pack.source for pack in own_packs(packs, self._chosen.prompts)}
        pairs = [(pack, story) for pack in packs for story in pack.stories]
        told = [story for _, story in pairs]
        takes = takes_to_search(told, self._chosen)
        found = records(told, takes)
        names = [StoryName(pack.source, one.title) if pack.source in own else None
                 for pack, one in pairs]  # fmt: skip
        known, principles = questions_of(packs), [one.name for one in principles_of(packs)]
        return Stories(
            records=found,
            names=tuple(names),
            rows=serving(told, used_principles(packs, takes, self._chosen)),
            pace=own_pace(takes),
            question=question,
            about=asked_about(question, known, principles) if question else (),
            fits=fitting(found, question, known, principles) if question else (),
        )

    def story(self, name: StoryName | None) -> StoryForm:
        packs = app.packs(self._chosen)
        principles = [one.name for one in principles_of(packs)]
        asked = [one.text for one in questions_of(packs)]
        story = self._pack_with(name)[1] if name else Story("")
        return StoryForm(story, tuple(principles), tuple(asked))

    def save_story(self, name: StoryName | None, story: Story) -> None:
        path = self._pack_with(name)[0] if name else self._personal(STORIES_FILE)
        instead = name.title if name else None
        with self._changing:
            text = read_own(path, "My stories")
            write_own(path, with_story(text, story, instead_of=instead))

    def drop_story(self, name: StoryName) -> None:
        path = self._pack_with(name)[0]
        with self._changing:
            write_own(path, without_story(read_own(path, "My stories"), name.title))

    def _pack_with(self, name: StoryName) -> tuple[Path, Story]:
        """The user's file with this story. Raises StoryNotFound."""
        for pack in own_packs(app.packs(self._chosen), self._chosen.prompts):
            for story in pack.stories if pack.source == name.pack else ():
                if story.title == name.title:
                    return Path(pack.source), story
        raise StoryNotFound(f"No story called '{name.title}'.", "It was renamed or deleted.")

    def _personal(self, name: str) -> Path:
        return self._chosen.prompts / PERSONAL / name


def _holds(question: Question, sought: str) -> bool:
    return any(sought in text.casefold() for text in (question.text, *question.principles))
