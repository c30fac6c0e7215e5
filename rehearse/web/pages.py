"""The pages, and where each is found."""

from __future__ import annotations

from functools import partial
from importlib import resources
from typing import TYPE_CHECKING, Any

from rehearse.errors import RehearseError
from rehearse.text import clock
from rehearse.views import pages as house
from rehearse.views.session_page import FIRST, ROWS
from rehearse.web import ear
from rehearse.web.guard import FRAMED
from rehearse.web.socket import attend

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.websockets import WebSocket

    from rehearse.web.holder import Holder

_FILES = resources.files("rehearse.web") / "templates"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
SHARED = "page.css"
"""The style of the house, which the page of a take has inside."""


def pages(holder: Holder) -> Starlette:
    from starlette.applications import Starlette
    from starlette.routing import Route, WebSocketRoute

    def route(path: str, page: Any) -> Route:
        return Route(path, partial(page, holder=holder), methods=["GET"])

    async def line(socket: WebSocket) -> None:
        await attend(socket, holder)

    return Starlette(
        routes=[
            route("/", _practice),
            route("/file/{name}", _file),
            route("/clip/{number:int}", _clip),
            route("/sample", _sample),
            route("/report/{take}", _report),
            route("/take/{take}", _take),
            route("/session", _session),
            WebSocketRoute("/line", line),
        ]
    )


def _environment() -> Environment:
    from jinja2 import FunctionLoader

    made = house.environment({"clock": clock})
    made.loader = FunctionLoader(lambda name: (_FILES / name).read_text("utf-8"))
    return made


def _html(name: str, **values: object) -> Response:
    from starlette.responses import HTMLResponse

    return HTMLResponse(_filled(name, **values))


def _filled(name: str, **values: object) -> str:
    return _environment().get_template(name).render(here=name, **values)


def _not_there(error: str) -> Response:
    response = _html("problem.html", why=error, up="../")
    response.status_code = 404
    return response


def _practice(request: Request, *, holder: Holder) -> Response:
    try:
        today = holder.program.today()
    except RehearseError as error:
        return _html("problem.html", why=str(error), up="")
    return _html("practice.html", today=today, why=ear.WHY, mend=ear.MEND, up="")


def _file(request: Request, *, holder: Holder) -> Response:
    from starlette.responses import Response

    name = request.path_params["name"]
    ending = TYPES.get(name[name.rfind(".") :], "")
    if name == SHARED:
        return Response(str(house.own(SHARED)), media_type=ending)
    if not ending or "/" in name or "\\" in name or not (_FILES / name).is_file():
        return _not_there("There is no such file.")
    return Response((_FILES / name).read_bytes(), media_type=ending)


def _clip(request: Request, *, holder: Holder) -> Response:
    from starlette.responses import Response

    sound = holder.player.sound(request.path_params["number"])
    return Response(sound, media_type="audio/wav", status_code=200 if sound else 404)


def _sample(request: Request, *, holder: Holder) -> Response:
    from starlette.responses import PlainTextResponse, Response

    try:
        return Response(holder.program.sample(), media_type="audio/wav")
    except RehearseError as error:
        return PlainTextResponse(str(error), status_code=503)


def _report(request: Request, *, holder: Holder) -> Response:
    from starlette.responses import HTMLResponse

    try:
        text = holder.program.report(request.path_params["take"])
    except RehearseError as error:
        return HTMLResponse(
            _filled("problem.html", why=str(error), up="../"),
            status_code=404,
            headers={"content-security-policy": f"default-src 'none'; style-src 'self'; {FRAMED}"},
        )
    return HTMLResponse(text, headers={"content-security-policy": FRAMED})


def _take(request: Request, *, holder: Holder) -> Response:
    take = request.path_params["take"]
    try:
        question = holder.program.question(take)
    except RehearseError as error:
        return _not_there(str(error))
    return _html("take.html", take=take, question=question, up="../")


def _session(request: Request, *, holder: Holder) -> Response:
    summed = holder.summed()
    if summed is None:
        return _not_there("No session was held since this page was opened.")
    return _html("session.html", summed=summed, rows=ROWS, first=FIRST, up="")
