"""The page of a class, made for paper: who needs what."""

from __future__ import annotations

from rehearse.progress.classroom import Class
from rehearse.progress.session_summary import builtin_session_texts
from rehearse.text import clock
from rehearse.views import pages


def page(value: Class, title: str) -> str:
    """As HTML, which loads nothing from outside."""
    style = pages.own("class.css")
    _, to_work_on = builtin_session_texts()
    return (
        pages.environment({"clock": clock, "need": to_work_on.__getitem__})
        .get_template("class.html")
        .render(value=value, title=title, style=style, policy=pages.policy(style))
    )
