"""Pages that show something, and forms that change something and then lead to a page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote

from rehearse.errors import RehearseError
from rehearse.web.html import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

MOST_FIELDS = 16

Form = dict[str, str]


def shows(path: str, page: Callable[..., Response], **known: object) -> Route:
    from starlette.routing import Route

    shown = partial(_shown, page=partial(page, **known), up=_up(path))
    return Route(path, shown, methods=["GET"])


def does(path: str, change: Callable[..., str], **known: object) -> Route:
    """`change` gets the request and the form's fields, and gives the address of the next page."""
    from starlette.routing import Route

    changed = partial(_changed, change=partial(change, **known), up=_up(path))
    return Route(path, changed, methods=["POST"])


def _up(path: str) -> str:
    """From this page to the first one."""
    return "../" * (path.count("/") - 1)


def _shown(request: Request, *, page: Callable[[Request], Response], up: str) -> Response:
    try:
        return page(request)
    except RehearseError as error:
        return problem(str(error), up=up)


async def _changed(
    request: Request, *, change: Callable[[Request, Form], str], up: str
) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import RedirectResponse

    try:
        text = (await request.body()).decode()
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        form = {name: values[-1] for name, values in fields.items()}
        address = await run_in_threadpool(change, request, form)
    except ValueError:
        return _refused(request, "The form could not be read.", 400, up)
    except RehearseError as error:
        return _refused(request, str(error), 409, up)
    return RedirectResponse(address, status_code=303)


def _refused(request: Request, why: str, status: int, up: str) -> Response:
    """The sentence alone for `forms.js`, which shows it beside what was typed."""
    from starlette.responses import PlainTextResponse

    if request.headers.get("accept") == "text/plain":
        return PlainTextResponse(why, status_code=status)
    return problem(why, status=status, up=up)


def named(request: Request, name: str) -> str:
    """A part of the address."""
    value: str = request.path_params[name]
    return value


def quoted(text: str) -> str:
    return quote(text, safe="")
