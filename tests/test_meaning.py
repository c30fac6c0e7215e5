"""Points of notes that were said in other words, with the real model where it is installed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.analysis.keypoints.keypoints import key_points
from rehearse.errors import ModelMissing
from rehearse.model import codec
from rehearse.model.structure import KeyPoints
from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.questions.packs import read_pack
from rehearse.speech import meaning, models
from rehearse.speech.meaning import Files, SentenceModel
from rehearse.stories.fitting import best, fitting
from rehearse.stories.tellings import records
from tests import inprocess
from tests.speech import written

SAID = (
    "I worked at a ferry office, and on the first day of the holidays the printer for the tickets "
    "broke. There were about 60 people in the line. My colleague wanted to send everybody home. I "
    "took a pad and wrote the tickets by hand, and I put my stamp on each of them. The captain let "
    "them all on board. Afterwards I wrote a page on what to do without a printer, and it hangs on "
    "the wall now."
)


def _files() -> Files | None:
    try:
        return meaning.packaged_files()
    except ModelMissing:
        return None


needs_meaning = pytest.mark.skipif(
    _files() is None, reason="the packages that hold the model of meaning are not installed"
)


@pytest.fixture(scope="module")
def reader() -> SentenceModel:
    files = _files()
    assert files
    return SentenceModel(files)


def compared(reader: SentenceModel | None, *notes: str, said: str = SAID) -> KeyPoints:
    found = key_points(written(said).words, "\n".join(f"- {note}" for note in notes), reader)
    assert found
    return found


@needs_meaning
def test_a_sentence_alone_and_among_others_has_one_vector(reader: SentenceModel) -> None:
    both = reader.vectors(["We lost the key.", "a far longer sentence about the weather"])
    alone = SentenceModel(reader._files).vectors(["We lost the key."])
    assert both is not None and alone is not None
    assert both[0].tolist() == alone[0].tolist()
    assert float(both[0] @ both[0]) == pytest.approx(1)


@needs_meaning
def test_a_point_in_other_words_is_close_with_its_sentence(reader: SentenceModel) -> None:
    notes = ("issued handwritten tickets", "hired a new cook", "left instructions behind")
    found = compared(reader, *notes)
    assert [(one.text, one.said) for one in found.close] == [
        (
            "issued handwritten tickets",
            "I took a pad and wrote the tickets by hand, and I put my stamp on each of them.",
        ),
        (
            "left instructions behind",
            "Afterwards I wrote a page on what to do without a printer, and it hangs on the wall"
            " now.",
        ),
    ]
    assert [one.text for one in found.not_found] == ["hired a new cook"]
    assert compared(None, *notes).close == ()


@needs_meaning
def test_another_figure_is_named(reader: SentenceModel) -> None:
    (one,) = compared(reader, "about 40 people waiting in the line").differs
    assert (one.note, one.said, one.text) == ("40", "60", "about 40 people waiting in the line")


@needs_meaning
@pytest.mark.parametrize(
    "note",
    [
        "my boss wrote the tickets by hand",
        "the captain wrote the tickets",
        "told Svetlana about the broken printer",
    ],
)
def test_names_and_who_did_it_must_agree(reader: SentenceModel, note: str) -> None:
    assert [one.text for one in compared(reader, note).not_found] == [note]


def test_who_did_it_must_agree_by_words_too() -> None:
    said = "the boss was ill so I wrote the tickets by hand"
    assert compared(None, "wrote the tickets by hand", said=said).covered
    assert not compared(None, "boss wrote the tickets by hand", said=said).covered
    told = "and then the boss wrote the tickets by hand"
    assert compared(None, "boss wrote the tickets by hand", said=told).covered


def test_lead_ins_and_labels_are_no_points() -> None:
    found = key_points(written(SAID).words, "Key points to hit:\n- Result: wrote tickets by hand\n")
    assert found and [one.text for one in found.covered] == ["Result: wrote tickets by hand"]
    assert found.not_found == ()


def test_of_several_stories_only_the_one_that_was_told_is_compared() -> None:
    ferry = "## The ferry\n### Situation\n- broken ticket printer\n- wrote tickets by hand\n"
    other = "## The garden\n- planted forty trees\n- won a prize for the garden\n"
    found = key_points(written(SAID).words, f"# My stories\n{other}\n{ferry}")
    assert found and found.total == 2
    plain = key_points(written("nothing of it").words, f"{other}\n{ferry}")
    assert plain and plain.total == 4


@needs_meaning
def test_takes_of_earlier_versions_are_still_read(reader: SentenceModel) -> None:
    old = {"covered": [], "missed": [{"text": "a point"}]}
    found = codec.load(KeyPoints, old)
    assert [one.text for one in found.not_found] == ["a point"] and found.close == ()
    new = compared(reader, "issued handwritten tickets", "about 40 people in the line", "a mast")
    assert codec.load(KeyPoints, json.loads(json.dumps(codec.dump(new)))) == new
    assert set(codec.dump(new)) == {"covered", "close", "differs", "missed"}


@needs_meaning
def test_a_story_fits_a_question_without_a_word_in_common(reader: SentenceModel) -> None:
    stories = [
        Story("The ferry", notes=("the printer for the tickets broke", "wrote them by hand")),
        Story("Two cooks", notes=("they shouted at each other", "we talked it over at lunch")),
    ]
    asked = "Tell me about an argument between people you worked with."
    known = [Question("Why do you want this job?"), Question("What are you proud of?")]
    found = fitting(records(stories, []), asked, known, (), reader)
    assert [fit.record.story.title for fit in best(found)] == ["Two cooks"]
    assert found[0].alike and found[0].alike.line == "they shouted at each other"
    assert fitting(records(stories, []), asked, known, ()) == ()
    twins = [stories[1], replace(stories[1], title="Two waiters")]
    assert len(best(fitting(records(twins, []), asked, known, (), reader))) == 2


ADVERT = """# Shift lead

