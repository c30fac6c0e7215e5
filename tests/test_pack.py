from __future__ import annotations

from pathlib import Path

import pytest

from rehearse.model.structure import Section
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Interviewer, Plan, Principle, Story
from rehearse.questions.choose import plans_of, principles_of, stories_of, usual
from rehearse.questions.pack import Pack, parse_pack
from rehearse.questions.packs import LARGEST, builtin_packs, read_pack, read_packs
from rehearse.questions.principles import PUBLISHED, find_names, split_names

FULL = """\
---
title: "Platform team"
language: de
target: 2:30
tags: mine
---

# Something else

Prose: with a colon, and `code`.

## Motivation

- Why **do** you _want_ this [job](http://example.org)?
  - target: 90s
  - What do you know about us?

## Behavioural

### Ownership

1. Tell me about a problem
   that you *took on*.
   Principles: Dive Deep; Frugality

   A note for the reader.

   - **Follow-ups:**
     - Why you?
     - What then?

> - A quoted line is no question?

### Tell me about a risk.

Principle: bias for action

- What could have gone wrong?

## Questions to ask

target: 0:20

### The team

- What are you working on?
"""


def parsed(text: str) -> Pack:
    return parse_pack(text, "mine/some-pack.md")


def only(text: str) -> Question:
    pack = parsed(text)
    assert pack.problems == ()
    (question,) = pack.questions
    return question


def test_a_full_pack_is_read_with_all_its_details() -> None:
    pack = parsed(FULL)
    assert (pack.name, pack.title, pack.language) == ("some-pack", "Platform team", "de")
    assert pack.problems == ()
    assert pack.questions == (
        Question(
            text="Why do you want this job?",
            kind=Kind.MOTIVATION,
            target=90.0,
            follow_ups=("What do you know about us?",),
        ),
        Question(
            text="Tell me about a problem that you took on.",
            kind=Kind.BEHAVIOURAL,
            principles=("Dive Deep", "Frugality"),
            target=150.0,
            follow_ups=("Why you?", "What then?"),
        ),
        Question(
            text="Tell me about a risk.",
            kind=Kind.BEHAVIOURAL,
            principles=("Bias for Action",),
            target=150.0,
            follow_ups=("What could have gone wrong?",),
        ),
        Question(text="What are you working on?", kind=Kind.TO_ASK, target=20.0),
    )


def test_the_example_in_the_format_description_has_no_problem() -> None:
    described = Path(__file__).parents[1] / "docs" / "pack-format.md"
    examples = described.read_text(encoding="utf-8").split("```markdown\n")[1:]
    packs = [parsed(example.partition("```")[0]) for example in examples]
    assert [len(pack.questions) for pack in packs] == [2, 4, 2, 0]
    assert [pack.problems for pack in packs] == [(), (), (), ()]
    assert [len(pack.stories) for pack in packs] == [0, 0, 1, 0]
    assert [len(pack.plans) for pack in packs] == [0, 0, 1, 0]
    assert [sample.title for sample in packs[3].samples] == ["When did you miss a date?"]
    assert packs[2].introduction and packs[2].closing and packs[2].principles[0].guidance
    assert [question.kind for question in packs[2].to_ask] == [Kind.TO_ASK]
    assert [question.target for question in packs[1].questions] == [90.0, 120.0, 90.0, 120.0]
    assert [len(question.follow_ups) for question in packs[1].questions] == [1, 1, 2, 1]


