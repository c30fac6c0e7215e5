from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest

from rehearse.errors import ModelMissing, TranscriptionFailed
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech import whisper
from rehearse.speech.cores import physical_cores
from rehearse.speech.model_folder import check_folder
from rehearse.speech.models import MINIATURE
from rehearse.speech.shortage import ran_out
from rehearse.speech.whisper import WhisperTranscriber
from rehearse.text import bare
from tests.sounds import tone
from tools.random_whisper import build

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("models") / "base.en")


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    """A copy to be damaged."""
    return Path(shutil.copytree(base, tmp_path / "model"))


@pytest.fixture(scope="module")
def transcriber(base: Path) -> WhisperTranscriber:
    return WhisperTranscriber(base, "base.en")


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights of chance are sure of nothing, so that all they write would be left out."""
    monkeypatch.setattr(whisper, "said", lambda segments, in_noise: segments)


# --- the folder


@pytest.mark.usefixtures("unsure")
def test_a_folder_laid_out_as_the_hub_does_loads(base: Path) -> None:
    assert sorted(path.name for path in base.iterdir()) == [
        "config.json",
        "model.bin",
        "tokenizer.json",
        "vocabulary.txt",
    ]
    check_folder(base)
    transcriber = WhisperTranscriber(base, "base.en")
    assert (transcriber.name, transcriber.language) == ("base.en", "en")
    assert transcriber.transcribe(tone(2)).words


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.txt"])
@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_a_folder_without_a_part_is_refused(folder: Path, name: str, damage: str) -> None:
    (folder / name).unlink()
    if damage == "empty":
        (folder / name).touch()
    with pytest.raises(ModelMissing, match=rf"has (no|an empty) {name}") as caught:
        check_folder(folder)
    assert "rehearse models get" in caught.value.mend
    with pytest.raises(ModelMissing):
        WhisperTranscriber(folder, "base.en").transcribe(tone(1))


def test_no_folder_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(ModelMissing, match="not a folder"):
            check_folder(path)


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json"])
def test_a_damaged_part_is_refused_when_it_loads(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelMissing, match="is damaged"):
        WhisperTranscriber(folder, "base.en").transcribe(tone(1))


@pytest.mark.usefixtures("unsure")
def test_what_is_missing_may_come_later(base: Path, tmp_path: Path) -> None:
    transcriber = WhisperTranscriber(tmp_path / "model", "base.en")
    transcriber.prepare()
    with pytest.raises(ModelMissing):
        transcriber.transcribe(tone(1))
    shutil.copytree(base, tmp_path / "model")
    assert transcriber.transcribe(tone(1)).words


# --- the network


@pytest.fixture
def trap() -> Iterator[tuple[socket.socket, dict[str, str]]]:
    """A listener, and an environment in which every way to the hub leads to it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        names = ("HF_ENDPOINT", "HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy")
        environment = {
            **os.environ,
            **dict.fromkeys(names, address),
            "NO_PROXY": "",
            "no_proxy": "",
        }
        yield listener, environment


WRITE_DOWN = """
import sys, numpy
from pathlib import Path
from rehearse.speech.whisper import WhisperTranscriber
words = WhisperTranscriber(Path(sys.argv[1]), "base.en").transcribe(
    numpy.zeros(16000, numpy.float32) + 0.1)
print(len(words.words))
"""
LOOK_UP = "import urllib.request; urllib.request.urlopen('http://huggingface.co', timeout=0.2)"


