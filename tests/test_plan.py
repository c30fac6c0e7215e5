"""The schedule of a home: what is kept, what is shown, and what is asked."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from rich.console import Console
from rich.text import Text

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import PLAIN
from rehearse.cli import parser
from rehearse.commands import practice, start
from rehearse.config import settings
from rehearse.errors import NewerFile, NothingToAsk, TakeNotFound, UnreadableFile, WrongUsage
from rehearse.model.take import Ending, Kind, Question, Take
from rehearse.questions.bank import Story
from rehearse.questions.choose import find_pack, known_as, questions_of, usual
from rehearse.questions.kinds import find_kind
from rehearse.questions.packs import builtin_packs
from rehearse.schedule import planning
from rehearse.schedule.due import Standing
from rehearse.schedule.planfile import PLAN_FILE, Wishes, dump, grade_named, interview_on, load
from rehearse.schedule.planning import OLD_MEMORY, Schedule
from rehearse.schedule.rating import Grade, Rated
from rehearse.takes.index import INDEX_FILE
from rehearse.takes.store import TakeStore
from rehearse.views import plan as view
from tests import terminal
from tests.pulse import Pulse
from tests.speech import spoken as written
from tests.spoken import Spoken, needs_miniature
from tests.test_cli import rehearse

PACKS = builtin_packs()
KNOWN = questions_of(usual(PACKS))
ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 20, 18, tzinfo=ZONE)
STORY = (
    "Last year our site was failing every night. My task was to find the cause. "
    "I decided to read every log, and so I built a queue. As a result sales went up by 20 percent."
)
WHOLE = Take("", "", None, Ending.ENDED)


def tell(
    home: Path,
    question: Question,
    *,
    days_ago: int,
    now: datetime = NOW,
    how: Take = WHOLE,
    follows: str | None = None,
) -> str:
    """A take kept in `home`, of the ending of `how`; its id."""
    store = TakeStore(home / "recordings")
    at = (now - timedelta(days=days_ago)).isoformat(timespec="seconds")
    speech = written(STORY)
    take = store.begin(question, at, {}, follows=follows)
    analysis = analyze(
        speech.transcript, sound=speech.sound, question=question, target=question.target
    )
    take = replace(take, ending=how.ending, sound=speech.sound, transcript=speech.transcript)
    store.save(take, analysis)
    return take.id


def read(home: Path, now: datetime = NOW) -> Schedule:
    store = TakeStore(home / "recordings")
    return planning.read(home, store=store, now=now, coaching=PLAIN)


SOME = tuple(one for one in KNOWN if one.kind is Kind.BEHAVIOURAL)[:4]


def test_takes_are_tellings_of_their_questions(tmp_path: Path) -> None:
    tell(tmp_path, SOME[0], days_ago=5)
    last = tell(tmp_path, SOME[0], days_ago=3)
    tell(tmp_path, SOME[1], days_ago=2)
    schedule = read(tmp_path)
    assert set(schedule.standings) == {known_as(one.text) for one in SOME[:2]}
    found = schedule.standings[known_as(SOME[0].text)]
    assert (found.times, found.take) == (2, last)
    assert found.last == NOW - timedelta(days=3)
    assert schedule.asked_before == [SOME[0].text, SOME[0].text, SOME[1].text]


@pytest.mark.parametrize(
    "ending", [ending for ending in Ending if ending not in (Ending.ENDED, Ending.TIME_LIMIT)]
)
def test_what_was_given_up_or_broken_off_does_not_count(tmp_path: Path, ending: Ending) -> None:
    tell(tmp_path, SOME[0], days_ago=5, how=replace(WHOLE, ending=ending))
    assert read(tmp_path).standings == {}
    assert read(tmp_path).asked_before == [SOME[0].text]


def test_the_answer_to_a_follow_up_does_not_count(tmp_path: Path) -> None:
    first = tell(tmp_path, SOME[0], days_ago=5)
    tell(tmp_path, SOME[1], days_ago=4, follows=first)
    schedule = read(tmp_path)
    assert list(schedule.standings) == [known_as(SOME[0].text)]
    assert schedule.asked_before == [SOME[0].text]


def test_a_take_counts_once_its_words_are_there(tmp_path: Path) -> None:
    store = TakeStore(tmp_path / "recordings")
    name = tell(tmp_path, SOME[0], days_ago=5)
    whole = store.load(store.folder / name)
    text = (store.folder / name / "take.json").read_text()
    store.save(replace(whole, transcript=None))
    assert read(tmp_path).standings == {}
    (store.folder / name / "take.json").write_text(text)
    assert len(read(tmp_path).standings) == 1


def test_only_new_and_changed_takes_are_read(tmp_path: Path) -> None:
    name = tell(tmp_path, SOME[0], days_ago=5)
    before = read(tmp_path)
    path = tmp_path / "recordings" / name / "take.json"
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_text("no longer looked at".ljust(path.stat().st_size))
    os.utime(path, ns=times)
    tell(tmp_path, SOME[1], days_ago=2)
    after = read(tmp_path)
    assert (after.takes[0], len(after.standings)) == (before.takes[0], 2)
    TakeStore(tmp_path / "recordings").drop_index()
    assert list(read(tmp_path).standings) == [known_as(SOME[1].text)], "the other is damaged"


def test_what_older_versions_remembered_of_the_takes_is_removed(tmp_path: Path) -> None:
    (tmp_path / OLD_MEMORY).write_text("{}")
    tell(tmp_path, SOME[0], days_ago=5)
    assert list(read(tmp_path).standings) == [known_as(SOME[0].text)]
    assert not (tmp_path / OLD_MEMORY).exists()


@pytest.mark.parametrize(
    "value",
    [
        *("", "{}", "[]", '{"question": 3}', '{"question": {"text": "a"}, "recorded_at": "x"}'),
        '{"question": {"text": "a"}, "recorded_at": "2026-11-01T10:00:00+01:00", "ending": "ended",'
        ' "transcript": {"words": [1]}, "analysis": {"timing": {"duration": NaN}}}',
    ],
)
def test_a_damaged_take_is_passed_over(tmp_path: Path, value: str) -> None:
    name = tell(tmp_path, SOME[0], days_ago=5)
    (tmp_path / "recordings" / name / "take.json").write_text(value)
    tell(tmp_path, SOME[1], days_ago=5)
    assert list(read(tmp_path).standings) == [known_as(SOME[1].text)]


def test_a_home_without_takes_has_an_empty_schedule(tmp_path: Path) -> None:
    assert read(tmp_path / "none").standings == {}
    assert not (tmp_path / "none").exists()


def test_a_take_that_left_is_forgotten(tmp_path: Path) -> None:
    name = tell(tmp_path, SOME[0], days_ago=5)
    assert read(tmp_path).standings
    folder = tmp_path / "recordings" / name
    (folder / "take.json").unlink()
    folder.rmdir()
    assert read(tmp_path).standings == {}


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    tell(tmp_path, SOME[0], days_ago=5)
    read(tmp_path)
    planning.save_wishes(tmp_path, Wishes(date(2027, 1, 15)))
    for name in (PLAN_FILE, f"recordings/{INDEX_FILE}"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_what_the_user_decided_is_kept(tmp_path: Path) -> None:
    wishes = Wishes(date(2027, 1, 15), {"a take": Grade.GOOD})
    planning.save_wishes(tmp_path / "new", wishes)
    assert planning.read_wishes(tmp_path / "new") == wishes
    assert load(dump(Wishes()), "x") == Wishes()


def test_the_user_overrules_the_rules(tmp_path: Path) -> None:
    name = tell(tmp_path, SOME[0], days_ago=5)
    schedule = read(tmp_path)
    (ruled,) = schedule.standings.values()
    assert ruled.rated.grade is Grade.AGAIN
    planning.save_wishes(tmp_path, planning.graded(schedule, name, Grade.EASY))
    (own,) = read(tmp_path).standings.values()
    assert own.rated == Rated(Grade.EASY, ("your own grade",), own=True)
    assert own.due > ruled.due


def test_what_does_not_count_cannot_be_rated(tmp_path: Path) -> None:
    first = tell(tmp_path, SOME[0], days_ago=5)
    reply = tell(tmp_path, SOME[1], days_ago=4, follows=first)
    with pytest.raises(TakeNotFound, match="cannot be graded"):
        planning.graded(read(tmp_path), reply, Grade.GOOD)


@pytest.mark.parametrize("data", [b"", b"{", b'{"schema": 1, "interview": "soon"}', b"\xff\xfe"])
def test_a_damaged_plan_is_told_and_kept_beside_the_new_one(tmp_path: Path, data: bytes) -> None:
    (tmp_path / PLAN_FILE).write_bytes(data)
    tell(tmp_path, SOME[0], days_ago=5)
    schedule = read(tmp_path)
    assert isinstance(schedule.damaged, UnreadableFile)
    assert "'rehearse plan --interview DATE'" in str(schedule.damaged)
    assert schedule.standings
    planning.save_wishes(tmp_path, Wishes(date(2027, 1, 15)))
    assert (tmp_path / f"{PLAN_FILE}.damaged").read_bytes() == data
    assert read(tmp_path).damaged is None


def test_a_plan_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / PLAN_FILE).write_text('{"schema": 2}')
    with pytest.raises(NewerFile):
        read(tmp_path)
    with pytest.raises(NewerFile):
        planning.save_wishes(tmp_path, Wishes())
    assert (tmp_path / PLAN_FILE).read_text() == '{"schema": 2}'


def test_takes_of_a_time_to_come_are_counted(tmp_path: Path) -> None:
    tell(tmp_path, SOME[0], days_ago=-5)
    tell(tmp_path, SOME[1], days_ago=5)
    schedule = read(tmp_path)
    assert schedule.ahead == 1
    assert schedule.standings[known_as(SOME[0].text)].last == NOW


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("soon", "the date"),
        ("2027-02-30", "the date"),
        ("", "the date"),
        ("15.1.2027", "the date"),
        ("2026-11-19", "past"),
    ],
)
def test_an_interview_needs_a_day_to_come(text: str, part: str) -> None:
    with pytest.raises(WrongUsage, match=part):
        interview_on(text, NOW.date())


def test_an_interview_may_be_today_or_no_more() -> None:
    assert interview_on(" 2026-11-20 ", NOW.date()) == NOW.date()
    assert interview_on("None", NOW.date()) is None


def test_a_grade_is_one_of_four() -> None:
    assert [grade_named(name) for name in ("AGAIN", "hard", "Good", "easy")] == list(Grade)
    with pytest.raises(WrongUsage, match="Use: again, hard, good, easy"):
        grade_named("super")


OTHERS = ("care", "first-job", "service", "teaching")


def test_packs_of_other_professions_are_asked_only_when_named() -> None:
    named = {pack.name for pack in PACKS if pack.when_named}
    assert named == {*OTHERS, "interviews"}
    theirs = {one.text for name in OTHERS for one in find_pack(PACKS, name).questions}
    assert theirs
    assert not theirs & {one.text for one in planning.planned(PACKS, ())}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("arguments", "theirs"),
    [
        ([], False),
        (["--random"], False),
        (["care"], True),
        (["care", "--random"], True),
        (["--principle", "Compassion"], True),
        (["--ask", "why did you choose to work in care?"], True),
    ],
)
def test_practice_asks_from_them_when_named(
    tmp_path: Path, arguments: list[str], theirs: bool, seed: int
) -> None:
    args = parser().parse_args(["practice", "--home", str(tmp_path), *arguments])
    picked = practice._questions(args, settings(args, environment={}))
    care = {one.text for one in find_pack(PACKS, "care").questions}
    assert ({one.text for one in picked} <= care) is theirs
    assert ({one.text for one in picked} & care != set()) is theirs


def test_practice_asks_only_what_is_due_where_that_is_wanted(tmp_path: Path) -> None:
    tell(tmp_path, SOME[2], days_ago=40, now=datetime.now(ZONE))
    args = parser().parse_args(["practice", "--home", str(tmp_path), "--due"])
    (question,) = practice._questions(args, settings(args, environment={}))
    assert question.text == SOME[2].text
    args = parser().parse_args(["practice", "care", "--home", str(tmp_path), "--due"])
    with pytest.raises(NothingToAsk, match="any of these questions"):
        practice._questions(args, settings(args, environment={}))


def session(home: Path) -> list[Question]:
    chosen = settings(parser().parse_args(["--home", str(home)]), environment={})
    return start.due_now(chosen, read(home))


def test_a_first_session_is_an_introduction_and_two_stories(tmp_path: Path) -> None:
    kinds = [one.kind for one in session(tmp_path)]
    assert kinds == [Kind.INTRODUCTION, Kind.BEHAVIOURAL, Kind.BEHAVIOURAL]


def test_a_first_session_two_days_before_the_interview_has_its_core(tmp_path: Path) -> None:
    soon = NOW.date() + timedelta(days=2)
    planning.save_wishes(tmp_path, Wishes(interview=soon))
    kinds = {one.kind for one in session(tmp_path)}
    assert {Kind.INTRODUCTION, Kind.MOTIVATION} <= kinds


def test_later_sessions_practise_what_is_due(tmp_path: Path) -> None:
    design = next(one for one in KNOWN if one.kind is Kind.SYSTEM_DESIGN)
    tell(tmp_path, design, days_ago=30)
    tell(tmp_path, SOME[0], days_ago=20)
    tell(tmp_path, SOME[1], days_ago=0)
    picked = session(tmp_path)
    assert {design.text, SOME[0].text} < {one.text for one in picked}
    (new,) = [one for one in picked if one.text not in (design.text, SOME[0].text)]
    assert new.kind in (Kind.INTRODUCTION, Kind.BEHAVIOURAL)
    assert new.text != SOME[1].text


def test_stories_bring_the_questions_that_they_answer() -> None:
    theirs = find_pack(PACKS, "care").questions[0]
    stories = [
        Story("One", question=theirs.text.upper()),
        Story("Two", ("Ownership",), question="Did you ever sell a van?"),
        Story("Three"),
    ]
    first, second, *rest = planning.planned(PACKS, stories)
    assert first == theirs
    assert (second.text, second.principles) == ("Did you ever sell a van?", ("Ownership",))
    assert (second.kind, second.target) == (find_kind("behavioural"), 120.0)
    assert {one.text for one in rest} == {one.text for one in KNOWN}


def test_a_session_has_what_is_due_and_own_stories_first(tmp_path: Path) -> None:
    for number, question in enumerate(SOME[:3]):
        tell(tmp_path, question, days_ago=10 + number)
    story = Story("Mine", question="Did you ever sell a van?")
    picked = read(tmp_path).pick(
        planning.planned(PACKS, [story]), count=3, own=[story], rng=Random(1)
    )
    assert "Did you ever sell a van?" in {one.text for one in picked}
    assert len({one.text for one in picked} & {one.text for one in SOME[:3]}) == 2


def shown(
    told: Sequence[Standing],
    *,
    width: int = 80,
    plain: bool = True,
    interview: date | None = None,
    new: int = 9,
    why: bool = False,
    judged: bool = True,
) -> str:
    console = Console(file=StringIO(), width=width, no_color=plain, force_terminal=not plain)
    stories = {known_as("Why?"): "The night the queue stopped"}
    console.print(
        view.plan(
            told,
            now=NOW,
            interview=interview,
            new=new,
            stories=stories,
            begin="rehearse",
            plain=plain,
            judged=judged,
            why=why,
        ),
        view.rules(PLAIN) if why else "",
    )
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def standing(text: str, *, ago: int, due: int, grade: Grade = Grade.GOOD) -> Standing:
    last = NOW - timedelta(days=ago)
    day = NOW.date() + timedelta(days=due)
    return Standing(text, "id", last, Rated(grade, ("result missing",)), 2, day, 0.9)


LONG = "Tell me about a very long question, which goes on and on without an end. " * 3
MANY = [
    standing(f"{number}. {LONG}", ago=number, due=number - 20, grade=Grade(number % 4 + 1))
    for number in range(40)
]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("why", [True, False])
def test_the_plan_fits_the_terminal(width: int, why: bool, plain: bool) -> None:
    text = shown(MANY, width=width, plain=plain, why=why, interview=date(2027, 1, 15))
    lines = [Text.from_ansi(line).plain.rstrip() for line in text.splitlines()]
    assert max(map(len, lines)) <= width
    assert ("\x1b" in text) is not plain
    assert all(grade.word in text for grade in Grade)


def test_the_plan_tells_what_is_due_and_what_comes() -> None:
    told = [
        standing("Why?", ago=1, due=0, grade=Grade.HARD),
        standing("How?", ago=16, due=-1),
        standing("When?", ago=0, due=1, grade=Grade.EASY),
        standing("Who?", ago=3, due=30),
    ]
    text = shown(told, interview=date(2027, 1, 15), why=True)
    words = " ".join(text.split())
    assert "Your interview is on 15 January 2027, in 56 days." in words
    assert "Due today (2) - How?" in words
    assert "- Why? grade hard, last answer yesterday, due today" in words
    assert (
        "due today your story: The night the queue stopped result missing; answered twice" in words
    )
    assert "- How? grade good, last answer 4 November, due today" in words
    assert "Coming up (2) - When? grade easy, last answer today, due tomorrow" in words
    assert "- Who? grade good, last answer 3 days ago, due 20 December" in words
    assert "You have answered 4 of 13 questions." in words
    assert "\u2022" not in text
    assert "under 0.4 or over 2 times the target" in words


@pytest.mark.parametrize(
    ("interview", "text"),
    [
        (None, "No interview date yet"),
        (date(2026, 11, 20), "Your interview is today."),
        (date(2026, 11, 21), "Your interview is tomorrow."),
        (date(2026, 11, 19), "Your interview was on 19 November 2026."),
    ],
)
def test_the_days_until_the_interview(interview: date | None, text: str) -> None:
    assert text in shown([], interview=interview)


@pytest.mark.parametrize(
    ("told", "new", "days", "text"),
    [
        ([], 9, None, "No question answered yet. 'rehearse' asks the first of 9."),
        ([standing("Why?", ago=0, due=2)], 9, None, "Nothing is due today. 'rehearse' asks new"),
        ([standing("Why?", ago=3, due=0)], 9, None, "every third time a new question"),
        ([standing("Why?", ago=3, due=0)], 9, 2, "Now the core comes first"),
        ([standing("Why?", ago=3, due=0)], 0, None, "You have answered 1 of 1 questions."),
    ],
)
def test_the_last_line_tells_what_comes_next(
    told: list[Standing], new: int, days: int | None, text: str
) -> None:
    interview = NOW.date() + timedelta(days=days) if days is not None else None
    assert text in " ".join(shown(told, new=new, interview=interview).split())


def test_columns_tell_what_lines_tell() -> None:
    told = [standing("Why?", ago=1, due=0, grade=Grade.HARD), standing("Who?", ago=3, due=30)]
    words = Text.from_ansi(shown(told, plain=False)).plain.split()
    assert " ".join(words).startswith(
        "No interview date yet. To set it: rehearse plan --interview 2027-01-15"
        " Due today (1) last answer grade • Why? yesterday hard your story: The night the queue"
        " stopped Coming up (1) due grade last answer • Who? 20 December good 3 days ago"
    )


def test_who_wants_no_judgement_sees_no_ratings() -> None:
    text = shown(MANY, judged=False) + shown(MANY, judged=False, plain=False)
    assert not any(word in text for word in ("grade", *(grade.word for grade in Grade)))


def test_names_in_a_question_do_not_steer_the_terminal() -> None:
    assert "\x1b[31m" not in shown([standing("Why \x1b[31mred?", ago=3, due=0)])


def test_plan_from_the_command_line(tmp_path: Path) -> None:
    done = rehearse("plan", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "No question answered yet." in done.stdout
    assert not (tmp_path / "recordings").exists()

    name = tell(tmp_path, SOME[0], days_ago=0)
    far = f"{date.today().year + 1}-01-15"
    assert rehearse("plan", "--interview", far, home=tmp_path).returncode == 0
    assert rehearse("plan", "--rate", name, "easy", home=tmp_path).returncode == 0
    done = rehearse("plan", "--json", home=tmp_path)
    value = json.loads(done.stdout)
    assert (value["schema"], value["interview"]) == (1, far)
    (told,) = [one for one in value["questions"] if one["told"]]
    assert (told["text"], told["grade"], told["own_grade"]) == (SOME[0].text, "easy", True)
    assert rehearse("plan", "--rebuild", "--why", home=tmp_path).returncode == 0
    assert rehearse("plan", "--interview", "none", home=tmp_path).returncode == 0
    assert json.loads((tmp_path / PLAN_FILE).read_text())["interview"] is None


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["--interview", "2020-01-01"], 2, "2020-01-01 is in the past."),
        (["--interview", "soon"], 2, "I don't understand the date 'soon'."),
        (["--rate", "nothing", "good"], 1, "No take called 'nothing'."),
        (["--rate", "nothing", "fine"], 2, "I don't know the grade 'fine'."),
        (["nopack"], 1, "No question pack called 'nopack'."),
    ],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path, arguments: list[str], code: int, part: str
) -> None:
    done = rehearse("plan", *arguments, home=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / PLAN_FILE).exists()


def test_a_damaged_plan_and_a_clock_set_back_are_told_on_stderr(tmp_path: Path) -> None:
    (tmp_path / PLAN_FILE).write_text("{")
    tell(tmp_path, SOME[0], days_ago=-1000, now=datetime.now(ZONE))
    done = rehearse("plan", home=tmp_path)
    words = " ".join(done.stderr.split())
    assert done.returncode == 0
    assert "is damaged, so the date" in words
    assert "1 take was recorded in the future" in words
    assert "Traceback" not in words


@needs_miniature
def test_what_is_practised_is_told_and_rated(pulse: Pulse, brief: Spoken, tmp_path: Path) -> None:
    tell(tmp_path, SOME[0], days_ago=30, now=datetime.now(ZONE))
    ask = ("practice", "--due", "--model", "miniature")
    with terminal.rehearse(*ask, home=tmp_path, environment=pulse.environment) as screen:
        screen.until("Speak when you are ready.")
        pulse.say(brief.wav)
        screen.press("\r")
        screen.until("Saved in")
        assert screen.ends() == 0
    schedule = read(tmp_path, datetime.now(ZONE))
    found = schedule.standings[known_as(SOME[0].text)]
    assert found.times == 2
    assert found.last.astimezone(ZONE).date() == schedule.now.date()
    assert any(" of 2:00" in reason for reason in found.rated.reasons)
    assert not found.is_due(schedule.now)
