"""What the pages of 'rehearse web' show of settings and of all that is kept, and how they change
it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from rehearse import app
from rehearse.commands import forgetting
from rehearse.commands.forget import STAYS, STAYS_OF_ALL
from rehearse.config import CONFIG_FILE, DEFAULT_MODEL, LARGEST, Settings, checked
from rehearse.errors import SettingUnfit, VoiceFailed, WrongUsage
from rehearse.schedule.planfile import PLAN_FILE
from rehearse.session.resume import SESSION_FILE
from rehearse.speech import models
from rehearse.speech.catalogue import known_models, size_text
from rehearse.speech.voice import voices
from rehearse.takes import edit
from rehearse.takes.files import on_disk, read_text, write_whole
from rehearse.takes.store import TakeStore
from rehearse.text import clock, is_folder, is_there, seconds
from rehearse.web.content import Choice, Kept, Offered, Privacy, Wanted

MOST_VOICES = 200
TRIED = "Hello."


class Home:
    _chosen: Settings
    _again: Callable[[], Settings] | None = None
    """Reads the settings anew."""
    _config: Path | None = None
    """The settings file that the command line names."""

    def settings(self) -> Offered:
        now, coaching = self._chosen, self._chosen.coaching
        wanted = Wanted(
            model=now.model,
            voice=now.voice or "",
            rate=str(now.rate),
            target=clock(now.target) if now.target else "",
            own_fillers="\n".join(coaching.own_fillers),
            advice=coaching.advice,
        )
        return Offered(wanted, tuple(_models(now.model)), _voices(), self._file)

    def save_settings(self, wanted: Wanted) -> None:
        path = self._file
        text = _text(path)
        new = _changed(text, _values(wanted))
        checked(new, path)
        if wanted.voice.strip() and wanted.voice.strip() != self._chosen.voice:
            app.voice(replace(self._chosen, voice=wanted.voice.strip())).render(TRIED)
        with on_disk(path.parent):
            write_whole(path, new.encode("utf-8"))
        if self._again:
            self._chosen = self._again()

    def privacy(self) -> Privacy:
        home = self._chosen.home
        places = {
            "Your answers: voice, words, reports, remarks": self._chosen.recordings,
            "Your questions, stories and notes": self._chosen.prompts,
            "The day of your interview and your own ratings": home / PLAN_FILE,
            "The rest of a session that you stopped": home / SESSION_FILE,
            "Your settings": self._file,
            "Models that write answers down; nothing of yours": models.models_folder(),
        }
        kept = tuple(Kept(what, where, _size(where)) for what, where in places.items())
        answers = len(TakeStore(self._chosen.recordings).folders())
        return Privacy(kept, answers, f"{STAYS} {STAYS_OF_ALL}")

    def forget_all(self) -> None:
        forgetting.forget_all(self._chosen.home, TakeStore(self._chosen.recordings))

    @property
    def _file(self) -> Path:
        return self._config or self._chosen.home / CONFIG_FILE


def _models(chosen: str) -> Iterator[Choice]:
    here = {found.name for found in models.installed()}
    for known in known_models():
        about = size_text(known.size) + ("" if known.name in here else ", not downloaded yet")
        yield Choice(known.name, about)
    if chosen not in {known.name for known in known_models()}:
        yield Choice(chosen, "on this computer")


def _voices() -> tuple[str, ...]:
    with suppress(VoiceFailed):
        return voices()[:MOST_VOICES]
    return ()


def _text(path: Path) -> str:
    """Of the settings file; "" where there is none. Raises SettingUnfit."""
    if not is_there(path):
        return ""
    try:
        return read_text(path, largest=LARGEST).removeprefix("\ufeff")
    except (OSError, ValueError) as error:
        raise SettingUnfit(f"{path} cannot be read: {error}.") from error


def _values(wanted: Wanted) -> dict[str, Any]:
    """As the file has them; None for what is as usual. Raises WrongUsage."""
    rate = wanted.rate.strip()
    if rate and not (rate.isdecimal() and 80 <= int(rate) <= 600):
        raise WrongUsage(f"'{rate}' is not a rate.", "Write words a minute, from 80 to 600.")
    if wanted.target.strip():
        seconds(wanted.target)
    own = [line.strip() for line in wanted.own_fillers.splitlines() if line.strip()]
    return {
        "model": wanted.model if wanted.model != DEFAULT_MODEL else None,
        "voice": wanted.voice.strip() or None,
        "rate": int(rate) if rate and int(rate) != Settings.rate else None,
        "target": wanted.target.strip() or None,
        "coaching.own_fillers": own or None,
        "coaching.advice": None if wanted.advice else False,
    }


def _changed(text: str, values: dict[str, Any]) -> str:
    """The file's text with these values, and the rest as the user wrote it. Raises SettingUnfit."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        for name, value in values.items():
            *around, last = name.split(".")
            table: Any = document
            for part in around:
                table = table.setdefault(part, tomlkit.table())
            if value is None:
                table.pop(last, None)
            elif table.get(last) != value:
                table[last] = value
        for name in [name for name, value in document.items() if value == {}]:
            document.pop(name)
        return tomlkit.dumps(document)
    except (TOMLKitError, AttributeError, TypeError) as error:
        raise SettingUnfit(f"The settings file cannot be changed: {error}.") from error


def _size(path: Path) -> int:
    if is_folder(path):
        return edit.size(path)
    return path.stat().st_size if is_there(path) else 0
