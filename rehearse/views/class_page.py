"""The page of a class, made for paper: who needs what."""

from __future__ import annotations

from rehearse.progress.classroom import Class
from rehearse.text import clock
from rehearse.views import pages


def page(value: Class, title: str) -> str:
    """As HTML, which loads nothing from outside."""
    style = pages.own("class.css")
    return (
        pages.environment({"clock": clock, "need": _need})
        .get_template("class.html")
        .render(value=value, title=title, style=style, policy=pages.policy(style))
    )


def _need(code: str) -> str:
    """ "missing_result" as "Missing result"."""
    return code.replace("_", " ").capitalize()
