"""Pages on what was practised: answers, two of them beside each other, progress, the plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rehearse.errors import RehearseError
from rehearse.views import compare as compare_view
from rehearse.views import plan as plan_view
from rehearse.views import takes as takes_view
from rehearse.web.content import Label, Sought
from rehearse.web.forms import Form, does, named, quoted, shows
from rehearse.web.guard import FRAMED
from rehearse.web.html import framed_problem, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from rehearse.web.content import Archive

MOST_SHOWN = 200
"""Answers in one list; a search finds the others."""
MARKS = {"green": "better", "yellow": "worse", "dim": "soft"}
"""Classes of what the terminal shows in a colour."""


def routes(archive: Archive) -> list[Route]:
    shown_ = partial(shows, archive=archive)
    done = partial(does, archive=archive)
    return [
        shown_("/takes", _takes),
        shown_("/take/{take}", _take),
        done("/take/{take}", _label),
        done("/star/{take}", _star),
        done("/delete/{take}", _delete),
        done("/back/{take}", _put_back),
        done("/forget/{take}", _forget),
        done("/remark/{take}", _remark),
        done("/unremark/{take}", _drop_remark),
        shown_("/report/{take}", _report),
        shown_("/sound/{take}", _sound),
        shown_("/compare", _compare),
        shown_("/progress", _progress),
        shown_("/progress/page", _progress_page),
        shown_("/plan", _plan),
        done("/plan", _set_interview),
    ]


def _takes(request: Request, *, archive: Archive) -> Response:
    query = request.query_params
    sought = Sought(query.get("said", ""), query.get("starred") == "on")
    found = archive.takes(sought)
    return shown(
        "takes.html",
        sought=sought,
        takes=found[:MOST_SHOWN],
        deleted=archive.deleted(),
        count=len(found),
        state=takes_view.status,
        size=takes_view.size_of(found),
        up="",
    )


def _take(request: Request, *, archive: Archive) -> Response:
    name = named(request, "take")
    opened = archive.take(name)
    values = {"take": opened.take, "remarks": opened.remarks, "before": opened.before}
    return shown("take.html", name=name, up="../", **values)


def _label(request: Request, form: Form, archive: Archive) -> str:
    take = named(request, "take")
    starred = form.get("starred") == "on"
    archive.label(take, Label(form.get("title", ""), form.get("note", ""), starred))
    return quoted(take)


def _star(request: Request, form: Form, archive: Archive) -> str:
    archive.star(named(request, "take"))
    return "../takes"


def _delete(request: Request, form: Form, archive: Archive) -> str:
    archive.delete(named(request, "take"))
    return "../takes"


def _put_back(request: Request, form: Form, archive: Archive) -> str:
    archive.put_back(named(request, "take"))
    return "../takes"


def _forget(request: Request, form: Form, archive: Archive) -> str:
    archive.forget(named(request, "take"))
    return "../takes"


def _remark(request: Request, form: Form, archive: Archive) -> str:
    take = named(request, "take")
    archive.remark(take, form.get("time", ""), form.get("text", ""))
    return f"../take/{quoted(take)}?remarks"


def _drop_remark(request: Request, form: Form, archive: Archive) -> str:
    take = named(request, "take")
    number = form.get("number", "")
    if number.isdecimal() and len(number) < 6:
        archive.drop_remark(take, int(number))
    return f"../take/{quoted(take)}?remarks"


def _report(request: Request, *, archive: Archive) -> Response:
    return _framed(partial(archive.report, named(request, "take")))


def _sound(request: Request, *, archive: Archive) -> Response:
    from starlette.responses import FileResponse

    return FileResponse(archive.sound(named(request, "take")), media_type="audio/wav")


def _compare(request: Request, *, archive: Archive) -> Response:
    found = archive.compare(request.query_params.getlist("take"))
    return shown(
        "compare.html",
        found=found,
        sentence=compare_view.sentence(found.comparison),
        rows=list(compare_view.rows(found.comparison)),
        followed=compare_view.FOLLOWED,
        marks=MARKS,
        up="",
    )


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
    plan = archive.plan()
    today = plan.now.date()
    values: dict[str, Any] = {
        "ago": partial(plan_view.ago, today=today),
        "ahead": partial(plan_view.ahead, today=today),
    }
    return shown("plan.html", plan=plan, today=today, up="", **values)


def _set_interview(request: Request, form: Form, archive: Archive) -> str:
    archive.set_interview(form.get("interview", ""))
    return "plan"