def test_a_bare_list_is_a_pack_without_kinds() -> None:
    assert only("- Why us?\n") == Question("Why us?", target=120.0)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("# Introduction", Kind.INTRODUCTION),
        ("## INTRO", Kind.INTRODUCTION),
        ("## Motivation questions", Kind.MOTIVATION),
        ("## Behavioral Questions:", Kind.BEHAVIOURAL),
        ("## System_design", Kind.SYSTEM_DESIGN),
        ("## Technical", Kind.TECHNICAL),
        ("## Your questions", Kind.TO_ASK),
        ("## **Closing** remarks", Kind.CLOSING),
    ],
)
def test_a_heading_gives_the_kind(heading: str, kind: Kind) -> None:
    question = only(f"{heading}\n\n- So?\n")
    assert (question.kind, question.principles) == (kind, ())


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("introduction", 120.0),
        ("motivation", 90.0),
        ("behavioural", 120.0),
        ("technical", 120.0),
        ("system design", 600.0),
        ("to ask", 30.0),
        ("closing", 60.0),
    ],
)
def test_each_kind_has_a_usual_length_and_a_question_may_have_its_own(
    kind: str, target: float
) -> None:
    assert only(f"- So?\n  - kind: {kind}\n").target == target
    assert only(f"- So?\n  - kind: {kind}\n  - target: 0:45\n").target == 45.0


def test_any_other_heading_names_a_principle() -> None:
    question = only("## Have backbone, disagree & commit\n\n- So?\n")
    assert question.principles == ("Have Backbone; Disagree and Commit",)
    assert question.kind is Kind.BEHAVIOURAL
    assert only("## Principle: Kindness\n- So?\n").principles == ("Kindness",)
    assert only("## Leadership principles\n### Kindness\n- So?\n").principles == ("Kindness",)


def test_a_section_ends_with_the_next_heading_of_its_level() -> None:
    pack = parsed("## Closing\n### Late\n- A?\n## Ownership\n- B?\n")
    assert [question.kind for question in pack.questions] == [Kind.CLOSING, Kind.BEHAVIOURAL]


def test_stories_plans_and_guidance_are_left_alone() -> None:
    guidance = "## Ownership\n- A?\n### Guidance\n- Prepare.\n"
    pack = parsed(guidance + "## Story: Late\n### Task\n- B?\n## Closing\n- C?")
    assert [question.text for question in pack.questions] == ["A?", "C?"]
    assert pack.problems == parsed("## Story: mine\n- I came.\n").problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- **Why *now**?", "Why now?"),
        ("- Why `now`\n  &amp; here?", "Why now & here?"),
        ("- Why ![a picture](x.png) now?", "Why now?"),
        ("- Why <b>now</b>?", "Why now?"),
        ("- Why ~~then~~ now?", "Why then now?"),
        ("- Why \x1b[31mnow?", "Why [31mnow?"),
        ("- Why&#10;now?", "Why now?"),
        ("- 为什么?", "为什么?"),
    ],
)
def test_text_is_clean_of_marks(text: str, said: str) -> None:
    assert only(text).text == said


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("---\ntitle: A\n\n- Why?", 1, 1, "not closed"),
        ("---\ntarget: soon\n---\n- Why?", 2, 9, "'soon'"),
        ("- Why?\n  - kind: funny", 2, 11, "'funny'"),
        ("- Why?\n  - principles: Ownership\n  - target: late", 3, 13, "'late'"),
        ("- Why?\n\n- target: 2:00", 3, 3, "Indent it"),
        ("- Why?\n  - mood: say hello", 2, 5, "'mood'"),
        ("- Why?\n  - target:", 2, 5, "This line is empty"),
        ("- Why?\n- How?\n- why?\n- Why?", 3, 3, "line 1"),
        ("- Why?\n### Tell me about it\n## Closing\n- A?", 2, 5, "There is nothing below"),
        ("", 1, 1, "There are no questions"),
        ("Just prose.", 1, 1, "There are no questions"),
        ("- Why?\r\n  - kind: funny\r\n", 2, 11, "'funny'"),
        ("## Story: Late\n- principles: Ownership", 1, 11, "is empty"),
        ("## Plan: Late", 1, 10, "Nobody asks"),
        ("## Plan: Late\n- Dana\n  - likes: tea", 3, 5, "'themes"),
        ("## Plan: Late\n- Dana\n  - themes:", 3, 5, "This line is empty"),
        ("## Plan: Late\n- Dana\n  - questions: many", 3, 16, "'many'"),
    ],
)
def test_a_problem_tells_its_line_and_column(text: str, line: int, column: int, part: str) -> None:
    (problem,) = parsed(text).problems
    assert (problem.line, problem.column) == (line, column)
    assert part in problem.message


