"""rehearse takes --check: reads all recordings and every take.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rehearse import app
from rehearse.commands.deleting import say
from rehearse.config import Settings
from rehearse.model.codec import Json
from rehearse.takes.checkup import Checked, check
from rehearse.takes.store import TakeStore
from rehearse.text import counted, one_line


def check_all(chosen: Settings, store: TakeStore, *, as_json: bool) -> int:
    """The exit code: 0 if every take is as it was recorded, else 1."""
    if as_json:
        found = list(check(store))
        app.print_json(_json(found, store))
    else:
        found = _print_faults(chosen, store)
    return 1 if any(one.fault for one in found) else 0


def _print_faults(chosen: Settings, store: TakeStore) -> list[Checked]:
    """Prints a line for each problem as soon as it is found, then the totals."""
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
    told = ", ".join(f"{count} {name}" for name, count in faults.items()) or "no problems"
    parts = [f"{counted(len(found), 'take')} checked: {told}."]
    older = sum(not one.proven and not one.fault and not one.recording for one in found)
    if older:
        parts.append(f"{counted(older, 'take')} from before checksums: readable and complete.")
    if now := sum(one.recording for one in found):
        parts.append(f"{counted(now, 'take')} being recorded now, not checked.")
    return " ".join(parts)


def _json(found: Sequence[Checked], store: TakeStore) -> dict[str, Json]:
    return {
        "schema": 1,
        "folder": one_line(str(store.folder)),
        "takes": len(found),
        "proven": sum(one.proven for one in found),
        "recording": sum(one.recording for one in found),
        "faults": [
            {
                "id": one_line(one.take),
                "fault": one.fault.value,
                "what": one_line(one.what),
                "mend": one.mend,
            }
            for one in found
            if one.fault
        ],
    }
