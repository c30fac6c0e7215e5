"""The program behind the pages of 'rehearse web': sessions, with these settings."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.commands import demo, intro, loop, model_ready, practice, session_end, sitting, start
from rehearse.commands.manner import Manner
from rehearse.commands.plan import schedule_of
from rehearse.commands.practice import as_asked
from rehearse.commands.web_archive import Archive
from rehearse.commands.web_home import Home
from rehearse.commands.web_prepare import Prepared
from rehearse.config import Settings
from rehearse.errors import ModelMissing, UnreadableFile
from rehearse.model.structure import Analysis
from rehearse.model.take import Question
from rehearse.questions.choose import fields_of, find_pack, known_as, plans_of, questions_of
from rehearse.questions.interviews import Round, find_plan
from rehearse.schedule import planning
from rehearse.session import interview, session
from rehearse.session.interview import Scene
from rehearse.session.resume import NOBODY, Unfinished, read, remembered
from rehearse.session.studio import Studio
from rehearse.speech import models
from rehearse.speech.catalogue import known_models, size_text
from rehearse.takes import aside
from rehearse.takes.store import TakeStore
from rehearse.views import plan as plan_view
from rehearse.web.messages import Begin
from rehearse.web.player import wav
from rehearse.web.program import Devices, Held, Say, Summed, Today
from rehearse.web.scenes import Scenes

HELLO = "Hello. I am your interviewer. Can you hear me well?"
GETTING = "Getting "
"""Begins what is over when the first question comes."""
LOOP, ASK, FIELD = "loop:", "ask:", "field:"
"""Before the name of a whole interview, a question and the name of a pack, in what the page asks
for."""


class Rehearse(Archive, Prepared, Home):
    """All that the pages need, with these settings."""

    def __init__(
        self,
        chosen: Settings,
        *,
        again: Callable[[], Settings] | None = None,
        config: Path | None = None,
    ) -> None:
        super().__init__(chosen)
        self._again, self._config = again, config
        self._demo: Demo | None = None

    def close(self) -> None:
        aside.empty(self._store)
        if self._demo:
            self._demo.folder.cleanup()

    def _stores(self) -> Iterator[TakeStore]:
        yield self._store
        if self._demo:
            yield self._demo.store

    def today(self) -> Today:
        chosen = self._chosen
        schedule = schedule_of(chosen)
        known = planning.planned(app.packs(chosen), app.stories(chosen))
        standings = [schedule.standings.get(known_as(one.text)) for one in known]
        store = TakeStore(chosen.recordings)
        found, damaged = self._unfinished()
        warnings = (damaged, str(schedule.damaged or ""), store.weakness() or "")
        return Today(
            questions=len(start.due_now(chosen, schedule)),
            due=len([one for one in standings if one and one.is_due(schedule.now)]),
            left=len(found.left) if found else 0,
            is_first=not schedule.asked_before,
            loops=tuple(plan.name for plan in plans_of(app.packs(chosen))),
            fields=tuple((one.name, one.title) for one in fields_of(app.packs(chosen))),
            model=self._to_fetch(),
            warnings=tuple(filter(None, warnings)),
            greeting=plan_view.greeting(
                schedule.habit,
                due=0,  # the page says it in its first sentence
                today=schedule.now.date(),
                interview=schedule.wishes.interview,
                close=plan_view.CORE,
            ),
        )

    def begin(self, wish: Begin, devices: Devices, say: Say) -> Held:
        if wish.what == "demo":
            return self._begin_demo(devices)
        app.wake_voice(self._chosen)
        chosen, unfinished = self._chosen, self._wished(wish)
        manner = replace(
            Manner.of(argparse.Namespace(auto_stop=None, **_choices(wish))),
            lights=wish.what == "intro",
        )
        if manner.one_way:
            unfinished = sitting.planned(unfinished, manner.one_way)
        told = Told(say)
        studio = app.studio(
            chosen,
            transcriber=model_ready.made_ready(chosen, told, told.fetch),
            follow_ups=wish.follow_ups,
            auto_stop=manner.auto_stop,
            hands_free=manner.hands_free,
            began=unfinished.session,
        )
        studio = replace(
            studio,
            ear=devices.ear,
            player=devices.player,
            keys=devices.keys,
            clock=devices.clock,
        )
        if manner.one_way:
            studio = sitting.in_one_way(studio, manner.one_way)
        scenes = Scenes(
            captions=manner.captions,
            counter=sitting.lexicon(chosen) if manner.counter else None,
            lights=manner.lights,
            judged=chosen.coaching.advice,
            one_way=manner.one_way is not None,
            first=tuple(told.texts),
        )
        steps = remembered(self._steps(unfinished, studio), unfinished, chosen.home)
        return Held(unfinished.session, steps, studio.desk, scenes)

    def _begin_demo(self, devices: Devices) -> Held:
        """Two built-in voices; its takes are kept apart, until the program ends."""
        began = SystemClock().now()
        self._demo = Demo(began, tempfile.TemporaryDirectory(prefix="rehearse-demo-"))
        script = demo.read_script()
        studio = demo.studio(script, self._chosen, self._demo.store.folder, devices.player)
        studio = replace(studio, keys=devices.keys, session=began)
        scenes = Scenes(captions=True, counter=None, lights=False, judged=True, is_demo=True)
        return Held(began, session.practise(script.questions, studio), studio.desk, scenes)

    def sample(self) -> bytes:
        return wav(app.voice(self._chosen).render(HELLO))

    def summed(self, session: str, known: dict[str, Analysis]) -> Summed | None:
        is_demo = self._demo is not None and session == self._demo.session
        store = self._demo.store if self._demo and is_demo else self._store
        found = session_end.summed(session, known, store, self._chosen)
        return Summed(found[0], tuple(found[1]), tuple(found[2])) if found else None

    def _unfinished(self) -> tuple[Unfinished | None, str]:
        """And why it cannot be read."""
        try:
            return read(self._chosen.home), ""
        except UnreadableFile as error:
            return None, str(error)

    def _wished(self, wish: Begin) -> Unfinished:
        """Raises NothingToAsk."""
        if wish.what == "resume" and (found := self._unfinished()[0]):
            return found
        if wish.what.startswith(LOOP):
            return self._interview(wish.what.removeprefix(LOOP))
        return Unfinished(SystemClock().now(), (Round(NOBODY, self._questions(wish.what)),))

    def _questions(self, what: str) -> tuple[Question, ...]:
        chosen = self._chosen
        if what.startswith(ASK):
            text = what.removeprefix(ASK)
            return (as_asked(text, questions_of(app.packs(chosen))),)
        if what.startswith(FIELD):
            pool = questions_of([find_pack(app.packs(chosen), what.removeprefix(FIELD))])
            schedule, own = schedule_of(chosen), app.stories(chosen)
            return schedule.pick(pool, count=practice.QUESTIONS, own=own, rng=Random())
        if what == "intro":
            return tuple(intro.questions(argparse.Namespace(ladder=False), chosen))
        return tuple(start.due_now(chosen, schedule_of(chosen)))

    def _interview(self, name: str) -> Unfinished:
        packs = app.packs(self._chosen)
        return loop.shared_out(find_plan(plans_of(packs), name), packs, self._chosen)

    def _steps(self, unfinished: Unfinished, studio: Studio) -> Iterator[Scene]:
        if unfinished.plan is None:
            return session.practise(unfinished.left, studio, after=unfinished.place)
        voices = app.voices(self._chosen, len(unfinished.parts))
        return interview.hold(unfinished.parts, studio, voices, after=unfinished.place)

    def _to_fetch(self) -> str:
        try:
            app.transcriber(self._chosen)
        except ModelMissing:
            known = (one for one in known_models() if one.name == self._chosen.model)
            return next((f"{one.name} ({size_text(one.size)})" for one in known), "")
        return ""


@dataclass(frozen=True)
class Demo:
    session: str
    folder: tempfile.TemporaryDirectory[str]

    @property
    def store(self) -> TakeStore:
        return TakeStore(Path(self.folder.name))


class Told:
    """What is said while the model is made ready: at once, and again with the first question."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.texts: list[str] = []

    def print(self, text: str, /, *, soft_wrap: bool = False) -> None:
        self._say(text)
        if not text.startswith(GETTING):
            self.texts.append(text)

    def fetch(self, name: str) -> None:
        """Raises ModelMissing."""
        self._say(f"{GETTING}the model {name}, once.", 0.0)
        models.get(name, self._progress)

    def _progress(self, done: int, of: int) -> None:
        text = f"{GETTING}the model: {size_text(done)} of {size_text(of)}."
        self._say(text, done / of if of else None)


def _choices(wish: Begin) -> dict[str, object]:
    return {
        "hands_free": wish.hands_free,
        "captions": wish.captions,
        "counter": wish.counter,
        "prepare": wish.prepare or None,
        "answer": wish.answer or None,
    }