def test_what_is_right_is_kept_beside_what_is_wrong() -> None:
    pack = parsed("- Why?\n  - kind: funny\n  - target: 0:30\n- How?\n")
    assert [(one.text, one.target) for one in pack.questions] == [("Why?", 30.0), ("How?", 120.0)]


@pytest.mark.parametrize(
    "text",
    [
        "- Same question?\n" * 500,
        "<html><body><p>Hello</p>",
        "> " * 300 + "deep",
        "- " * 300 + "deep",
        "- " + "*a " * 3000 + "b*" * 3000,
        "- " + "[" * 3000,
        "---",
        "---\n---",
        "#\n##\n-\n- -\n1.\n",
        "\0\x01\ufeff",
        "| a | b |\n|---|---|\n",
        "- kind:\n  - kind:\n    - kind:\n",
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_odd_text_gives_a_pack_and_a_word_on_it(text: str) -> None:
    pack = parsed(text)
    assert len(pack.questions) <= 1
    assert pack.questions or pack.problems


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ownership", ("Ownership",)),
        ("ownership, dive deep, OWNERSHIP", ("Ownership", "Dive Deep")),
        ("Are Right, A Lot, Frugality", ("Are Right, A Lot", "Frugality")),
        (
            "Have Backbone; Disagree and Commit; Think Big",
            ("Have Backbone; Disagree and Commit", "Think Big"),
        ),
        ("Have Backbone Disagree and Commit", ("Have Backbone; Disagree and Commit",)),
        ("Learn, and Be Curious", ("Learn and Be Curious",)),
        ("Invent & Simplify | Kindness  first", ("Invent and Simplify", "Kindness first")),
        (
            "Success and ScaleBring Broad Responsibility",
            ("Success and Scale Bring Broad Responsibility",),
        ),
        (" , ", ()),
    ],
)
def test_names_of_principles_are_split_and_spelt_as_published(
    written: str, names: tuple[str, ...]
) -> None:
    assert split_names(written) == names


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("simplify", ("Invent and Simplify",)),
        ("Backbone", ("Have Backbone; Disagree and Commit",)),
        ("have backbone disagree & commit", ("Have Backbone; Disagree and Commit",)),
        ("bias to action", ("Bias for Action",)),
        ("Earth’s best employer", ("Strive to be Earth's Best Employer",)),
        ("best", ("Hire and Develop the Best", "Strive to be Earth's Best Employer")),
        ("Custmer Obsesion", ("Customer Obsession",)),
        ("Kindness", ()),
        ("the", ()),
        ("", ()),
    ],
)
def test_names_of_principles_are_found_loosely(wanted: str, names: tuple[str, ...]) -> None:
    assert find_names(wanted, PUBLISHED) == names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_files_of_every_system_are_read(tmp_path: Path, encoding: str, line_end: str) -> None:
    path = tmp_path / "mine.md"
    text = "---\ntitle: Über\n---\n\n- Why Zürich?\n  - target: 1:00\n"
    path.write_bytes(text.replace("\n", line_end).encode(encoding))
    pack = read_pack(path)
    assert (pack.title, pack.problems) == ("Über", ())
    assert pack.questions == (Question("Why Zürich?", target=60.0),)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "There are no questions"),
        (b"- Why?\n" * 3_000_000, "1 MB"),
        (bytes(range(256)), "not text"),
        (b"- Why\0?", "not text"),
        ("- Why Zürich?".encode("latin-1"), "UTF-8"),
        ("- Why?".encode("utf-16")[:-1], "not text"),
    ],
    ids=["empty", "20 MB", "binary", "nul", "latin-1", "half a UTF-16"],
)
def test_a_file_that_is_no_pack_gives_one_clear_problem(
    tmp_path: Path, data: bytes, part: str
) -> None:
    path = tmp_path / "mine.md"
    path.write_bytes(data)
    pack = read_pack(path)
    (problem,) = pack.problems
    assert part in problem.message
    assert pack.questions == ()


