"""rehearse web: practise in the browser of this machine."""

from __future__ import annotations

import argparse
import sys
import threading
import webbrowser
from collections.abc import Iterator
from dataclasses import replace

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.commands import intro, loop, sitting, start
from rehearse.commands.plan import schedule_of
from rehearse.commands.practice import as_asked
from rehearse.commands.sitting import Manner
from rehearse.commands.web_archive import Archive
from rehearse.config import Settings, settings
from rehearse.errors import ModelMissing, UnreadableFile
from rehearse.model.structure import Analysis
from rehearse.model.take import Question
from rehearse.ports import Transcriber
from rehearse.questions.choose import known_as, plans_of, questions_of
from rehearse.questions.interviews import Round, find_plan
from rehearse.schedule import planning
from rehearse.session import interview, session
from rehearse.session.interview import Scene
from rehearse.session.resume import NOBODY, Unfinished, read, remembered
from rehearse.session.studio import Studio
from rehearse.speech import models
from rehearse.speech.catalogue import known_models, size_text
from rehearse.speech.voice import SpokenVoice
from rehearse.takes.store import TakeStore
from rehearse.web.messages import Begin
from rehearse.web.player import wav
from rehearse.web.program import Devices, Held, Say, Summed, Today
from rehearse.web.scenes import Scenes
from rehearse.web.server import serve

HELLO = "Hello. I am your interviewer. Can you hear me well?"
OPEN_IT = "Open this address in a browser on this computer. Ctrl-C ends the program."
LOOP, ASK = "loop:", "ask:"
"""Before the name of a whole interview, and before a question, in what the page asks for."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    TakeStore(chosen.recordings).check()

    def opened(address: str, once: str) -> None:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        # In a thread: some browsers are waited for, and the page must be served meanwhile.
        threading.Thread(target=_open, args=(args, chosen, once), daemon=True).start()

    serve(Rehearse(chosen), args.port, opened)
    return 0


def _open(args: argparse.Namespace, chosen: Settings, once: str) -> None:
    if args.no_open or not webbrowser.open(once):
        app.console(chosen, stderr=True).print(OPEN_IT)


class Rehearse(Archive):
    """All that the pages need, with these settings."""

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
            model=self._to_fetch(),
            warnings=tuple(filter(None, warnings)),
        )

    def begin(self, wish: Begin, devices: Devices, say: Say) -> Held:
        chosen, unfinished = self._chosen, self._wished(wish)
        manner = replace(
            Manner.of(argparse.Namespace(auto_stop=None, **_switches(wish))),
            lights=wish.what == "intro",
        )
        studio = app.studio(
            chosen,
            transcriber=self._transcriber(say),
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
        scenes = Scenes(
            captions=manner.captions,
            counter=sitting.lexicon(chosen) if manner.counter else None,
            lights=manner.lights,
            judged=chosen.coaching.advice,
        )
        steps = remembered(self._steps(unfinished, studio), unfinished, chosen.home)
        return Held(unfinished.session, steps, studio.desk, scenes)

    def sample(self) -> bytes:
        return wav(SpokenVoice(self._chosen.voice, self._chosen.rate).render(HELLO))

    def summed(self, session: str, known: dict[str, Analysis]) -> Summed | None:
        store = TakeStore(self._chosen.recordings)
        found = sitting.summed(session, known, store, self._chosen)
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

    def _transcriber(self, say: Say) -> Transcriber:
        """Fetched on its first use; where it cannot be had, one that says so for each take."""
        chosen = self._chosen
        try:
            if fetch := self._to_fetch():
                say(f"Getting the model {fetch}, once.")
                models.get(chosen.model, lambda done, of: say(_fetched(done, of)))
            return app.transcriber(chosen)
        except ModelMissing as missing:
            return app.NoTranscriber(missing, chosen.language)


def _fetched(done: int, of: int) -> str:
    return f"Getting the model: {size_text(done)} of {size_text(of)}."


def _switches(wish: Begin) -> dict[str, bool]:
    return {
        "hands_free": wish.hands_free,
        "captions": wish.captions,
        "counter": wish.counter,
    }
