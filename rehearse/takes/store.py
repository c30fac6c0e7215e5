"""The `recordings/` folder: writes and reads takes, the sound first."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.errors import (
    DiskFull,
    HomeNotWritable,
    NewerFile,
    TakeGone,
    TakeNotFound,
    UnreadableFile,
)
from rehearse.model.structure import Analysis
from rehearse.model.take import Ending, Question, Span, Take
from rehearse.takes import held, index, remarks, take_json
from rehearse.takes.files import (
    PRIVATE_FOLDER,
    WavRecorder,
    close_to_others,
    knows_sync,
    left_behind,
    make_private,
    read_text,
    said_by_disk,
    sha256_of,
    sync_names,
    write_whole,
)
from rehearse.takes.index import Summary
from rehearse.takes.order import Order
from rehearse.takes.whereabouts import Mark, brought_back, mark, renamed
from rehearse.text import is_there, slug

if TYPE_CHECKING:
    from rehearse.model.take import Samples

LOCK_FILE = ".recording"
WEAK = (
    "that cannot lock files or save them at once. Recording works, but a crash or a lost connection"
    " may cost more than the last second of an answer."
)
GONE = "The take was deleted or moved away while its report was made. It is no longer in"
GIVEN_UP = (Ending.SKIPPED, Ending.STARTED_OVER)
"""Endings of takes that were given up; their sound is saved but not written down."""


@dataclass(frozen=True)
class Recorded:
    """A take whose recording is over."""

    take: Take
    notice: str | None = None
    """A sentence if somebody moved or deleted the take meanwhile."""


class TakeStore:
    """All takes in one folder, each in a folder of its own that is named after its id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._order = Order(folder)
        self._open: dict[str, WavRecorder] = {}
        self._recorded: dict[str, Recorded] = {}
        self._moved: dict[str, str] = {}
        """Names of folders that were renamed, by the ids of their takes."""
        self._marks: dict[str, Mark] = {}
        """Of folders that were recorded or read, by their names."""

    def check(self) -> None:
        """Raise HomeNotWritable where no take could be kept; nothing that is written stays."""
        place = next(folder for folder in (self.folder, *self.folder.parents) if is_there(folder))
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            raise said_by_disk(error, self.folder) from error

    def weakness(self) -> str | None:
        """What the drive of the takes cannot do, in a sentence; None where it does all. Raises
        HomeNotWritable, DiskFull."""
        place = next(folder for folder in (self.folder, *self.folder.parents) if is_there(folder))
        try:
            if held.knows_locks(place) and knows_sync(place):
                return None
        except OSError as error:
            raise said_by_disk(error, self.folder) from error
        return f"{self.folder} is on a drive {WEAK}"

    def begin(
        self,
        question: Question | None,
        recorded_at: str,
        settings: Mapping[str, str],
        *,
        follows: str | None = None,
        session: str | None = None,
        interviewer: str | None = None,
    ) -> Take:
        """A new folder with its `take.json`; `follows` is the id of the take whose follow-up is
        answered, `session` when its session began. Raises HomeNotWritable, DiskFull."""
        stamp = recorded_at[:19].replace(":", "-")
        name = f"{stamp}_{slug(question.text if question else '')}"
        try:
            make_private(self.folder)
            close_to_others(self.folder)
            take = Take(
                self._new_folder(name),
                recorded_at,
                question,
                ending=None,
                follows=follows,
                session=session,
                interviewer=interviewer,
                settings=settings,
            )
        except OSError as error:
            raise said_by_disk(error, self.folder) from error
        try:
            self.save(take)
        except (HomeNotWritable, DiskFull):
            self.discard(take)
            raise
        return take

    def _new_folder(self, name: str) -> str:
        for attempt in range(1, 1000):
            unique = name if attempt == 1 else f"{name}-{attempt}"
            try:
                (self.folder / unique).mkdir(mode=PRIVATE_FOLDER)
            except FileExistsError:
                continue
            sync_names(self.folder)
            return unique
        raise HomeNotWritable(f"{self.folder} has too many takes from this second.")

    @contextmanager
    def recorder(self, take: Take) -> Iterator[WavRecorder]:
        """The take's sound file, held by a lock that a crash lets go. Raises HomeNotWritable and
        DiskFull."""
        lock = self.folder / take.id / LOCK_FILE
        with ExitStack() as held_open:
            try:
                held_open.enter_context(held.hold(lock))
            except held.Taken as error:
                raise HomeNotWritable(f"{lock.parent} is being recorded already.") from error
            except OSError as error:
                raise said_by_disk(error, self.folder) from error
            recorder = WavRecorder(self.sound_path(take))
            self._open[take.id] = recorder
            try:
                yield recorder
            finally:
                self._close(take, recorder)
        (self.place(take.id) / LOCK_FILE).unlink(missing_ok=True)

    def _close(self, take: Take, recorder: WavRecorder) -> None:
        """Raises DiskFull, and HomeNotWritable where the sound is gone and cannot be written
        again."""
        del self._open[take.id]
        try:
            with suppress(OSError):  # closing reports it
                recorder.sync()
            found = brought_back(recorder.handle, self.folder / take.id)
        finally:
            recorder.close()
        self._moved[take.id] = found.folder.name
        self._remember(found.folder)
        recorded = replace(take, id=found.folder.name, sha256=recorder.sha256)
        self._recorded[take.id] = Recorded(recorded, found.notice)

    def recorded(self, take: Take) -> Recorded:
        """The take as its recording left it: its id, where somebody renamed it, and checksum."""
        return self._recorded.get(take.id, Recorded(take))

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

    def sweep(self, folder: Path) -> None:
        """Remove what a crash left in a folder beside its files: the lock of a recording, and files
        that were not whole yet. Raises HomeNotWritable."""
        try:
            for file in (folder / LOCK_FILE, *left_behind(folder)):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise said_by_disk(error, self.folder) from error

    def save(self, take: Take, analysis: Analysis | None = None) -> None:
        """Replace `take.json` in one step. Raises TakeGone, HomeNotWritable, DiskFull."""
        folder = self.place(take.id)
        text = take_json.dump(replace(take, id=folder.name), analysis)
        try:
            write_whole(folder / take_json.TAKE_FILE, take_json.encoded(text))
        except OSError as error:
            now = self.place(take.id)
            if now != folder:  # it was renamed in this very moment
                return self.save(take, analysis)
            if not is_there(now):
                raise TakeGone(f"{GONE} {self.folder}.") from error
            raise said_by_disk(error, self.folder) from error

    def keep_remarks(self, take: Take, said: remarks.Remarks) -> None:
        """In place of those that were kept before. Raises HomeNotWritable, DiskFull."""
        path = self.folder / take.id / remarks.REMARKS_FILE
        try:
            write_whole(path, remarks.dump(said).encode())
        except OSError as error:
            raise said_by_disk(error, self.folder) from error

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

    def discard(self, take: Take) -> None:
        """Remove a take in which nothing was recorded; one with sound is left alone."""
        folder = self.place(take.id)
        if self.duration(folder):
            return
        with suppress(OSError):  # gone already, or somebody put something of theirs there
            for name in (take_json.SOUND_FILE, take_json.TAKE_FILE, LOCK_FILE):
                (folder / name).unlink(missing_ok=True)
            folder.rmdir()

    def sound_path(self, take: Take) -> Path:
        return self.place(take.id) / take_json.SOUND_FILE

    def samples(self, take: Take, span: Span | None = None) -> Samples:
        """The sound of a take, or a part of it, also while it is recorded and where a crash left
        the header behind its sound. Raises UnreadableFile."""
        path = self.sound_path(take)
        first, last = (
            (take_json.offset(edge) for edge in (span.start, span.end)) if span else (0, 0)
        )
        try:
            with path.open("rb") as file:
                if not span and path.stat().st_size > take_json.LARGEST_SOUND:
                    raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
                file.seek(take_json.HEADER_BYTES + first)
                return take_json.decoded(file.read(last - first) if span else file.read())
        except OSError as error:
            if take.id in self._open and span:  # its name is gone, and it is still being written
                return take_json.decoded(self._open[take.id].read(first, last))
            mend = "Restore the file, or delete the take's folder."
            raise UnreadableFile(f"{path} cannot be read ({error.strerror}).", mend) from error

    def duration(self, folder: Path) -> float:
        """Seconds of sound in a take's folder, by the size of its file; 0 where there is none."""
        try:
            size = (folder / take_json.SOUND_FILE).stat().st_size - take_json.HEADER_BYTES
        except OSError:
            return 0.0
        return max(0, size) / take_json.BYTES_PER_SECOND

    def mend(self, folder: Path) -> Take:
        """The take of a folder, set right and saved where its recording was cut short or its
        `take.json` is damaged; a damaged one is kept beside it, and a whole take is left alone.

        Raises NewerFile, HomeNotWritable and DiskFull."""
        try:
            take = self.load(folder)
        except NewerFile:
            raise
        except UnreadableFile:
            take = _from_name(folder.name)
        if take.ending is not None:
            return take
        take = replace(take, ending=Ending.CUT_SHORT)
        try:
            self._mend_header(folder / take_json.SOUND_FILE)
            take = replace(take, sha256=sha256_of(folder / take_json.SOUND_FILE))
            _keep_damaged(folder / take_json.TAKE_FILE)
        except OSError as error:
            raise said_by_disk(error, self.folder) from error
        self.save(take)
        return take

    def _mend_header(self, sound: Path) -> None:
        if sound.is_symlink():  # whatever it points to is not our recording
            return
        if is_there(sound):
            with sound.open("r+b") as file:
                size = max(0, sound.stat().st_size - take_json.HEADER_BYTES)
                file.write(take_json.wav_header(size - size % take_json.BYTES_PER_SAMPLE))

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

    def summaries(self) -> list[Summary]:
        """Of all takes, oldest first, from an index that is kept beside them."""
        return index.summaries(self.folder)

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
        for folder in reversed(self.folders()):
            try:
                take = self.load(folder)
            except UnreadableFile:
                continue
            if take.transcript is not None:
                return take.turn + 1
        return 0

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


def _from_name(name: str) -> Take:
    """The time and the question in a folder's name, as a take."""
    day, _, time = name.partition("_")[0].partition("T")
    return Take(name, f"{day}T{time.replace('-', ':')}", None, ending=None)


def _keep_damaged(path: Path) -> None:
    """Keep a damaged file beside the new one, for a person to read."""
    try:
        take_json.load(read_text(path, largest=take_json.LARGEST_FILE), str(path))
    except FileNotFoundError:
        return
    except (OSError, UnreadableFile, UnicodeDecodeError):
        path.replace(path.with_name(f"{path.name}.damaged"))
