"""A class on one page."""

from __future__ import annotations

from pathlib import Path

from rehearse.cli import main
from rehearse.progress.classroom import classroom
from rehearse.views import class_page


def answer(pace: float, *, missing: tuple[str, ...] = (), advice: tuple[str, ...] = ()) -> dict:  # type: ignore[type-arg]
    return {
        "timing": {"answer": 60.0},
        "pace": {"words_per_minute": pace},
        "fillers": {"per_minute": None},
        "star": {"applies": True, "missing": list(missing)},
        "advice": [{"code": code, "text": f"Do {code}."} for code in advice],
    }


def test_each_person_has_the_middle_of_the_answers_and_the_most_common_advice() -> None:
    found = classroom(
        {
            "Ana": [
                answer(100),
                answer(120, missing=("result",), advice=("slow", "missing_result")),
            ],
            "Ben": [answer(160, advice=("fast",))] * 2 + [answer(200, advice=("missing_result",))],
        }
    )
    ana, ben = found.people
    assert (ana.words_per_minute, ben.words_per_minute) == (110, 160)
    assert (ana.missing, ben.missing) == (("result",), ())
    assert ben.advice == "Do fast."
    assert found.middle.words_per_minute == 135
    assert found.middle.fillers_per_minute is None
    assert found.needs[0] == ("missing_result", ("Ana", "Ben"))


def test_a_name_is_shown_as_it_is_and_runs_nothing() -> None:
    page = class_page.page(classroom({"<script>x</script>": [answer(100)]}), "Monday & Co")
    assert "<script" not in page
    assert "Monday &amp; Co" in page


def test_who_needs_what_is_said_in_words() -> None:
    needs = ("missing_result", "short_introduction")
    page = class_page.page(classroom({"Ana": [answer(100, advice=needs)]}), "Monday")
    assert "<dt>The result: say how it ended.</dt><dd>Ana</dd>" in page
    assert page.count("<dt>") == 2 and "introduction" not in page.partition("<dl>")[0]


def test_a_folder_of_people_becomes_a_page(tmp_path: Path) -> None:
    for name in ("ana", "Ben", "Élodie", "Farid"):
        (tmp_path / "class" / name).mkdir(parents=True)
        text = "1\n00:00:01,000 --> 00:00:09,000\nI asked where he left his bike, and he told me.\n"
        (tmp_path / "class" / name / "one.srt").write_text(text)
    page = tmp_path / "page.html"
    home = ["--home", str(tmp_path / "home")]
    assert main(["class", str(tmp_path / "class"), "-o", str(page), *home]) == 0
    text = page.read_text("utf-8")
    assert "<td>ana</td><td>1</td>" in text
    places = [text.index(f"<td>{name}</td>") for name in ("ana", "Ben", "Élodie", "Farid")]
    assert places == sorted(places), "as people sort names"
    assert main(["class", str(tmp_path / "nowhere"), "-o", str(page), *home]) != 0


def test_a_folder_becomes_a_table_by_the_ending_of_the_file(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:09,000\nI asked where he left his bike, and he told me.\n"
    (tmp_path / "one.srt").write_text(text)
    command = ["analyze", str(tmp_path / "one.srt"), "--question", "=Why|us?"]
    home = ["--home", str(tmp_path / "home")]
    assert main([*command, "-o", str(tmp_path / "all.csv"), *home]) == 0
    head, row = (tmp_path / "all.csv").read_text("utf-8").splitlines()
    assert head.startswith("source,question,seconds,words_per_minute")
    assert ",'=Why|us?,8.0,82.5," in row
    assert main([*command, "-o", str(tmp_path / "all.md"), *home]) == 0
    assert "=Why\\|us? | 0:08 | 82 |" in (tmp_path / "all.md").read_text("utf-8")
    assert main([*command, "-o", str(tmp_path / "all.csv"), "--resume", *home]) != 0