- trains new colleagues
- speaks openly when something is unsafe, even to a captain
- What we offer: 30 days of holiday and a pension.
"""


@needs_meaning
def test_an_advert_and_a_cv_become_a_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    (tmp_path / "ferry.md").write_text(ADVERT)
    (tmp_path / "cv.md").write_text(
        "# CV\n- Led my own night team of five people.\n- Fluent in Greek"
    )
    files = (str(tmp_path / "ferry.md"), str(tmp_path / "cv.md"))
    assert inprocess.main("questions", "for", *files, home=tmp_path) == 0
    out = capsys.readouterr().out
    assert "fits: trains new colleagues" in out and "holiday" not in out
    (pack,) = (tmp_path / "prompts" / "personal").glob("*.md")
    texts = [question.text for question in read_pack(pack).questions]
    assert "Tell me about the time when you led your own night team of five people." in texts
    assert "How have you helped a new colleague to learn the job?" in texts


def test_without_the_model_an_advert_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(meaning, "packaged_files", lambda: None)
    (tmp_path / "ferry.md").write_text(ADVERT)
    assert inprocess.main("questions", "for", str(tmp_path / "ferry.md"), home=tmp_path) == 1
    assert "rehearse models get meaning" in capsys.readouterr().err


def test_a_damaged_model_costs_a_sentence_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    (tmp_path / "models" / "meaning").mkdir(parents=True)
    (tmp_path / "answer.txt").write_text(SAID)
    (tmp_path / "notes.md").write_text("- wrote the tickets by hand\n")
    line = ("analyze", str(tmp_path / "answer.txt"), "--notes", str(tmp_path / "notes.md"))
    assert inprocess.main(*line, "--json", home=tmp_path) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["key_points"]["covered"][0]["text"] == "wrote the tickets by hand"
    assert err.count("\n") == 1 and "'meaning'" in err and "by their words" in err
    assert models.installed() == () or "meaning" not in {one.name for one in models.installed()}
