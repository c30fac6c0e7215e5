from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator

import pytest

from rehearse.speech import telemetry
from tests import guard
from tests.cluster import scheduler
from tests.pulse import own_pulse, pulse, sound
from tests.spoken import brief, candidate, spoken

__all__ = ["brief", "candidate", "own_pulse", "pulse", "scheduler", "sound", "spoken"]


LONGEST = (
    *(
        "docs_run",
        "web_browser",
        "handsfree_live",
        "practice",
        "many",
        "loop",
        "privacy",
        "plan",
        "faults",
    ),
    *("demo", "hostile", "voice_figures", "replay_live", "world", "hesitations", "html", "import"),
)
"""Files whose tests take longest; begun last, one of them would run alone at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file run in one process, which makes what they share once only."""
    order = {f"test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


@pytest.fixture(scope="session", autouse=True)
def watched(tmp_path_factory: pytest.TempPathFactory) -> None:
    """This process and all that it starts."""
    folder = tmp_path_factory.mktemp("guard")
    shutil.copyfile(guard.__file__, folder / "sitecustomize.py")
    paths = [str(folder), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    os.environ[guard.LOG] = str(folder / "reached")
    telemetry.switch_off()
    guard.watch()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # As a shell leaves it for what runs in its background, and as programs would inherit it.
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def nothing_is_reached_for(watched: None) -> Iterator[None]:
    yield
    reached = guard.caught()
    assert not reached, reached
