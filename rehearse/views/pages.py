"""What all pages share: templates that escape their values, and a policy that lets the browser load
nothing from outside the page."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from rehearse.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATES = resources.files("rehearse.views") / "templates"


def environment(filters: Mapping[str, Callable[..., Any]]) -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        autoescape=True,
        finalize=_shown,
        keep_trailing_newline=True,
        loader=FunctionLoader(lambda name: (_TEMPLATES / name).read_text("utf-8")),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= filters
    return made


def own(name: str) -> Markup:
    """One of our own files, which goes into the page unescaped."""
    from markupsafe import Markup

    return Markup((_TEMPLATES / name).read_text("utf-8"))


def policy(style: str, script: str | None = None, media: str | None = None) -> str:
    """The Content-Security-Policy: this style, this script and these media, and nothing else."""
    rules = {"default-src": "'none'", "style-src": _hash(style)}
    if script is not None:
        rules |= {"script-src": _hash(script), "media-src": media or "'none'"}
    rules |= {"base-uri": "'none'", "form-action": "'none'"}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _shown(value: object) -> object:
    """A value of a template without control characters, before it is escaped."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return printable(value)
    return value
