"""Pages on what was practised and what may be: answers, progress, the plan, questions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote

from rehearse.errors import RehearseError
from rehearse.views import plan as plan_view
from rehearse.views import takes as takes_view
from rehearse.web.guard import FRAMED
from rehearse.web.html import framed_problem, problem, shown
from rehearse.web.program import Archive, Label, Sought

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

MOST_SHOWN = 200
"""Answers in one list; a search finds the others."""
MOST_FIELDS = 8


def routes(archive: Archive) -> list[Route]:
    from starlette.routing import Route

    def shows(path: str, page: Callable[..., Response]) -> Route:
        return Route(path, partial(page, archive=archive), methods=["GET"])

    def does(path: str, change: Callable[..., str]) -> Route:
        return Route(path, partial(_changed, change=change, archive=archive), methods=["POST"])

    return [
        shows("/takes", _takes),
        shows("/take/{take}", _take),
        does("/take/{take}", _label),
        does("/delete/{take}", _delete),
        shows("/report/{take}", _report),
        shows("/sound/{take}", _sound),
        shows("/progress", _progress),
        shows("/progress/page", _progress_page),
        shows("/plan", _plan),
        does("/plan", _set_interview),
        shows("/questions", _questions),
    ]


async def _changed(request: Request, *, change: Callable[..., str], archive: Archive) -> Response:
    """Does what a form asks for, and shows the page whose address `change` gives."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import RedirectResponse

    try:
        text = (await request.body()).decode()
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        form = {name: values[-1] for name, values in fields.items()}
        address = await run_in_threadpool(change, request, form, archive)
    except ValueError:
        return problem("The form could not be read.", status=400)
    except RehearseError as error:
        return problem(str(error), status=409)
    return RedirectResponse(address, status_code=303)


def _takes(request: Request, *, archive: Archive) -> Response:
    query = request.query_params
    sought = Sought(query.get("said", ""), query.get("starred") == "on")
    found = archive.takes(sought)
    return shown(
        "takes.html",
        sought=sought,
        takes=found[:MOST_SHOWN],
        count=len(found),
        state=takes_view.status,
        amount=takes_view.amount(takes_view.size_of(found)),
        up="",
    )


def _take(request: Request, *, archive: Archive) -> Response:
    try:
        take = archive.take(request.path_params["take"])
    except RehearseError as error:
        return problem(str(error), up="../")
    return shown("take.html", take=take, name=request.path_params["take"], up="../")


def _label(request: Request, form: dict[str, str], archive: Archive) -> str:
    take: str = request.path_params["take"]
    starred = form.get("starred") == "on"
    archive.label(take, Label(form.get("title", ""), form.get("note", ""), starred))
    return quote(take)


def _delete(request: Request, form: dict[str, str], archive: Archive) -> str:
    archive.delete(request.path_params["take"])
    return "../takes"


def _report(request: Request, *, archive: Archive) -> Response:
    return _framed(partial(archive.report, request.path_params["take"]))


def _sound(request: Request, *, archive: Archive) -> Response:
    from starlette.responses import FileResponse

    try:
        return FileResponse(archive.sound(request.path_params["take"]), media_type="audio/wav")
    except RehearseError as error:
        return problem(str(error))


def _progress(request: Request, *, archive: Archive) -> Response:
    return shown("progress.html", up="")


def _progress_page(request: Request, *, archive: Archive) -> Response:
    return _framed(archive.progress)


def _framed(page: Callable[[], str]) -> Response:
    """A page that has a policy of its own."""
    from starlette.responses import HTMLResponse

    try:
        return HTMLResponse(page(), headers={"content-security-policy": FRAMED})
    except RehearseError as error:
        return framed_problem(str(error))


def _plan(request: Request, *, archive: Archive) -> Response:
    try:
        plan = archive.plan()
    except RehearseError as error:
        return problem(str(error))
    today = plan.now.date()
    values: dict[str, Any] = {
        "ago": partial(plan_view.ago, today=today),
        "ahead": partial(plan_view.ahead, today=today),
    }
    return shown("plan.html", plan=plan, today=today, up="", **values)


def _set_interview(request: Request, form: dict[str, str], archive: Archive) -> str:
    archive.set_interview(form.get("interview", ""))
    return "plan"


def _questions(request: Request, *, archive: Archive) -> Response:
    sought = request.query_params.get("text", "")
    return shown("questions.html", packs=archive.questions(sought), sought=sought, up="")
