"""Stories and questions of one's own, written into packs that somebody else wrote as well."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.errors import StoryNotFound, WrongUsage
from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.questions.notes.merging import first_import
from rehearse.questions.own_pack import (
    with_question,
    with_story,
    without_question,
    without_story,
)
from rehearse.questions.pack import parse_pack

BUS = Story("The bus", ("Ownership",), None, "At night.", None, "I drove.\nAlone.", None, ("snow",))
NEW = "# My stories\n"
FRONT = "---\ntitle: Team\ntarget: 2:00\n---\n\n"
PACK = (
    FRONT + "# Team\n\n- Why us?\n\n## Stories\n\n### One\n\n- action: I did.\n\n"
    "### Two\n\nAction: I did more.\n\n#### Result\n\nIt held.\n\n## Notes\n\nfor me\n"
)
lines = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)
words = st.lists(lines, min_size=1, max_size=4).map(" ".join)


def stories(text: str) -> list[str]:
    return [one.title for one in parse_pack(text, "").stories]


@pytest.mark.parametrize("pack", [NEW, PACK, "- Why?\n", FRONT + "- Why?\n", "## Story: A\n\nx\n"])
def test_a_new_story_joins_the_others(pack: str) -> None:
    before, after = parse_pack(pack, ""), parse_pack(with_story(pack, BUS, instead_of=None), "")
    assert after.stories == (*before.stories, BUS)
    assert (after.questions, after.title) == (before.questions, before.title)
    assert after.problems == before.problems or not after.problems


@pytest.mark.parametrize("title", ["One", "Two"])
def test_a_story_changes_in_its_place(title: str) -> None:
    after = with_story(PACK, BUS, instead_of=title)
    assert stories(after) == [BUS.title if one == title else one for one in ("One", "Two")]
    assert after.startswith(PACK[: PACK.index("### One")])
    assert after.endswith("## Notes\n\nfor me\n")
    assert stories(without_story(after, BUS.title)) == [
        one for one in ("One", "Two") if one != title
    ]


def test_a_heading_that_names_one_story_stays_one() -> None:
    pack = "# A\n\n## Story: One\n\n- action: I did.\n\n## Motivation\n\n- Why?\n"
    after = with_story(pack, BUS, instead_of="One")
    assert "## Story: The bus\n" in after and parse_pack(after, "").stories == (BUS,)
    assert [one.text for one in parse_pack(after, "").questions] == ["Why?"]


def test_marks_of_an_import_and_line_ends_of_windows_are_no_part_of_a_story() -> None:
    imported = first_import(PACK[: PACK.index("## Notes")], "notes.md").text
    after = with_story(imported.replace("\n", "\r\n"), BUS, instead_of="Two")
    assert after.endswith(imported[imported.index("<!-- rehearse import:") :])
    assert stories(after) == ["One", "The bus"]
    assert stories(with_story(imported, BUS, instead_of=None)) == ["One", "Two", "The bus"]


def test_what_is_not_there_or_there_already_is_said() -> None:
    for title in ("Three", "Notes", "Stories"):
        with pytest.raises(StoryNotFound):
            without_story(PACK, title)
    with pytest.raises(WrongUsage, match="You have a story called 'One'"):
        with_story(PACK, Story("One", action="I did."), instead_of="Two")
    with pytest.raises(WrongUsage, match="already"):
        with_question(PACK, Question("why us?"))


@settings(max_examples=25, deadline=None)
@given(title=words, told=words, notes=st.lists(words, max_size=3))
def test_any_story_is_written_and_taken_out_again(title: str, told: str, notes: list[str]) -> None:
    story = Story(f"A {title}", action=told, notes=tuple(notes))
    written = with_story(PACK, story, instead_of=None)
    *_, read = parse_pack(written, "").stories
    assert stories(written)[:2] == stories(without_story(written, read.title)) == ["One", "Two"]


@pytest.mark.parametrize("pack", ["# My questions\n", PACK, FRONT + "- Why?\n", "- Why?\n"])
def test_a_question_comes_and_goes(pack: str) -> None:
    asked = Question("Why this [town]?", target=90.0)
    after = with_question(pack, asked)
    before = parse_pack(pack, "").questions
    assert parse_pack(after, "").questions[-1].text == asked.text
    assert parse_pack(without_question(after, asked.text), "").questions == before
    assert without_question(pack, "Nobody?") == pack