def test_bytes_that_are_no_text_are_pointed_at(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_bytes(b"- Why?\n- Why Z\xfcrich?\n")
    (problem,) = read_pack(path).problems
    assert (problem.line, problem.column) == (2, 8)
    assert read_pack(tmp_path / "other.md").problems[0].message == "There is no such file."
    assert "not a file" in read_pack(tmp_path).problems[0].message


def test_own_packs_come_on_top_of_the_built_in_ones(tmp_path: Path) -> None:
    builtin = [pack.name for pack in builtin_packs()]
    assert [pack.name for pack in read_packs(None)] == builtin
    assert [pack.name for pack in read_packs(tmp_path / "none")] == builtin

    (tmp_path / "closing.md").write_text("- Bye?\n", encoding="utf-8")
    (tmp_path / "broken.md").write_bytes(b"\0" * 10)
    (tmp_path / "large.md").write_bytes(b" " * (LARGEST + 1))
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "README.md").write_text("- No question?\n", encoding="utf-8")
    packs = read_packs(tmp_path)
    assert sorted(pack.name for pack in packs) == sorted({*builtin, "broken", "folder", "large"})
    by_name = {pack.name: pack for pack in packs}
    assert [question.text for question in by_name["closing"].questions] == ["Bye?"]
    assert [len(by_name[name].problems) for name in ("broken", "folder", "large")] == [1, 1, 1]


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("- Why?\n", encoding="utf-8")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        (problem,) = read_pack(path).problems
        assert problem.message == "It cannot be read: Permission denied."
    else:
        pytest.skip("this user may read every file")


STORY = Story(
    title="Late",
    principles=("Ownership", "Dive Deep"),
    question="When were you late?",
    situation="We were late.",
    task="It was mine.",
    action="I cut the scope.\nI told everybody.",
    result="Two days, not ten.",
    notes=("Name the date.",),
)


@pytest.mark.parametrize(
    "written",
    [
        "## Stories\n### Late\n- Principles: Ownership, Dive Deep\n- Question: When were you late?"
        "\n- **Situation:** We were late.\n- task: It was mine.\n- Action: I cut the scope.\n"
        "  - I told everybody.\n- RESULT: Two days,\n  not ten.\n- notes:\n  - Name the date.\n",
        "## Story: Late\nprinciples: Ownership, Dive Deep\nquestion: When were you late?\n"
        "situation: We were late.\ntask: It was mine.\n\nAction: I cut the scope.\n\n"
        "I told everybody.\n\nResult: Two days, not ten.\n\nNote: Name the date.\n",
        "# My stories\n## Late\nName the date.\n\nprinciple: Ownership\nprinciple: Dive Deep\n"
        "### Question\nWhen were you late?\n### Situation\nWe were late.\n### Task\n> It was mine."
        "\n### Action\n- I cut the scope.\n- I told everybody.\n### Result:\nTwo days, not ten.\n",
    ],
)
def test_a_story_is_told_in_bullets_lines_or_headings(written: str) -> None:
    pack = parsed(written)
    assert pack.problems == ()
    assert pack.stories == (STORY,)
    assert STORY.told(Section.RESULT) == "Two days, not ten."


def test_one_text_may_tell_situation_and_task() -> None:
    (story,) = parsed("## Story: Late\n- Situation / Task: Both.\n- Result: 2:1\n").stories
    assert (story.situation, story.task, story.result) == ("Both.", "Both.", "2:1")
    assert (story.action, story.notes) == (None, ())


