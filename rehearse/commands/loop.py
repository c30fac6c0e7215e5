"""rehearse loop: a whole interview with several interviewers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from random import Random

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.commands import sitting
from rehearse.commands.manner import Manner
from rehearse.commands.practice import asked_before
from rehearse.config import Settings, settings
from rehearse.errors import NothingToAsk, UnreadableFile
from rehearse.questions.bank import Plan
from rehearse.questions.choose import plans_of, questions_of
from rehearse.questions.interviews import find_plan, share_out
from rehearse.questions.pack import Pack
from rehearse.questions.packs import builtin_packs, read_pack
from rehearse.session.resume import Unfinished
from rehearse.text import is_file, typed

SHORTEST = "Phone screen"
"""Half an hour; the default for users without a plan of their own."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    app.wake_voice(chosen)
    manner = Manner.of(args)
    if args.resume:
        return sitting.take_up(chosen, manner, follow_ups=args.follow_ups)
    plan, packs = find(args.plan, chosen)
    return sitting.hold(shared_out(plan, packs, chosen), chosen, manner, follow_ups=args.follow_ups)


def shared_out(plan: Plan, packs: Sequence[Pack], chosen: Settings) -> Unfinished:
    """The interview with its questions, not begun yet."""
    parts = share_out(
        plan,
        questions_of(packs),
        to_ask=next((pack.to_ask for pack in packs if pack.to_ask), ()),
        asked_before=asked_before(chosen),
        rng=Random(),
    )
    return Unfinished(SystemClock().now(), parts, plan.name)


def find(name: str | None, chosen: Settings) -> tuple[Plan, tuple[Pack, ...]]:
    """The plan, and the packs that it asks from.

    Raises NothingToAsk and UnreadableFile."""
    packs = app.packs(chosen)
    if name is None:
        brought_along = plans_of(builtin_packs())
        own = (plan for plan in plans_of(packs) if plan not in brought_along)
        return next(own, None) or find_plan(plans_of(packs), SHORTEST), packs
    path = typed(name)
    if path.suffix.lower() != ".md" and not is_file(path):
        return find_plan(plans_of(packs), name), packs
    pack = read_pack(path)
    if len(pack.plans) == 1:
        return pack.plans[0], (pack, *packs)
    if pack.plans:
        names = ", ".join(plan.name for plan in pack.plans)
        mend = "Put the file into prompts/ and name one of them."
        raise NothingToAsk(f"{path} contains {len(pack.plans)} interviews: {names}.", mend)
    if pack.problems and not pack.questions:
        raise UnreadableFile(f"{path} cannot be used. {pack.problems[0].message}")
    raise NothingToAsk(
        f"{path} has no interview in it.", "Write one below a heading '## Plan: NAME'."
    )
