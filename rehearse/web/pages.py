"""The pages, and where each is found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rehearse.errors import RehearseError
from rehearse.views import pages as house
from rehearse.views.session_page import FIRST, ROWS, by_interviewer
from rehearse.web import archive, ear, home, prepare
from rehearse.web.html import FILES, problem, shown
from rehearse.web.socket import attend

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.websockets import WebSocket

    from rehearse.web.holder import Holder

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
LONGEST_QUESTION = 1_000
SHARED = ("page.css", "remarks.js")
"""What the page of a take has inside."""


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
            route("/session", _session),
            *archive.routes(holder.program),
            *prepare.routes(holder.program),
            *home.routes(holder.program),
            WebSocketRoute("/line", line),
        ],
        exception_handlers={404: _nowhere},
    )


def _nowhere(request: Request, error: Exception) -> Response:
    return problem("There is no such page.", up="../" * (request.url.path.count("/") - 1))


def _practice(request: Request, *, holder: Holder) -> Response:
    try:
        today = holder.program.today()
    except RehearseError as error:
        return problem(str(error), status=409, up="")
    ask = request.query_params.get("ask", "")[:LONGEST_QUESTION]
    return shown("practice.html", today=today, ask=ask, why=ear.WHY, mend=ear.MEND, up="")


def _file(request: Request, *, holder: Holder) -> Response:
    from starlette.responses import Response

    name = request.path_params["name"]
    ending = TYPES.get(name[name.rfind(".") :], "")
    if name in SHARED:
        return Response(str(house.own(name)), media_type=ending)
    if not ending or "/" in name or "\\" in name or not (FILES / name).is_file():
        return problem("There is no such file.")
    return Response((FILES / name).read_bytes(), media_type=ending)


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


def _session(request: Request, *, holder: Holder) -> Response:
    summed = holder.summed()
    if summed is None:
        return problem("No session was held since this page was opened.")
    return shown(
        "session.html", summed=summed, rows=ROWS, first=FIRST, by_interviewer=by_interviewer, up=""
    )
