"""Makes the clips that come with the program, from which an ear is fitted to any model.

python -m tools.hesitations.package          half a minute
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

from rehearse.audio.encode import opus
from rehearse.speech.ear_fitting import CLIPS
from tools.hesitations.corpus import Recording, clips
from tools.questions.voices import NeuralVoice

FITTED, CHECKED = 16, 6
"""Clips to fit an ear to, and clips to check it on."""


def main() -> None:
    shutil.rmtree(CLIPS, ignore_errors=True)
    CLIPS.mkdir(parents=True)
    voice = NeuralVoice()
    rows = [
        *_written(clips(voice, FITTED, "fit"), kept_apart=False),
        *_written(clips(voice, CHECKED, "check"), kept_apart=True),
    ]
    lines = ",\n".join(json.dumps(row) for row in rows)
    (CLIPS / "clips.json").write_text(f"[\n{lines}\n]\n", "utf-8")


def _written(made: Iterator[Recording], *, kept_apart: bool) -> Iterator[dict[str, object]]:
    for one in made:
        name = f"{one.name}.webm"
        (CLIPS / name).write_bytes(opus(one.sound))
        said = [
            ["um" if mark.nasal else "uh", round(mark.span.start, 3), round(mark.span.end, 3)]
            for mark in one.marks
        ]
        yield {"file": name, "kept_apart": kept_apart, "said": said}


if __name__ == "__main__":
    main()
