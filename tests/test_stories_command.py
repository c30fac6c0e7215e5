"""Stories on the screen, as JSON, and as key points of an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from rehearse.model.take import Ending, Kind, Question, Take
from rehearse.questions.bank import Story
from rehearse.questions.principles import PUBLISHED
from rehearse.stories.fitting import fitting, serving
from rehearse.stories.tellings import own_pace, records
from rehearse.takes.store import TakeStore
from rehearse.views import stories as view
from tests.speech import spoken
from tests.test_advice import STORY
from tests.test_cli import rehearse

PACK = """# About me

## Stories

### The night the queue stopped

- principles: Ownership, Dive Deep
- question: Tell me about work that nobody had asked you for.
- situation: Our queue stopped every night at two.
- action: I read a week of logs.
- result: It has run for a year without a stop.

### Only a plan

- principles: Frugality
- notes:
  - buy the old vans
"""
SAID = "So our queue stopped every night at two and I read a whole week of logs."
LONG = Story("A very long title of a story " * 4, PUBLISHED, situation="We were late. " * 40)


def home(tmp_path: Path, *answers: str) -> Path:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "mine.md").write_text(PACK)
    store = TakeStore(tmp_path / "recordings")
    question = Question("Tell me about work that nobody had asked you for.", Kind.BEHAVIOURAL)
    for number, text in enumerate(answers, start=1):
        speech = spoken(text)
        take = store.begin(question, f"2026-05-0{number}T10:00:00+02:00", {})
        words = (speech.sound, speech.transcript)
        store.save(Take(take.id, take.recorded_at, question, Ending.ENDED, *words))
    return tmp_path


def shown(renderable: object, *, width: int, plain: bool = False) -> str:
    console = Console(width=width, record=True, no_color=plain, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(renderable)
    return console.export_text()


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("plain", [True, False])
def test_everything_fits_the_terminal(width: int, plain: bool) -> None:
    told = records([LONG] * 12, [])
    rows = serving([LONG] * 12, PUBLISHED)
    text = shown(view.bank(told, rows, own_pace([]), plain=plain), width=width, plain=plain)
    fits = fitting(told, "Did you take ownership and dive deep?", (), PUBLISHED)
    text += shown(view.fits("Why? " * 30, PUBLISHED, fits), width=width)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert "1 2 3 4 5 6 7 8 9 10 11 12" in text
    assert ("●" in text) is not plain


def test_stories_are_listed_with_how_they_were_told(tmp_path: Path) -> None:
    place = home(tmp_path, SAID, SAID)
    other = "## Bias for Action\n\n- When did you act?\n"
    (place / "prompts" / "other.md").write_text(other)
    done = rehearse("stories", home=place)
    words = " ".join(done.stdout.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert "1. The night the queue stopped" in words
    assert "Told 2 times, the last time on 2026-05-02" in words
    assert "without the result · 2 of 3 points · 0:06" in words
    assert "2. Only a plan" in words
    assert "no section written yet" in words
    assert "your own pace is not known yet" in words
    assert "One principle has no story yet: Bias for Action." in words


def test_stories_as_json(tmp_path: Path) -> None:
    done = rehearse("stories", "--json", home=home(tmp_path, SAID))
    (line,) = done.stdout.splitlines()
    value = json.loads(line)
    assert value["schema"] == 1
    assert [story["title"] for story in value["stories"]] == [
        "The night the queue stopped",
        "Only a plan",
    ]
    (telling,) = value["stories"][0]["tellings"]
    assert (telling["points_said"], telling["sections"]) == (2, ["situation", "action"])
    assert value["stories"][1]["seconds"] is None
    assert "Frugality" not in value["gaps"] and "Think Big" in value["gaps"]


def test_which_story_fits_a_question_and_why(tmp_path: Path) -> None:
    folder = home(tmp_path, SAID)
    done = rehearse("stories", "--question", "A time of ownership?", home=folder)
    words = " ".join(done.stdout.split())
    assert "1. The night the queue stopped It shows Ownership." in words
    assert "Told once, at best with 2 of 3 points." in words
    done = rehearse("stories", "--question", "Do you like cheese?", "--json", home=folder)
    assert json.loads(done.stdout)["fits"] == []
    done = rehearse("stories", "--question", "Do you like cheese?", home=folder)
    assert "None of your stories fits" in done.stdout


def test_a_question_tied_to_a_story_is_compared_with_it(tmp_path: Path) -> None:
    folder = home(tmp_path)
    (tmp_path / "answer.txt").write_text(SAID)
    path = str(tmp_path / "answer.txt")
    asked = ("--question", "tell me about work that nobody had asked you for.")
    for more in (asked, ("--story", "queue")):
        done = rehearse("analyze", path, "--json", *more, home=folder)
        points = json.loads(done.stdout)["key_points"]
        assert [point["text"] for point in points["covered"]] == [
            "Our queue stopped every night at two.",
            "I read a week of logs.",
        ]
        assert [point["text"] for point in points["missed"]] == [
            "It has run for a year without a stop."
        ]
    done = rehearse("analyze", path, "--json", "--question", "Why us?", home=folder)
    assert json.loads(done.stdout)["key_points"] is None


def test_notes_come_on_top_of_a_story(tmp_path: Path) -> None:
    folder = home(tmp_path)
    (tmp_path / "answer.txt").write_text(SAID)
    (tmp_path / "notes.md").write_text("- thanked the baker\n")
    more = ("--story", "queue", "--notes", str(tmp_path / "notes.md"))
    done = rehearse("analyze", str(tmp_path / "answer.txt"), "--json", *more, home=folder)
    missed = json.loads(done.stdout)["key_points"]["missed"]
    assert [point["text"] for point in missed][-1] == "thanked the baker"


def test_the_report_of_a_take_has_the_points_of_its_story(tmp_path: Path) -> None:
    done = rehearse("report", home=home(tmp_path, SAID))
    words = " ".join(done.stdout.split())
    assert "said 0:00 Our queue stopped every night at two." in words or "said 0:00" in words
    assert "not found It has run for a year without a stop." in words


def test_three_takes_word_for_word_are_pointed_out(tmp_path: Path) -> None:
    folder = home(tmp_path, STORY, STORY, STORY)
    done = rehearse("report", "--format", "json", home=folder)
    found = json.loads(done.stdout)
    assert found["scripted"]["share"] == 1.0
    assert "scripted" in [piece["code"] for piece in found["advice"]]
    done = rehearse("report", "2026-05-02", "--format", "json", home=folder)
    assert json.loads(done.stdout)["scripted"] is None


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["analyze", "a.txt", "--story", "xyzzy"], 1, "No story called 'xyzzy'."),
        (["practice", "--story", "xyzzy"], 1, "'rehearse stories' lists them."),
        (["stories", "--question", " "], 2, "The question is empty."),
        (["practice", "--notes", "."], 1, "is a folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    done = rehearse(*arguments, home=home(tmp_path))
    assert done.returncode == code
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_pack_that_cannot_be_read_in_full_is_named(tmp_path: Path) -> None:
    folder = home(tmp_path)
    (folder / "prompts" / "more.md").write_text("## Stories\n\n### Nothing told\n")
    done = rehearse("stories", home=folder)
    assert done.returncode == 0
    assert "more.md has lines that I cannot read" in " ".join(done.stderr.split())
    assert "3. Nothing told" in done.stdout


@pytest.mark.parametrize("arguments", [["stories"], ["practice", "--story", "queue"]])
def test_without_stories_it_tells_how_to_write_one(tmp_path: Path, arguments: list[str]) -> None:
    done = rehearse(*arguments, home=tmp_path)
    assert done.returncode == 1
    assert "You have no stories yet. To write one: rehearse web, page 'Stories'." in done.stderr
    assert "rehearse questions import FILE" in done.stderr
