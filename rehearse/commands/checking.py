"""rehearse takes --check: all sound and every take.json read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rehearse import app
from rehearse.commands.deleting import say
from rehearse.config import Settings
from rehearse.model.codec import Json
from rehearse.takes.checkup import Checked, check
from rehearse.takes.store import TakeStore
from rehearse.text import counted
from rehearse.views import takes as view


def check_all(chosen: Settings, store: TakeStore, *, as_json: bool) -> int:
    """0 where every take is as it was recorded, else 1."""
    if as_json:
        found = list(check(store))
        app.print_json(_json(found, store))
    else:
        found = _print_faults(chosen, store)
    return 1 if any(one.fault for one in found) else 0


def _print_faults(chosen: Settings, store: TakeStore) -> list[Checked]:
    """A line for each that is not well, as soon as it is found; then the sum."""
    console = app.console(chosen)
    found = []
    for one in check(store):
        found.append(one)
        if one.fault:
            say(console, f"{one.take} {one.fault.value}: {one.what.rstrip('.')}. {one.mend}")
    say(console, _summary(found, store))
    return found


def _summary(found: Sequence[Checked], store: TakeStore) -> str:
    if not found:
        return f"There are no takes in {store.folder} yet."
    faults = Counter(one.fault.value for one in found if one.fault)
    told = ", ".join(f"{count} {name}" for name, count in faults.items()) or "all well"
    parts = [f"{counted(len(found), 'take')} read back: {told}."]
    older = sum(not one.proven and not one.fault and not one.recording for one in found)
    if older:
        parts.append(f"{counted(older, 'take')} of before checksums, read and found whole.")
    if now := sum(one.recording for one in found):
        parts.append(f"{counted(now, 'take')} being recorded now, not looked at.")
    return " ".join(parts)


def _json(found: Sequence[Checked], store: TakeStore) -> dict[str, Json]:
    return {
        "schema": 1,
        "folder": view.one_line(str(store.folder)),
        "takes": len(found),
        "proven": sum(one.proven for one in found),
        "recording": sum(one.recording for one in found),
        "faults": [
            {
                "id": view.one_line(one.take),
                "fault": one.fault.value,
                "what": view.one_line(one.what),
                "mend": one.mend,
            }
            for one in found
            if one.fault
        ],
    }
