"""rehearse intro: the timing check on an introduction."""

from __future__ import annotations

import argparse
from dataclasses import replace

from rehearse import app
from rehearse.adapters.notes import read_points
from rehearse.commands.practice import Manner, practise
from rehearse.config import settings
from rehearse.model import Kind
from rehearse.questions.choose import by_kind, questions_of

TARGET = 120.0
"""Seconds; an introduction of 60 to 90 is best, and 120 the most."""


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    question = by_kind(questions_of(app.packs(chosen)), Kind.INTRODUCTION)[0]
    question = replace(question, target=chosen.target or TARGET)
    notes = read_points(asked.notes)
    return practise([question], chosen, notes=notes, manner=Manner.of(asked))