def test_nothing_touches_the_network(
    base: Path, trap: tuple[socket.socket, dict[str, str]]
) -> None:
    listener, environment = trap
    for program in (WRITE_DOWN, LOOK_UP):
        run = subprocess.run(
            [sys.executable, "-c", program, str(base)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if program == WRITE_DOWN:
            assert run.returncode == 0, run.stderr
            with pytest.raises(BlockingIOError):
                listener.accept()
    # The trap does catch what goes out.
    listener.accept()[0].close()


# --- sound in, words out


@pytest.mark.parametrize("samples", [1, 160, 1600, 4799, 4800, 16_000, 480_000])
def test_times_are_in_order_and_inside_the_clip(
    transcriber: WhisperTranscriber, samples: int
) -> None:
    words = transcriber.transcribe(tone(30)[:samples]).words
    instants = [seconds for word in words for seconds in (word.start, word.end)]
    assert all(type(seconds) is float for seconds in instants)
    known = [seconds for seconds in instants if seconds is not None]
    assert known == sorted(known) and all(0 <= s <= samples / SAMPLE_RATE for s in known)
    assert all(word.text == word.text.strip() and word.text for word in words)
    assert all(word.probability is None or type(word.probability) is float for word in words)


def test_no_sound_gives_no_words(transcriber: WhisperTranscriber) -> None:
    assert transcriber.transcribe(tone(0)).words == ()


def test_a_model_that_never_stops_is_stopped(transcriber: WhisperTranscriber) -> None:
    # This one's weights are chance, so it goes on to the cap: 8 tokens a second and 24 to spare.
    assert len(transcriber.transcribe(tone(1)).words) <= 32


def test_sound_of_another_kind_is_a_mistake_of_ours(transcriber: WhisperTranscriber) -> None:
    for sound in (np.zeros((2, 16_000), np.float32), np.zeros(16_000, np.int16)):
        with pytest.raises(ValueError, match="mono float32"):
            transcriber.transcribe(sound)  # type: ignore[arg-type]


def test_sound_that_lies_apart_in_memory_is_read(transcriber: WhisperTranscriber) -> None:
    apart = np.repeat(tone(1), 2)[::2]
    assert not apart.flags.c_contiguous
    transcriber.prepare()
    first = transcriber.transcribe(apart)
    transcriber.prepare()  # noise is read by lot where the first reading is unsure
    assert transcriber.transcribe(tone(1)) == first


@pytest.mark.usefixtures("unsure")
def test_two_callers_at_once_both_get_their_words(transcriber: WhisperTranscriber) -> None:
    clips = [tone(1), tone(2, hertz=200), tone(3)]
    with ThreadPoolExecutor(3) as callers:
        for clip, read in zip(clips, callers.map(transcriber.transcribe, clips), strict=True):
            ends = [word.end or 0 for word in read.words]
            assert ends and max(ends) <= len(clip) / SAMPLE_RATE


def test_the_same_sound_reads_the_same_in_every_run(base: Path) -> None:
    first, second = (
        [WhisperTranscriber(base, "base.en").transcribe(tone(s)) for s in (1, 2)] for _ in range(2)
    )
    assert first == second


@pytest.mark.usefixtures("unsure")
def test_a_language_that_the_model_does_not_write_is_refused(base: Path, tmp_path: Path) -> None:
    with pytest.raises(TranscriptionFailed, match="does not write the language 'de'"):
        WhisperTranscriber(base, "base.en", language="de").transcribe(tone(1))
    many = build(tmp_path / "base", multilingual=True)
    assert WhisperTranscriber(many, "base", language="de").transcribe(tone(1)).words
    with pytest.raises(TranscriptionFailed, match="'xx'"):
        WhisperTranscriber(many, "base", language="xx").transcribe(tone(1))


@pytest.mark.usefixtures("unsure")
def test_the_sound_tells_the_language_where_the_model_knows_many(
    base: Path, tmp_path: Path
) -> None:
    english = WhisperTranscriber(base, "base.en", language="auto")
    assert english.transcribe(tone(1)).words and english.language == "en"
    many = WhisperTranscriber(
        build(tmp_path / "base", multilingual=True, languages=("de",)), "base", language="auto"
    )
    assert many.language == "en"  # nothing was heard yet
    assert many.transcribe(tone(1)).words and many.language == "de"
    many.prepare()
    assert many.language == "en"


def test_threads_are_no_more_than_there_are_cores() -> None:
    assert 1 <= physical_cores(at_most=4) <= 4
    assert physical_cores(at_most=1) == 1
    assert physical_cores(at_most=1000) <= (os.cpu_count() or 1)


# --- the miniature model, which understands the built-in voices

SENTENCES = (
    "I led a team of five people. We moved the data in three weeks.",
    "I wrote a plan and asked two people to check it.",
    "In the end the team saved four hours every week.",
)
MISHEARD = 2
"""Words of all three that may be wrong: the sums of int8 differ from one kind of processor to
another, and with them a word now and then."""


@pytest.mark.skipif(
    not (MINIATURE / "model.bin").is_file(), reason="the miniature model is not trained yet"
)
@pytest.mark.parametrize("layout", ["packaged", "as on the hub"])
def test_the_miniature_model_writes_down_what_the_voice_says(tmp_path: Path, layout: str) -> None:
    speak = pytest.importorskip("tools.miniature.speak", reason="espeak-ng is not installed")
    folder = MINIATURE
    if layout == "as on the hub":
        folder = Path(shutil.copytree(MINIATURE, tmp_path / "miniature"))
        vocabulary = folder / "vocabulary.json"
        if vocabulary.is_file():
            import json

            tokens = json.loads(vocabulary.read_text("utf-8"))
            (folder / "vocabulary.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
            vocabulary.unlink()
        (folder / "preprocessor_config.json").unlink(missing_ok=True)

    transcriber, wrong = WhisperTranscriber(folder, "miniature"), 0
    for sentence in SENTENCES:
        spoken = speak.Speaker().speak(sentence, speak.Voice("en-us", 165))
        words = transcriber.transcribe(spoken.sound).words
        said, written = ([bare(each.text) for each in side] for side in (spoken.words, words))
        same = SequenceMatcher(None, said, written, autojunk=False).get_matching_blocks()
        wrong += max(len(said), len(written)) - sum(block.size for block in same)
        for block in same:
            for truth, word in zip(
                spoken.words[block.a :][: block.size], words[block.b :][: block.size], strict=True
            ):
                assert truth is spoken.words[0] or word.start == pytest.approx(truth.start, abs=0.3)
    assert wrong <= MISHEARD


def test_numpy_is_there_before_a_second_thread_asks_for_it(tmp_path: Path) -> None:
    """Two threads that import it at once end in an import deadlock now and then."""
    prepared = (
        "import sys; from pathlib import Path;"
        "from rehearse.speech.whisper import WhisperTranscriber;"
        f"WhisperTranscriber(Path({str(tmp_path / 'none')!r}), 'none').prepare();"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", prepared], capture_output=True, text=True)
    assert done.stdout == "True\n", done.stderr


@pytest.mark.parametrize(
    ("problem", "is_shortage"),
    [
        (MemoryError(), True),
        (RuntimeError("std::bad_alloc"), True),
        (ImportError("libx.so: failed to map segment from shared object"), True),
        (OSError(12, "Cannot allocate memory"), True),
        (ImportError("No module named 'ctranslate2'"), False),
        (RuntimeError("File model.bin is incomplete"), False),
    ],
)
def test_want_of_memory_is_told_from_a_model_that_is_damaged(
    problem: Exception, is_shortage: bool
) -> None:
    assert ran_out(problem) is is_shortage
