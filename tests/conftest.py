from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from rehearse.adapters import telemetry
from tests import guard
from tests.cluster import scheduler
from tests.pulse import own_pulse, pulse, sound
from tests.spoken import candidate, spoken

__all__ = ["candidate", "own_pulse", "pulse", "scheduler", "sound", "spoken"]


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


@pytest.fixture(autouse=True)
def nothing_is_reached_for(watched: None) -> Iterator[None]:
    yield
    reached = guard.caught()
    assert not reached, reached
