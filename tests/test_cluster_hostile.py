"""A worker that tries to run something on the machine that asked, or to write into its results."""

from __future__ import annotations

import json
import pickle
import subprocess
from pathlib import Path

import pytest

from rehearse.batch.orders import Look, Order, read_back
from rehearse.batch.unpickled import PickleRefused, Unread, no_pickles
from rehearse.config import Settings
from rehearse.errors import AnswerUnfit
from tests.cluster import worker
from tests.test_cli import rehearse

UNFIT = "The worker's answer cannot be used."
HOSTILE = """
import os, pickle
import distributed
from distributed.protocol import Serialized
from distributed.worker import get_worker
import rehearse.batch.analyst as analyst

TOUCH = '''
import sys, pathlib
if "analyze" in sys.argv:
    pathlib.Path({mark!r}).touch()
'''

class Bomb:
    def __reduce__(self):
        return exec, (TOUCH,)

class Fault(Exception):
    pass

def pickled():
    header = {{"serializer": "pickle", "writeable": ()}}
    return Serialized(header, [pickle.dumps(Bomb())])

def told(error):
    if not isinstance(error, Fault):
        return tell(error)
    texts = {{"exception_text": "mine", "traceback_text": "mine"}}
    return {{"status": "error", "exception": pickled(), "traceback": pickled()}} | texts

# Dask runs this twice.
tell, honest = vars(analyst).setdefault(
    "before", (distributed.worker.error_message, analyst.text_of)
)

def hostile(order, given):
    name = os.path.basename(given.path)
    if name == "object.txt":
        return Bomb()
    if name == "pickle.txt":
        return pickled()
    if name == "dask.txt":
        header = {{"serializer": "dask", "type-serialized": pickle.dumps(Bomb())}}
        return Serialized(header, [b""])
    if name == "raised.txt":
        raise Fault("mine")
    if name == "printed.txt":
        distributed.print("{{}}")
        distributed.warn("mine")
        get_worker().log_event("print", "a line of mine")
    if name == "another.txt":
        return honest(order, given).replace("another.txt", "elsewhere.txt")
    if name == "lines.txt":
        return honest(order, given).replace('"text": "', '"text": "{{}}\\n')
    return honest(order, given)

analyst.text_of, distributed.worker.error_message = hostile, told
"""
BAD = ("object", "pickle", "dask", "raised", "another", "lines")
GOOD = ("printed", "honest")


@pytest.fixture(scope="module")
def tried(
    scheduler: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """What such a worker touched, and what the program that asked it said."""
    folder = tmp_path_factory.mktemp("hostile")
    mark = folder / "touched"
    (folder / "mine.py").write_text(HOSTILE.format(mark=str(mark)))
    files = [folder / f"{name}.txt" for name in (*BAD, *GOOD)]
    for file in files:
        file.write_text("I did this.")
    with worker(scheduler, folder, None, "--preload", str(folder / "mine.py")):
        asked = ("analyze", *map(str, files), "--json", "--cluster", scheduler)
        return mark, rehearse(*asked, home=folder)


def test_no_answer_of_a_worker_runs_anything_here(
    tried: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    mark, _ = tried
    assert not mark.exists()


def test_each_answer_that_is_no_result_is_told_in_a_sentence(
    tried: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, done = tried
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if UNFIT in line]
    assert [Path(line.partition(": ")[0]).stem for line in told] == [*BAD]


def test_what_a_worker_prints_stays_out_of_the_results(
    tried: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, done = tried
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(result["source"]).stem for result in results] == [*GOOD]
    assert "mine" not in done.stderr


def test_a_worker_that_lies_about_its_versions_is_told_in_a_sentence(
    scheduler: str, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("I did this.")
    (tmp_path / "mine.py").write_text(
        "def dask_setup(worker):\n    worker.handlers['versions'] = lambda packages=None: 'mine'\n"
    )
    with worker(scheduler, tmp_path, None, "--preload", str(tmp_path / "mine.py")):
        asked = ("analyze", str(tmp_path / "one.txt"), "--cluster", scheduler)
        done = rehearse(*asked, home=tmp_path)
    assert done.returncode == 1
    assert "did not say who works for it." in done.stderr
    assert "Traceback" not in done.stderr


def test_while_a_cluster_is_asked_no_pickle_can_name_anything() -> None:
    pytest.importorskip("distributed")
    plain, naming = pickle.dumps([1, "two", {"three": 3.0}]), pickle.dumps(Path)
    with no_pickles():
        assert pickle.loads(plain) == [1, "two", {"three": 3.0}]
        for loads in (pickle.loads, pickle._loads):  # type: ignore[attr-defined]
            with pytest.raises(PickleRefused, match="pathlib"):
                loads(naming)
    assert pickle.loads(naming) is Path


def test_a_lost_worker_is_known_by_the_names_alone() -> None:
    scheduler = pytest.importorskip("distributed.scheduler")
    lost = Unread()
    lost.data = pickle.dumps(scheduler.KilledWorker("task", None, 3))
    assert lost.names("distributed.scheduler", "KilledWorker")
    for data in (b"", b"no pickle", pickle.dumps(ValueError("KilledWorker"))):
        lost.data = data
        assert not lost.names("distributed.scheduler", "KilledWorker")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        "3",
        "[" * 100_000,
        '{"text": 3, "messages": [], "whole": true}',
        '{"text": "", "messages": 7, "whole": true}',
        '{"text": "", "messages": [1], "whole": true}',
        '{"text": "", "messages": [], "whole": 1}',
        '{"text": "no json", "messages": [], "whole": true}',
        '{"text": "[]", "messages": [], "whole": true}',
    ],
)
def test_an_answer_that_is_no_result_is_not_taken_for_one(tmp_path: Path, answer: str) -> None:
    with pytest.raises(AnswerUnfit, match="cannot be used"):
        read_back(answer, Order(Settings(tmp_path, plain=True)), "one.txt")


def test_a_page_of_a_worker_may_be_coloured_and_steers_no_screen(tmp_path: Path) -> None:
    order = Order(Settings(tmp_path, plain=True), look=Look(60, "standard", "utf-8"))
    page = "\x1b[1mWell\x1b[0m done\x1b[2J\x1b]0;mine\x07\n"
    answer = json.dumps({"text": page, "messages": [], "whole": True})
    assert read_back(answer, order, "one.txt").text == "\x1b[1mWell\x1b[0m done[2J]0;mine\n"
