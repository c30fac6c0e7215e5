"""Pages on what the candidate prepares: questions, stories, notes from a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from rehearse.errors import RehearseError
from rehearse.questions.bank import Story
from rehearse.questions.principles import split_names
from rehearse.text import one_line
from rehearse.views import notes as notes_view
from rehearse.views import stories as view
from rehearse.web.content import StoryName
from rehearse.web.forms import Form, does, shows
from rehearse.web.guard import NOTES
from rehearse.web.html import shown

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from rehearse.web.content import Prepared

SECTIONS = {
    "situation": "Where and when it was, and what was at stake",
    "task": "What you had to do",
    "action": "What you did, step by step",
    "result": "What came of it, with a number if you have one",
}
LONGEST_NAME = 255


def routes(prepared: Prepared) -> list[Route]:
    from starlette.routing import Route

    shown_ = partial(shows, prepared=prepared)
    done = partial(does, prepared=prepared)
    return [
        shown_("/questions", _questions),
        done("/questions/add", _add_question),
        done("/questions/drop", _drop_question),
        shown_("/import", _found),
        Route(NOTES, partial(_read_notes, prepared=prepared), methods=["POST"]),
        done("/import/keep", _keep_notes),
        shown_("/stories", _stories),
        shown_("/story", _story),
        done("/story", _save_story),
        done("/story/delete", _drop_story),
    ]


def _questions(request: Request, *, prepared: Prepared) -> Response:
    query = request.query_params
    sought = query.get("text", "")
    return shown(
        "questions.html",
        packs=prepared.questions(sought),
        sought=sought,
        said=query.get("said", ""),
        files=prepared.own_files(),
        own=prepared.own_questions(),
        up="",
    )


def _add_question(request: Request, form: Form, prepared: Prepared) -> str:
    prepared.add_question(form.get("text", ""), form.get("target", ""))
    return "../questions#own"


def _drop_question(request: Request, form: Form, prepared: Prepared) -> str:
    prepared.drop_question(form.get("text", ""))
    return "../questions#own"


def _found(request: Request, *, prepared: Prepared) -> Response:
    found = prepared.found()
    rows = list(notes_view.rows(found.notes)) if found else []
    unplaced = notes_view.UNPLACED
    return shown("import.html", found=found, rows=rows, unplaced=unplaced, up="")


async def _read_notes(request: Request, *, prepared: Prepared) -> Response:
    """A file as it is, with its name in the address; answers a sentence where it is of no use."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import PlainTextResponse

    name = request.query_params.get("name", "")[:LONGEST_NAME]
    try:
        await run_in_threadpool(prepared.read_notes, name, await request.body())
    except RehearseError as error:
        return PlainTextResponse(str(error), status_code=409)
    return PlainTextResponse("")


def _keep_notes(request: Request, form: Form, prepared: Prepared) -> str:
    return f"../questions?{urlencode({'said': prepared.keep_notes()})}"


def _stories(request: Request, *, prepared: Prepared) -> Response:
    question = one_line(request.query_params.get("question", ""))
    found = prepared.stories(question)
    return shown(
        "stories.html",
        found=found,
        told=list(zip(found.records, found.names, strict=True)),
        facts=view.facts_of,
        reasons=view.reasons,
        most=view.MOST_FITS,
        no_fit=view.NO_FIT,
        gaps=view.gaps(found.rows),
        pace=view.pace_text(found.pace),
        up="",
    )


def _story(request: Request, *, prepared: Prepared) -> Response:
    query = request.query_params
    name = _name(query.get("pack", ""), query.get("title", ""))
    form = prepared.story(name)
    return shown("story.html", form=form, name=name, sections=SECTIONS, up="")


def _save_story(request: Request, form: Form, prepared: Prepared) -> str:
    prepared.save_story(_name(form.get("pack", ""), form.get("was", "")), _written(form))
    return "stories"


def _drop_story(request: Request, form: Form, prepared: Prepared) -> str:
    name = _name(form.get("pack", ""), form.get("was", ""))
    if name:
        prepared.drop_story(name)
    return "../stories"


def _name(pack: str, title: str) -> StoryName | None:
    """None for a story that is new."""
    return StoryName(pack, title) if pack or title else None


def _written(form: Form) -> Story:
    def lines(name: str) -> list[str]:
        return [line for each in form.get(name, "").splitlines() if (line := one_line(each))]

    told = {name: "\n".join(lines(name)) or None for name in SECTIONS}
    return Story(
        title=one_line(form.get("title", "")),
        principles=split_names(one_line(form.get("principles", ""))),
        question=one_line(form.get("question", "")) or None,
        notes=tuple(lines("notes")),
        **told,
    )
