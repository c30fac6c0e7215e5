"""Pages on settings, and on what is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rehearse.errors import WrongUsage
from rehearse.web.content import Wanted
from rehearse.web.forms import Form, does, shows
from rehearse.web.html import shown

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from rehearse.web.content import Home


def routes(home: Home) -> list[Route]:
    shown_ = partial(shows, home=home)
    done = partial(does, home=home)
    return [
        shown_("/settings", _settings),
        done("/settings", _save),
        shown_("/privacy", _privacy),
        done("/privacy/delete", _delete_all),
    ]


def _settings(request: Request, *, home: Home) -> Response:
    offered = home.settings()
    is_saved = "saved" in request.query_params
    return shown("settings.html", offered=offered, is_saved=is_saved, up="")


def _save(request: Request, form: Form, home: Home) -> str:
    names = ("model", "voice", "rate", "target", "own_fillers")
    values = {name: form.get(name, "") for name in names}
    home.save_settings(Wanted(**values, advice=form.get("advice") == "on"))
    return "settings?saved"


def _privacy(request: Request, *, home: Home) -> Response:
    is_gone = "gone" in request.query_params
    return shown("privacy.html", privacy=home.privacy(), is_gone=is_gone, up="")


def _delete_all(request: Request, form: Form, home: Home) -> str:
    if form.get("sure") != "on":
        raise WrongUsage("Nothing was deleted.", "Tick the box first.")
    home.forget_all()
    return "../privacy?gone"
