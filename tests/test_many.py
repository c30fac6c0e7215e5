"""Ten thousand recordings: several processes, a cluster, and a run that was broken off."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import Future
from functools import partial
from io import FileIO
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from rehearse.audio.recordings import decode
from rehearse.batch import cluster
from rehearse.batch.analyst import result_of
from rehearse.batch.orders import Input, Order
from rehearse.batch.processes import AHEAD, Processes, in_order
from rehearse.batch.resultfile import ResultFile, results_in
from rehearse.commands.inputs import named_by
from rehearse.config import Settings
from rehearse.errors import ClusterUnfit, DiskFull, WorkerLost
from rehearse.speech import models
from rehearse.speech.cores import physical_cores, usual_threads
from rehearse.speech.whisper import WhisperTranscriber
from tests.cluster import worker
from tests.inprocess import main
from tests.sounds import encode
from tests.spoken import Candidate, needs_miniature
from tests.takes import Told, keep
from tests.test_cli import rehearse
from tools.bench.live import speech

SAID = "I have been a software engineer for six years."
RECORDINGS = 8
"""Enough that some are left when the first is done."""
FAR_MORE = 60
"""So many that they are not done when the first is, however late that is seen."""
MODEL = ("--model", "miniature")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, candidate: Candidate) -> Path:
    """A folder with all that can be analysed, and some that cannot."""
    folder = tmp_path_factory.mktemp("school")
    spoken = candidate.say(SAID).wav.read_bytes()
    for number in range(RECORDINGS):
        (folder / f"pupil-{number}.wav").write_bytes(spoken)
    sound = decode(folder / "pupil-0.wav")
    encode(folder / "pupil.mp3", np.stack([sound]), rate=16000, codec="mp3", layout="mono")
    (folder / "broken.wav").write_bytes(b"no sound at all")
    (folder / "words.txt").write_text("I, um, did this. It took a day.")
    (folder / "words.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\nWe did that\n")
    words = [{"word": "So", "start": 0.2, "end": 0.4}, {"word": "there", "start": 0.5, "end": 1.0}]
    (folder / "words.json").write_text(json.dumps({"language": "en", "words": words}))
    keep(folder, Told(seconds=3.0))
    return folder


def mixed(school: Path) -> list[str]:
    named = ("words.txt", "words.srt", "words.json", "missing.mp3")
    return [str(school), *(str(school / name) for name in named)]


@pytest.fixture(scope="module")
def one_by_one(school: Path) -> subprocess.CompletedProcess[str]:
    return rehearse("analyze", *mixed(school), "--json", *MODEL, home=school)


def lines(text: str) -> list[str]:
    assert text.endswith("\n")
    return [json.loads(line)["source"].rpartition("/")[2] for line in text.splitlines()]


@needs_miniature
def test_a_folder_and_files_give_their_results_in_order(
    one_by_one: subprocess.CompletedProcess[str],
) -> None:
    recordings = [f"pupil-{number}.wav" for number in range(RECORDINGS)]
    words = ["words.txt", "words.srt", "words.json"]
    *before, take = lines(one_by_one.stdout)[: -len(words)]
    assert before == [*recordings, "pupil.mp3"] or take == "pupil.mp3"
    assert one_by_one.returncode == 1
    assert "2 of 15 failed" in one_by_one.stderr


@needs_miniature
def test_two_processes_write_the_same_as_none(
    school: Path, one_by_one: subprocess.CompletedProcess[str]
) -> None:
    done = rehearse("analyze", *mixed(school), "--json", "--jobs", "2", *MODEL, home=school)
    assert done.stdout == one_by_one.stdout
    assert sorted(done.stderr.splitlines()) == sorted(one_by_one.stderr.splitlines())
    assert done.returncode == 1


def test_reports_for_people_are_the_same_too(school: Path) -> None:
    paths = mixed(school)[1:3]
    alone, two = (
        rehearse("analyze", *paths, *more, home=school).stdout for more in ((), ("--jobs", "2"))
    )
    assert "We did that" in alone
    assert two == alone


_loads: list[str] = []


def _count_loads(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and str(arguments[0]).endswith("preprocessor_config.json"):
        _loads.append(event)


def loads_after(order: Order, given: Input) -> tuple[int, int]:
    """This process, and how often it has loaded a model so far."""
    if not _loads:
        sys.addaudithook(_count_loads)
    assert result_of(order, given).whole
    return os.getpid(), len(_loads)


@needs_miniature
def test_each_process_loads_the_model_once(school: Path) -> None:
    order = Order(Settings(school, plain=True, model="miniature"))
    paths = [str(school / f"pupil-{number}.wav") for number in range(6)]
    inputs = [Input(path, path) for path in paths]
    told = [*Processes(2, threads=1).each(partial(loads_after, order), inputs)]
    assert len(told) == 6
    assert len({one[0] for one in told if isinstance(one, tuple)}) == 2
    assert {one[1] for one in told if isinstance(one, tuple)} == {1}


def meddle(marks: Path, item: str) -> str:
    mark = marks / item
    mark.write_text(mark.read_text() + "x" if mark.exists() else "x")
    tries = mark.stat().st_size
    if item == "deadly" or (item == "unlucky" and tries == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "faulty":
        raise ZeroDivisionError(item)
    return item.upper()


def test_what_ends_its_process_is_tried_twice_and_stops_nobody(tmp_path: Path) -> None:
    items = ["one", "deadly", "two", "unlucky", "faulty", "three"]
    told = [*Processes(2, threads=1).each(partial(meddle, tmp_path), items)]
    assert [one for one in told if isinstance(one, str)] == ["ONE", "TWO", "UNLUCKY", "THREE"]
    assert isinstance(told[1], WorkerLost)
    assert isinstance(told[4], ZeroDivisionError)
    assert [(tmp_path / item).stat().st_size for item in items] == [1, 2, 1, 2, 1, 1]


def test_only_so_many_are_given_out_ahead() -> None:
    numbers = count(1)

    def done(item: int) -> Future[int]:
        future: Future[int] = Future()
        future.set_result(item)
        return future

    results = in_order(done, numbers, ahead=AHEAD)
    assert [next(results).result() for _ in range(3)] == [1, 2, 3]
    assert next(numbers) == AHEAD + 3


def test_a_model_has_as_many_threads_as_help() -> None:
    assert usual_threads() == min(4, physical_cores(at_most=99))


def begun(*arguments: str, home: Path) -> subprocess.Popen[bytes]:
    """A program that has given its first line, in a group of its own, as in a terminal. Its streams
    are not buffered here, so that nothing of the next line is lost to whoever reads on."""
    program = subprocess.Popen(
        [sys.executable, "-m", "rehearse", *arguments, "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
    )
    assert program.stdout and program.stdout.readline().startswith(b"{")
    return program


@needs_miniature
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_whole_lines_and_no_process(
    school: Path, number: signal.Signals, code: int
) -> None:
    recordings = [str(school / "pupil-0.wav")] * FAR_MORE
    program = begun("analyze", *recordings, "--json", "--jobs", "2", *MODEL, home=school)
    if number is signal.SIGINT:
        os.killpg(program.pid, number)
    else:
        program.send_signal(number)
    # Every process of it holds these streams: they end when the last of them is gone.
    printed, told = map(bytes.decode, program.communicate(timeout=120))
    assert program.returncode == code
    assert printed.count("\n") < FAR_MORE - 1
    assert all(json.loads(line)["schema"] == 1 for line in printed.splitlines())
    assert printed.endswith("\n") or not printed
    assert "Traceback" not in told


@needs_miniature
def test_no_process_outlives_a_program_that_was_killed(school: Path) -> None:
    program = begun("analyze", str(school), "--json", "--jobs", "2", *MODEL, home=school)
    program.kill()
    program.communicate(timeout=120)


def analyzed(*arguments: object, home: Path) -> int:
    return main("analyze", *map(str, arguments), home=home)


def test_a_run_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.txt" for name in ("one", "two", "three", "later")]
    for file in files[:3]:
        file.write_text("I did this.")
    results = tmp_path / "results.jsonl"
    assert analyzed(*files, "-o", results, home=tmp_path) == 1
    assert lines(results.read_text()) == ["one.txt", "two.txt", "three.txt"]
    first = results.read_bytes()
    with results.open("ab") as torn:
        torn.write(first[:1000])
    files[1].write_text("I did something else.")
    files[3].write_text("It is here now.")
    assert analyzed(*files, "-o", results, "--resume", home=tmp_path) == 0
    assert results.read_bytes().startswith(first)
    assert lines(results.read_text())[3:] == ["two.txt", "later.txt"]
    whole = results.read_bytes()
    assert analyzed(*files, "-o", results, "--resume", home=tmp_path) == 0
    assert results.read_bytes() == whole
    assert {path.name for path in tmp_path.iterdir()} == {
        "results.jsonl",
        *(file.name for file in files),
    }


@needs_miniature
def test_a_recording_without_words_is_tried_again_and_a_take_is_not(
    school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    (take,) = keep(tmp_path, Told(seconds=3.0))
    results = tmp_path / "results.jsonl"
    paths = (school / "pupil-0.wav", take)
    not_here = ("--model", "base.en")  # named, so that nothing stands in for it
    assert analyzed(*paths, "-o", results, *not_here, home=tmp_path) == 1
    assert analyzed(*paths, "-o", results, "--resume", *MODEL, home=tmp_path) == 0
    first, _, again = map(json.loads, results.read_text().splitlines())
    assert (first["source"], first["file"], first["words"]) == (str(paths[0]), None, [])
    assert again["source"] == str(paths[0])
    assert again["file"]["bytes"] == paths[0].stat().st_size
    assert again["words"]


def test_a_full_disk_is_told_and_what_it_cut_goes(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text('{"schema": 1, "source": "one"}\n')
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with FileIO(path, "r+") as file:
        results = ResultFile(file)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 5, limits[1]))
        try:
            with pytest.raises(DiskFull, match="--resume"):
                results.write('{"schema": 1, "source": "two"}\n')
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before + b'{"sch'
    with results_in(path, resume=True) as mended:
        assert mended.known == {"one": None}
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--resume"], "Name it with -o FILE."),
        (["-o", "notes.txt"], "is not empty. To continue it, add --resume"),
        (["-o", "notes.txt", "--resume"], "has no results of rehearse in it. Name another file"),
        (["-o", "."], "is not a file. Name another file"),
        (["-o", "none/results.jsonl"], "There is no folder 'none'."),
        (["-o", "taken.jsonl"], "Another rehearse is writing to 'taken.jsonl'."),
        (["--jobs", "0"], "write a whole number from 1 or auto, not '0'"),
        (["--jobs", "2", "--cluster", "tcp://a:1"], "not allowed with argument"),
    ],
)
def test_what_cannot_be_done_with_many_is_wrong_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("my notes, without an end")
    with FileLock(".taken.jsonl.lock"):
        try:
            code = analyzed("notes.txt", *arguments, home=tmp_path)
        except SystemExit as left:
            code = int(str(left.code))
    assert code == 2
    assert says in " ".join(capsys.readouterr().err.split())
    assert Path("notes.txt").read_text() == "my notes, without an end"


def test_a_folder_stands_for_what_can_be_heard_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "pupils"
    for name in ("b/two.MP3", "b/notes.txt", "a.wav", ".trash/x.wav", "c.flac", "b/.x.wav"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "b" / "circle").symlink_to(folder)
    (take,) = keep(folder, Told())
    found = [Path(path).relative_to(tmp_path) for path in named_by([str(folder), "other.txt"])[:-1]]
    assert list(map(str, found)) == [
        "pupils/a.wav",
        "pupils/b/two.MP3",
        "pupils/c.flac",
        f"pupils/recordings/{take.name}",
    ]


def test_a_folder_without_a_recording_is_told_and_the_rest_still_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "one.txt").write_text("I did this.")
    paths = (tmp_path / "empty", tmp_path / "one.txt")
    assert analyzed(*paths, "--json", home=tmp_path) == 1
    printed = capsys.readouterr()
    assert lines(printed.out) == ["one.txt"]
    assert "has no recordings or takes" in printed.err


@needs_miniature
def test_what_is_written_down_does_not_depend_on_what_was_before() -> None:
    """Of this sound, played at half its speed, lots are drawn that change what is written."""
    seconds = speech(40)[576000:640000]
    slow = np.repeat(seconds, 2)[: len(seconds)]
    model = models.miniature()
    transcriber = WhisperTranscriber(model.path, model.name, threads=1)
    told = set()
    for _ in range(4):
        transcriber.prepare()
        told.add(transcriber.transcribe(slow))
    assert len(told) == 1


@needs_miniature
def test_a_cluster_writes_the_same_though_it_loses_a_worker(
    scheduler: str,
    school: Path,
    tmp_path: Path,
    one_by_one: subprocess.CompletedProcess[str],
) -> None:
    with worker(scheduler, tmp_path) as (lost, _), worker(scheduler, tmp_path):
        arguments = ("analyze", *mixed(school), "--json", "--cluster", scheduler, *MODEL)
        program = begun(*arguments, home=school)
        os.kill(lost, signal.SIGKILL)
        printed, told = map(bytes.decode, program.communicate(timeout=120))
    assert program.returncode == 1
    assert lines(printed) == lines(one_by_one.stdout)[1:]
    assert printed == one_by_one.stdout.partition("\n")[2]
    assert "2 of 15 failed" in told


def test_a_cluster_whose_last_worker_dies_is_not_awaited_for_ever(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LOOKED_AFTER", 0.1)
    monkeypatch.setattr(cluster, "ALONE", 0.5)
    kill: Any = signal.raise_signal
    dies = cluster.Cluster(scheduler).each(kill, [signal.SIGKILL])
    with worker(scheduler, tmp_path), pytest.raises(ClusterUnfit, match="lost all of its workers"):
        list(dies)


def test_a_cluster_that_cannot_help_says_why(
    scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.txt").write_text("I did this.")
    arguments = (tmp_path / "one.txt", "--cluster", scheduler)
    assert analyzed(*arguments, home=tmp_path) == 1
    assert "has no workers. Start some: dask worker" in capsys.readouterr().err
    told = tmp_path / "rehearse-0.0.1.dist-info" / "METADATA"
    told.parent.mkdir()
    told.write_text("Metadata-Version: 2.1\nName: rehearse\nVersion: 0.0.1\n")
    with worker(scheduler, tmp_path, here=tmp_path):
        assert analyzed(*arguments, home=tmp_path) == 1
    assert "has rehearse 0.0.1, and here is rehearse" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["127.0.0.1:9", "nowhere", "tcp://127.0.0.1:x", "http://a:1"])
def test_a_wrong_address_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    address: str,
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "REACHED_WITHIN", 0.2)
    (tmp_path / "one.txt").write_text("I did this.")
    assert analyzed(tmp_path / "one.txt", "--cluster", address, home=tmp_path) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert f"I cannot find a cluster at '{address}'" in told
    assert "such as tcp://host:8786" in told


def test_without_dask_the_command_that_mends_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "one.txt").write_text("I did this.")
    assert analyzed(tmp_path / "one.txt", "--cluster", "tcp://a:1", home=tmp_path) == 1
    assert "pip install distributed" in capsys.readouterr().err
