"""Pages on what was practised: found, labelled and deleted through real requests."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from rehearse.commands.web_program import Rehearse
from rehearse.config import Settings, settings
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
PAGES = (
    "",
    "takes",
    "plan",
    "questions",
    "stories",
    "story",
    "import",
    "settings",
    "privacy",
    "progress",
    "progress/page",
)


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


def test_what_is_deleted_can_be_put_back_until_the_program_ends(
    at: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = latest(at)
    assert send(at, f"delete/{take}") == (303, "../takes")
    assert f"take/{take}" not in text(at, "takes")
    assert f"back/{take}" in text(at, "takes")
    assert send(at, f"back/{take}") == (303, "../takes")
    assert f"take/{take}" in text(at, "takes")
    assert send(at, f"delete/{take}") == (303, "../takes")
    gone: list[str] = []
    monkeypatch.setattr(trash, "to_trash", lambda folder: gone.append(folder.name))
    Rehearse(Settings(home=tmp_path / "here" / "home", plain=True)).close()
    assert gone == [take]


def test_what_no_trash_takes_stays_to_be_put_back(
    at: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = latest(at)
    send(at, f"delete/{take}")

    def refuse(folder: Path) -> None:
        raise TrashRefused("There is no trash.")

    monkeypatch.setattr(trash, "to_trash", refuse)
    Rehearse(Settings(home=tmp_path / "here" / "home", plain=True)).close()
    assert f"back/{take}" in text(at, "takes")
    assert send(at, f"forget/{take}") == (303, "../takes")
    assert take not in text(at, "takes")
    assert not list((tmp_path / "here" / "home").rglob(f"*{take}*"))


def test_a_star_is_set_and_taken_away_in_the_list(at: Served) -> None:
    for is_starred in (True, False):
        assert send(at, f"star/{latest(at)}") == (303, "../takes")
        assert ("No answer fits" in text(at, "takes?starred=on")) is not is_starred


def test_a_remark_is_kept_with_its_second(at: Served) -> None:
    take = latest(at)
    where = f"../take/{take}?remarks"
    assert send(at, f"remark/{take}", time="0:12-0:18", text="Say what\nyou did.") == (303, where)
    assert send(at, f"remark/{take}", time="0:04", text="<b>Good</b> pace.")[0] == 303
    page, report = text(at, f"take/{take}"), text(at, f"report/{take}")
    assert "0:12-0:18" in page and "Say what you did." in page
    assert "Say what you did." in report and "&lt;b&gt;Good&lt;/b&gt; pace." in report
    assert send(at, f"unremark/{take}", number="0") == (303, where)
    assert "pace." not in text(at, f"take/{take}")
    status, said = send(at, f"remark/{take}", time="9:59", text="After the end.")
    assert status == 409 and "after the end of the answer" in said
    assert send(at, f"unremark/{take}", number="99") == (303, where)
    assert "Say what you did." in text(at, f"take/{take}")


def test_two_answers_stand_beside_each_other(at: Served) -> None:
    program = at.holder.program
    assert isinstance(program, ScriptedProgram)
    first, earlier, later, other = (take.id for take in program.recorded())
    both = text(at, f"compare?take={later}&take={earlier}")
    assert both == text(at, f"compare?take={later}")
    assert "When did you fail?" in both and "word for word as before" in both
    assert "different questions" in text(at, f"compare?take={first}&take={other}")
    assert "Compare with the one before" in text(at, f"take/{later}")
    assert "Compare with the one before" not in text(at, f"take/{earlier}")
    for wrong in ("compare", f"compare?take={first}&take={other}&take={later}", "compare?take=.."):
        assert at.ask("GET", wrong).status == 404


def test_a_story_is_written_changed_and_taken_out(at: Served, tmp_path: Path) -> None:
    mine = tmp_path / "here" / "home" / "prompts" / "mine.md"
    before = mine.read_text("utf-8")
    night = {"pack": str(mine), "was": "The night the queue stopped"}
    told = {"title": "The bus", "principles": "Ownership", "action": "I drove.\r\n\r\nAlone."}
    assert send(at, "story", **told) == (303, "stories")
    assert "The bus" in text(at, "stories")
    form = text(at, f"story?{urlencode({'pack': night['pack'], 'title': night['was']})}")
    assert "Our queue stopped every night at two." in form
    assert send(at, "story", **night, title="The night", result="It ran.") == (303, "stories")
    after = mine.read_text("utf-8")
    assert after.replace("### The night\n\n- result: It ran.", "STORY") == (
        before[: before.index("### The night")] + "STORY\n\n" + before[before.index("## Plan") :]
    )
    assert send(at, "story/delete", pack=str(mine), was="The night") == (303, "../stories")
    assert "The night" not in text(at, "stories") and "The bus" in text(at, "stories")
    assert "## Plan: Second round" in mine.read_text("utf-8")


def test_a_story_that_cannot_be_is_refused_and_changes_nothing(at: Served, tmp_path: Path) -> None:
    mine = str(tmp_path / "here" / "home" / "prompts" / "mine.md")
    refused = [
        ("story", {"title": "", "action": "I did."}, "no title"),
        ("story", {"title": "Empty"}, "is empty"),
        ("story", {"pack": mine, "was": "Nobody", "title": "A", "action": "B"}, "No story called"),
        ("story", {"pack": "/etc/passwd", "was": "root", "title": "A", "action": "B"}, "No story"),
        ("story/delete", {"pack": mine, "was": "Nobody"}, "No story called"),
    ]
    before = text(at, "stories")
    for path, fields, why in refused:
        status, said = send(at, path, **fields)
        assert (status, why in said) == (409, True), said
    assert text(at, "stories") == before
    assert at.ask("GET", "story?pack=/etc/passwd&title=root").status == 404


def test_only_principles_that_the_user_uses_are_in_the_matrix(at: Served) -> None:
    page = text(at, "stories")
    matrix = page[page.index('class="matrix"') :]
    assert "Dive Deep" in matrix
    assert "Frugality" not in matrix and "Patience" not in matrix
    assert "You wrote it for this question." in text(
        at, f"stories?question={quote('Tell me about work that nobody had asked you for.')}"
    )


def test_before_the_first_story_no_principle_is_said_to_lack_one(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    home = documented.furnish(tmp_path / "here").home
    shutil.rmtree(home / "prompts")
    with served(ScriptedProgram(home)) as at:
        page = text(at, "stories")
    assert "Write a story" in page and "have no story yet" not in page


def test_a_question_of_ones_own_is_kept_and_deleted(at: Served) -> None:
    asked = "Why <this> town, and why [now]?"
    assert send(at, "questions/add", text=asked, target="1:30") == (303, "../questions#own")
    assert "Why &lt;this&gt; town, and why [now]?" in text(at, "questions?text=town")
    for wrong, why in (({"text": asked}, "already"), ({"text": " "}, "is empty"),
                       ({"text": "A?", "target": "soon"}, "length of time")):  # fmt: skip
        status, said = send(at, "questions/add", **wrong)
        assert (status, why in said) == (409, True), said
    assert send(at, "questions/drop", text=asked) == (303, "../questions#own")
    assert "No question fits" in text(at, "questions?text=town")


def test_mistakes_in_packs_are_shown_with_their_lines(at: Served, tmp_path: Path) -> None:
    pack = tmp_path / "here" / "home" / "prompts" / "wrong.md"
    pack.write_text("# Wrong\n\n- Why?\n- Why?\n", "utf-8")
    page = text(at, "questions")
    assert "Line 4: This question is already on line 3." in page
    assert "1 question, 1 story, 1 plan, no problems" in page


def upload(at: Served, name: str, content: bytes) -> tuple[int, str]:
    headers = {"Origin": at.way.origin, "Content-Length": str(len(content))}
    answer = at.ask("POST", f"import?name={quote(name, safe='')}", headers, content)
    return answer.status, answer.read().decode()


def test_notes_are_shown_before_they_are_saved(at: Served, tmp_path: Path) -> None:
    prompts = tmp_path / "here" / "home" / "prompts"
    notes = b"# Frugality\n\n- Tell me about a queue?\n\nsome *strange* words\n"
    assert upload(at, "../../my notes.md", notes) == (200, "")
    page = text(at, "import")
    assert "my notes.md" in page and "Tell me about a queue?" in page
    assert not list(prompts.rglob("*notes*"))
    status, where = send(at, "import/keep")
    assert (status, where.startswith("../questions?said=")) == (303, True)
    assert [path.name for path in prompts.rglob("*notes*")] == ["my-notes.md"]
    assert "No file is chosen" in text(at, "import")
    assert send(at, "import/keep")[0] == 409


def test_a_file_that_holds_no_notes_is_refused(at: Served) -> None:
    for name, content, why in (
        ("a.md", b"", "is empty"),
        ("a.md", b"\0\1", "is not text"),
        ("a.exe", b"MZ", "no kind of file"),
        ("a.pdf", b"%PDF-1.7 broken", "PDF"),
        ("\0.md", b"- Why?", "name"),
    ):
        status, said = upload(at, name, content)
        assert (status, why in said, "/tmp" in said) == (409, True, False), said
    assert "No file is chosen" in text(at, "import")


def test_settings_are_saved_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# mine\nlanguage = "en"  # as at work\n[coaching]\nfastest = 170\n', "utf-8")
    args = argparse.Namespace(home=str(tmp_path))
    program = Rehearse(settings(args, environment={}), again=lambda: settings(args, environment={}))
    wanted = {"model": "miniature", "rate": "150", "target": "1:30", "own_fillers": "so to say\r\n"}
    with served(program) as at:
        assert send(at, "settings", **wanted, voice="", advice="on") == (303, "settings?saved")
        page = text(at, "settings")
        assert 'value="1:30"' in page and "so to say" in page
        saved = file.read_text("utf-8")
        assert saved.startswith('# mine\nlanguage = "en"  # as at work\n')
        assert 'own_fillers = ["so to say"]' in saved and "fastest = 170" in saved
        for wrong in (
            {"rate": "fast"},
            {"rate": "9"},
            {"target": "soon"},
            {"voice": "nobody at all"},
        ):
            status, said = send(at, "settings", **(wanted | {"advice": "on"} | wrong))
            assert status == 409, said
        assert file.read_text("utf-8") == saved
        send(at, "settings", model="base.en", rate="165", advice="on")
    lines = [line for line in file.read_text("utf-8").splitlines() if line]
    assert lines == ["# mine", 'language = "en"  # as at work', "[coaching]", "fastest = 170"]


def test_all_is_deleted_once_it_is_meant(at: Served, tmp_path: Path) -> None:
    home = tmp_path / "here" / "home"
    send(at, f"delete/{latest(at)}")
    page = text(at, "privacy")
    assert str(home / "recordings") in page and "3 answers with voice" in page
    status, said = send(at, "privacy/delete")
    assert status == 409 and "Tick the box" in said
    assert send(at, "privacy/delete", sure="on") == (303, "../privacy?gone")
    assert [path.name for path in (home / "recordings").iterdir() if path.is_dir()] == []
    assert (home / "prompts" / "mine.md").exists()


def test_a_form_is_told_in_a_sentence_where_its_page_asks_for_one(at: Served) -> None:
    body = b"interview=soon"
    headers = {"Origin": at.way.origin, "Content-Length": "14", "Accept": "text/plain"}
    answer = at.ask("POST", "plan", headers, body)
    assert answer.status == 409
    assert answer.read().decode().startswith("I don't understand the date 'soon'.")


def test_the_day_of_the_interview_is_set_and_taken_away(at: Served) -> None:
    day = date.today() + timedelta(days=40)
    assert send(at, "plan", interview=day.isoformat()) == (303, "plan")
    assert f'value="{day}"' in text(at, "plan")
    assert send(at, "plan", interview="2001-01-01")[0] == 409
    assert send(at, "plan", interview="soon")[0] == 409
    assert send(at, "plan", interview="") == (303, "plan")
    assert "When is your interview?" in text(at, "plan")


def test_the_first_page_says_the_habit_so_far(at: Served) -> None:
    assert "<p>3 days in a row.</p>" in text(at, "")


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
    pack = (
        f"# {written}\n\n## Ownership\n\n- Why {written}?\n\n## Plan: {written}\n\n- Dana\n\n"
        f"## Story: {written}\n\n- principles: {written}\n- action: {written}\n"
    )
    (tmp_path / "here" / "home" / "prompts" / "hostile.md").write_text(pack, "utf-8")
    send(at, f"take/{latest(at)}", title=HOSTILE, note=HOSTILE)
    send(at, f"remark/{latest(at)}", time="0:01", text=HOSTILE)
    send(at, "questions/add", text=HOSTILE)
    upload(at, f"{HOSTILE}.md".replace("/", ""), f"- Why us?\n\n{written}\n".encode())
    asking = f"?ask={quote(HOSTILE)}"
    searches = (
        f"takes?said={quote(HOSTILE)}",
        f"questions?text={quote(HOSTILE[:30])}",
        f"questions?said={quote(HOSTILE)}",
        f"stories?question={quote(HOSTILE)}",
        f"compare?take={latest(at)}&take={latest(at)}x",
    )
    for path in (*PAGES, asking, *searches, f"take/{latest(at)}"):
        page = at.ask("GET", path).read().decode()
        assert "<script>alert" not in page and "<img src=x" not in page
    for path in ("takes", "questions", "stories", "import", asking, f"take/{latest(at)}"):
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
    program = Rehearse(Settings(home=tmp_path, plain=True))
    assert program.today().model == "base.en (148 MB)"
    said: list[tuple[str, float | None]] = []
    held = program.begin(
        Begin("ask:Why this town?", counter=True),
        devices(),
        lambda text, share=None: said.append((text, share)),
    )
    held.desk.close()
    assert said[:2] == [
        ("Getting the model base.en, once.", 0.0),
        ("Getting the model: 74 MB of 148 MB.", 0.5),
    ]
    assert "Until then" in said[2][0]


@pytest.mark.parametrize(
    "what", ["due", "intro", "resume", "loop:Phone screen", "field:care", "ask:Why us?"]
)
def test_all_that_a_page_can_ask_for_can_be_begun(tmp_path: Path, what: str) -> None:
    program = Rehearse(Settings(home=tmp_path, plain=True, model="miniature"))
    held = program.begin(Begin(what, hands_free=True), devices(), lambda *_: None)
    held.desk.close()
    assert held.session


def test_an_interview_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    program = Rehearse(Settings(home=tmp_path, plain=True, model="miniature"))
    with pytest.raises(NothingToAsk):
        program.begin(Begin("loop:Nobody"), devices(), lambda *_: None)
