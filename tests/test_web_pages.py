"""Pages on what was practised: found, labelled and deleted through real requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from rehearse.commands import web
from rehearse.config import Settings
from rehearse.errors import ModelMissing, NothingToAsk, TrashRefused
from rehearse.speech import models
from rehearse.takes import trash
from rehearse.web.ear import BrowserClock, BrowserEar
from rehearse.web.keys import BrowserKeys
from rehearse.web.line import Line
from rehearse.web.messages import Begin
from rehearse.web.player import BrowserPlayer
from rehearse.web.program import Devices
from tests import documented
from tests.page import Served, served
from tests.web import ScriptedProgram

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
PAGES = ("", "takes", "plan", "questions", "progress", "progress/page")


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "here").mkdir()
    home = documented.furnish(tmp_path / "here").home
    with served(ScriptedProgram(home)) as running:
        yield running


def devices() -> Devices:
    line = Line()
    ear = BrowserEar(line)
    return Devices(ear, BrowserPlayer(line), BrowserKeys(line), BrowserClock(ear))


def text(at: Served, path: str) -> str:
    answer = at.ask("GET", path)
    assert answer.status == 200, path
    return answer.read().decode()


def send(at: Served, path: str, **fields: str) -> tuple[int, str]:
    """Status, and where it leads or what it says."""
    body = urlencode(fields).encode()
    headers = {"Origin": at.way.origin, "Content-Length": str(len(body))}
    answer = at.ask("POST", path, headers, body)
    return answer.status, answer.headers["location"] or answer.read().decode()


def latest(at: Served) -> str:
    program = at.holder.program
    assert isinstance(program, ScriptedProgram)
    return program.recorded()[-1].id


def test_answers_are_listed_and_found_by_what_was_said(at: Served) -> None:
    listed = text(at, "takes")
    assert "Why us?" in listed and "When did you fail?" in listed
    found = text(at, "takes?said=summer+sale")
    assert "When did you fail?" in found
    assert "No answer fits" in text(at, "takes?said=zebra")
    assert "No answer fits" in text(at, "takes?starred=on")


def test_a_title_a_note_and_a_star_are_kept(at: Served) -> None:
    take = latest(at)
    assert send(at, f"take/{take}", title="The best one", note="slower", starred="on")[0] == 303
    page = text(at, f"take/{take}")
    assert "The best one" in page and "slower" in page
    assert "The best one" in text(at, "takes?starred=on")
    assert send(at, f"take/{take}", title="", note="")[0] == 303
    assert "No answer fits" in text(at, "takes?starred=on")


def test_what_is_deleted_goes_to_the_trash(at: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[Path] = []
    take = latest(at)
    monkeypatch.setattr(trash, "to_trash", gone.append)
    assert send(at, f"delete/{take}") == (303, "../takes")
    assert [folder.name for folder in gone] == [take]

    def refuse(folder: Path) -> None:
        raise TrashRefused("There is no trash.")

    monkeypatch.setattr(trash, "to_trash", refuse)
    status, said = send(at, f"delete/{take}")
    assert status == 409 and "There is no trash." in said


def test_the_day_of_the_interview_is_set_and_taken_away(at: Served) -> None:
    day = date.today() + timedelta(days=40)
    assert send(at, "plan", interview=day.isoformat()) == (303, "plan")
    assert f'value="{day}"' in text(at, "plan")
    assert send(at, "plan", interview="2001-01-01")[0] == 409
    assert send(at, "plan", interview="soon")[0] == 409
    assert send(at, "plan", interview="") == (303, "plan")
    assert "When is your interview?" in text(at, "plan")


def test_questions_are_found_and_lead_to_practice(at: Served) -> None:
    found = text(at, "questions?text=nobody+had+asked")
    assert "./?ask=Tell%20me%20about%20work" in found
    assert "No question fits" in text(at, "questions?text=zebra")
    asked = text(at, f"?ask={quote('Why this town?')}")
    assert 'value="ask:Why this town?" checked' in asked


def test_the_report_of_an_answer_may_be_framed_by_us_alone(at: Served) -> None:
    answer = at.ask("GET", f"report/{latest(at)}")
    assert answer.status == 200
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert '<meta http-equiv="Content-Security-Policy"' in answer.read().decode()


def test_an_answer_is_heard_from_any_second_on(at: Served) -> None:
    take = latest(at)
    assert f'src="../sound/{take}"' in text(at, f"report/{take}")
    whole = at.ask("GET", f"sound/{take}").read()
    part = at.ask("GET", f"sound/{take}", {"Range": "bytes=100-199"})
    assert (part.status, part.read()) == (206, whole[100:200])


@pytest.mark.parametrize(
    "path",
    [
        "sound/nobody",
        "sound/%2Fetc%2Fpasswd",
        "take/nobody",
        "report/nobody",
        "take/..",
        "take/%2Fetc",
    ],
)
def test_an_answer_that_is_not_there_is_said_so(at: Served, path: str) -> None:
    assert at.ask("GET", path).status == 404


def test_nothing_that_a_user_or_a_pack_wrote_becomes_part_of_a_page(
    at: Served, tmp_path: Path
) -> None:
    written = escape(HOSTILE)  # as Markdown has it: a tag by itself is left out
    pack = f"# {written}\n\n## Ownership\n\n- Why {written}?\n\n## Plan: {written}\n\n- Dana\n"
    (tmp_path / "here" / "home" / "prompts" / "hostile.md").write_text(pack, "utf-8")
    send(at, f"take/{latest(at)}", title=HOSTILE, note=HOSTILE)
    asking = f"?ask={quote(HOSTILE)}"
    searches = (f"takes?said={quote(HOSTILE)}", f"questions?text={quote(HOSTILE[:30])}")
    for path in (*PAGES, asking, *searches, f"take/{latest(at)}"):
        assert "<script>alert" not in text(at, path)
        assert "<img src=x" not in text(at, path)
    for path in ("takes", "questions", asking, f"take/{latest(at)}"):
        assert "&lt;script&gt;alert" in text(at, path)


def test_a_form_that_cannot_be_read_changes_nothing(at: Served) -> None:
    body = b"&".join(b"a%d=1" % number for number in range(100))
    headers = {"Origin": at.way.origin, "Content-Length": str(len(body))}
    assert at.ask("POST", "plan", headers, body).status == 400
    assert send(at, "takes")[0] == 405


def test_the_model_is_fetched_with_progress_and_practice_goes_on_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def get(name: str, progress: Callable[[int, int], None]) -> None:
        progress(74_000_000, 148_000_000)
        raise ModelMissing("huggingface.co was not reached.")

    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(models, "get", get)
    program = web.Rehearse(Settings(home=tmp_path, plain=True))
    assert program.today().model == "base.en (148 MB)"
    said: list[str] = []
    held = program.begin(Begin("ask:Why this town?", counter=True), devices(), said.append)
    held.desk.close()
    assert said == [
        "Getting the model base.en (148 MB), once.",
        "Getting the model: 74 MB of 148 MB.",
    ]


@pytest.mark.parametrize("what", ["due", "intro", "resume", "loop:Phone screen", "ask:Why us?"])
def test_all_that_a_page_can_ask_for_can_be_begun(tmp_path: Path, what: str) -> None:
    program = web.Rehearse(Settings(home=tmp_path, plain=True, model="miniature"))
    held = program.begin(Begin(what, hands_free=True), devices(), lambda _: None)
    held.desk.close()
    assert held.session


def test_an_interview_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    program = web.Rehearse(Settings(home=tmp_path, plain=True, model="miniature"))
    with pytest.raises(NothingToAsk):
        program.begin(Begin("loop:Nobody"), devices(), lambda _: None)
