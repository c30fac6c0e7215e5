"""Templates of the pages, filled."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from rehearse.takes.remarks import times
from rehearse.text import clock, counted
from rehearse.views import pages as house
from rehearse.views import wording
from rehearse.views.takes import amount
from rehearse.web.guard import FRAMED

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.responses import Response

FILES = resources.files("rehearse.web") / "templates"


ROOMS = {
    "compare.html": "takes",
    "take.html": "takes",
    "import.html": "questions",
    "story.html": "stories",
}
"""Pages that belong to another one of the navigation."""


def filled(template: str, **values: object) -> str:
    here = ROOMS.get(template, template.removesuffix(".html"))
    return _environment().get_template(template).render(here=here, **values)


def shown(template: str, **values: object) -> Response:
    from starlette.responses import HTMLResponse

    return HTMLResponse(filled(template, **values))


def problem(why: str, *, status: int = 404, up: str = "../") -> Response:
    response = shown("problem.html", why=why, up=up)
    response.status_code = status
    return response


def framed_problem(why: str) -> Response:
    """Within a page of ours."""
    response = problem(why)
    policy = f"default-src 'none'; style-src 'self'; {FRAMED}"
    response.headers["content-security-policy"] = policy
    return response


def _environment() -> Environment:
    from jinja2 import FunctionLoader

    made = house.environment(
        {"clock": clock, "counted": counted, "day": wording.day, "times": times, "amount": amount}
    )
    made.loader = FunctionLoader(lambda name: (FILES / name).read_text("utf-8"))
    return made
