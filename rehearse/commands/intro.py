"""rehearse intro: practises an introduction with a timer."""

from __future__ import annotations

import argparse
from dataclasses import replace

from rehearse import app
from rehearse.commands.manner import Manner
from rehearse.commands.practice import practise
from rehearse.config import Settings, settings
from rehearse.model.take import Kind, Question
from rehearse.questions.choose import by_kind, questions_of
from rehearse.questions.notes_file import read_points

TARGET = 120.0
"""Seconds; an introduction of 60 to 90 is best, and 120 the most."""
LADDER = (30.0, 60.0, 90.0, 120.0)
"""Seconds of the same introduction, one after the other. A short one makes you choose what
matters."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    app.wake_voice(chosen)
    notes = read_points(args.notes)
    manner = replace(Manner.of(args), lights=True, gong=args.gong)
    return practise(questions(args, chosen), chosen, notes=notes, manner=manner)


def questions(args: argparse.Namespace, chosen: Settings) -> list[Question]:
    """The introduction, once for each target time."""
    question = by_kind(questions_of(app.packs(chosen)), Kind.INTRODUCTION)[0]
    targets = LADDER if args.ladder else (chosen.target or TARGET,)
    return [replace(question, target=target) for target in targets]