def test_stories_end_with_the_next_heading_of_their_level() -> None:
    pack = parsed("## Stories\n### A\nText.\n### B\n- Task: It.\n## Closing\n- Bye?\n")
    assert [(story.title, story.notes) for story in pack.stories] == [("A", ("Text.",)), ("B", ())]
    assert [question.text for question in pack.questions] == ["Bye?"]


def test_a_principle_has_a_description_and_guidance() -> None:
    pack = parsed(
        "## Ownership\nOwners stay.\nAlways.\n\nEven late.\n- Why?\n\nNo description.\n"
        "### Guidance\nThink.\n- One\n  - Two\n## Principle: Kindness\n## think big\n"
    )
    assert pack.problems == ()
    assert pack.principles == (
        Principle("Ownership", "Owners stay. Always.\nEven late.", ("Think.", "One", "Two")),
        Principle("Kindness"),
        Principle("Think Big"),
    )


def test_a_plan_names_those_who_ask() -> None:
    pack = parsed(
        "## Plan: Onsite\nMonday.\n- **Dana Reyes**\n  - Principles: Are Right, A Lot, Dive Deep\n"
        "  - themes: system design, writing\n  - questions: 2\n- Bar raiser\n  - themes:\n"
        "    - hiring, firing\n"
    )
    assert pack.problems == ()
    dana = Interviewer(
        "Dana Reyes", ("Are Right, A Lot", "Dive Deep"), ("system design", "writing"), 2
    )
    assert pack.plans == (
        Plan("Onsite", (dana, Interviewer("Bar raiser", (), ("hiring, firing",)))),
    )
    assert [plan.name for plan in parsed("## Plans\n### A\n- X\n### B\n- Y\n").plans] == ["A", "B"]


def test_what_is_said_at_the_beginning_and_the_end_is_kept() -> None:
    pack = parsed("## My introduction\nI am *I*.\n\n- So.\n## My closing remarks\nThanks.\nBye.\n")
    assert (pack.introduction, pack.closing, pack.problems) == ("I am I.\nSo.", "Thanks. Bye.", ())


def test_a_question_may_carry_notes() -> None:
    question = only("- Why?\n  - note: the number\n  - notes:\n    - the end\n  - How?\n")
    assert (question.notes, question.follow_ups) == (("the number", "the end"), ("How?",))
    assert only("## Why us?\nNote: the number\n").notes == ("the number",)


def test_what_several_packs_prepare_comes_together() -> None:
    one = parsed("## Ownership\nOwn it.\n- A?\n## Plan: A\n- X\n## Story: S\nT.\n")
    two = parsed("## ownership\n### Guidance\n- Do.\n## Plan: a\n- Y\n## Story: S\nU.\n")
    assert principles_of([one, two]) == (Principle("Ownership", "Own it.", ("Do.",)),)
    assert [plan.interviewers[0].name for plan in plans_of([one, two])] == ["X"]
    assert [story.notes for story in stories_of([one, two])] == [("T.",), ("U.",)]


def test_packs_in_the_personal_folder_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "personal").mkdir()
    (tmp_path / "personal" / "mine.md").write_text("- Me?\n", encoding="utf-8")
    assert read_packs(tmp_path)[0].name == "mine"


@pytest.mark.parametrize(
    ("line", "when_named"),
    [
        ("", False),
        ("asked: when named", True),
        ("Asked: 'When  Named'", True),
        ("asked: always", False),
    ],
)
def test_a_pack_may_be_asked_only_when_named(line: str, when_named: bool) -> None:
    pack = parsed(f"---\ntitle: A\n{line}\n---\n- Why?\n")
    assert (pack.when_named, pack.problems) == (when_named, ())
    assert usual([pack]) == (() if when_named else (pack,))


def test_an_unknown_way_of_asking_is_a_problem_and_the_pack_is_asked() -> None:
    pack = parsed("---\nasked: sometimes\n---\n- Why?\n")
    (problem,) = pack.problems
    assert (problem.line, problem.column, pack.when_named) == (2, 8, False)
    assert "'asked: when named'" in problem.message
