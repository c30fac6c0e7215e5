"""The `recordings/` folder as it is read: takes by name, and in the order of their recording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from rehearse.errors import TakeNotFound, UnreadableFile
from rehearse.model.take import Take
from rehearse.takes import held, index, remarks, take_json
from rehearse.takes.files import on_disk, read_text
from rehearse.takes.order import Order
from rehearse.takes.summary import Summary
from rehearse.takes.whereabouts import Mark, mark, renamed
from rehearse.text import is_there

LOCK_FILE = ".recording"


class Shelf:
    """All takes in one folder, each in a folder of its own that is named after its id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._order = Order(folder)
        self._moved: dict[str, str] = {}
        """Names of folders that were renamed, by the ids of their takes."""
        self._marks: dict[str, Mark] = {}
        """Of folders that were recorded or read, by their names."""

    def place(self, take_id: str) -> Path:
        """The folder of a take, also where somebody renamed it since it was recorded or read."""
        folder = self.folder / self._moved.get(take_id, take_id)
        known = self._marks.get(folder.name)
        if known is None or is_there(folder):
            return folder
        found = renamed(self.folder, known)
        if found is None:
            return folder
        self._moved[take_id] = found.name
        self._marks[found.name] = known
        return found

    def _remember(self, folder: Path) -> None:
        if seen := mark(folder):
            self._marks[folder.name] = seen

    def is_being_recorded(self, folder: Path) -> bool:
        """Whether a session that is alive records it; a crash lets it go."""
        return held.is_held(folder / LOCK_FILE)

    def sound_path(self, take: Take) -> Path:
        return self.place(take.id) / take_json.SOUND_FILE

    def duration(self, folder: Path) -> float:
        """Seconds of sound in a take's folder, by the size of its file; 0 where there is none."""
        try:
            size = (folder / take_json.SOUND_FILE).stat().st_size - take_json.HEADER_BYTES
        except OSError:
            return 0.0
        return max(0, size) / take_json.BYTES_PER_SECOND

    def remarks(self, take: Take) -> tuple[remarks.Remark, ...]:
        """What a coach said about a take; empty where nobody did. Raises UnreadableFile."""
        path = self.folder / take.id / remarks.REMARKS_FILE
        try:
            text = read_text(path, largest=remarks.LARGEST).removeprefix("\ufeff")
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableFile(f"{path} cannot be read.", "Repair or delete the file.") from error
        return remarks.parse(text, str(path)).items

    def load(self, folder: Path) -> Take:
        """Raises UnreadableFile."""
        path = folder / take_json.TAKE_FILE
        try:
            text = read_text(path, largest=take_json.LARGEST_FILE)
        except (OSError, ValueError) as error:  # ValueError: no UTF-8, or a name that can be none
            raise UnreadableFile(
                f"{path} cannot be read.", "To repair it: rehearse recover"
            ) from error
        self._remember(folder)
        return replace(take_json.load(text, str(path)), id=folder.name)

    def readable(self, folders: Iterable[Path]) -> Iterator[Take]:
        """The takes of these folders, one by one; damaged ones are for 'rehearse recover'."""
        for folder in folders:
            try:
                take = self.load(folder)
            except UnreadableFile:
                continue
            yield take

    def summaries(self) -> list[Summary]:
        """Of all takes, oldest first, from an index that is kept beside them."""
        return index.summaries(self.folder)

    def drop_index(self) -> None:
        """So that every take is read anew. Raises HomeNotWritable."""
        with on_disk(self.folder):
            (self.folder / index.INDEX_FILE).unlink(missing_ok=True)

    def folders(self) -> list[Path]:
        """Folders of takes, oldest first."""
        return [self.folder / name for name in self._order.names()]

    def before(self, take: Take) -> list[Path]:
        """Folders of the takes that are older than this one, oldest first; all where it is not
        among them."""
        folders = self.folders()
        names = [folder.name for folder in folders]
        return folders[: names.index(take.id)] if take.id in names else folders

    def followed(self, take: Take) -> Take | None:
        """The take whose follow-up this one answers; None where there is none, or none left."""
        folder = self.folder / Path(take.follows).name if take.follows else None
        try:
            return self.load(folder) if folder else None
        except UnreadableFile:
            return None

    def next_turn(self) -> int:
        """One more than that of the latest take that was reported."""
        latest_first = self.readable(reversed(self.folders()))
        return next((take.turn + 1 for take in latest_first if take.transcript is not None), 0)

    def find(self, name: str | None) -> Path:
        """The folder that `name` means: a path, an id, a unique part of one; None is the latest.

        Raises TakeNotFound."""
        folders = self.folders()
        if name is None:
            if not folders:
                raise TakeNotFound("There are no takes yet.", "To begin: rehearse practice")
            return folders[-1]
        if is_there(Path(name) / take_json.TAKE_FILE):
            return Path(name)
        exact = [folder for folder in folders if folder.name == name]
        fitting = exact or [folder for folder in folders if name in folder.name]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise TakeNotFound(
                f"'{name}' fits {len(fitting)} takes.", "Use a longer part of the id."
            )
        raise TakeNotFound(f"No take called '{name}'.")
