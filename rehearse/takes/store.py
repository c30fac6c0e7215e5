"""The `recordings/` folder: sound first, then what is known about it."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.errors import DiskFull, HomeNotWritable, TakeGone, UnreadableFile
from rehearse.model.structure import Analysis
from rehearse.model.take import Question, Span, Take
from rehearse.takes import held, remarks, take_json
from rehearse.takes.files import (
    PRIVATE_FOLDER,
    WavRecorder,
    close_to_others,
    knows_sync,
    make_private,
    on_disk,
    said_by_disk,
    sync_names,
    write_whole,
)
from rehearse.takes.shelf import LOCK_FILE, Shelf
from rehearse.takes.whereabouts import brought_back
from rehearse.text import is_there, slug

if TYPE_CHECKING:
    from rehearse.model.take import Samples

WEAK = (
    "that cannot lock files or save them at once. Recording works; a crash or a lost connection may"
    " cost more of an answer than the usual second."
)
GONE = "The take was deleted or moved away while its report was made. It is no longer in"


@dataclass(frozen=True)
class Recorded:
    """A take whose recording is over."""

    take: Take
    notice: str | None = None
    """What somebody did to it meanwhile, for the user."""


class TakeStore(Shelf):
    """Takes that are recorded, changed and thrown away."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._open: dict[str, WavRecorder] = {}
        self._recorded: dict[str, Recorded] = {}

    def check(self) -> None:
        """Raise HomeNotWritable where no take could be kept; nothing that is written stays."""
        place = next(folder for folder in (self.folder, *self.folder.parents) if is_there(folder))
        with on_disk(self.folder), tempfile.TemporaryFile(dir=place):
            pass

    def weakness(self) -> str | None:
        """What the drive of the takes cannot do, in a sentence; None where it does all. Raises
        HomeNotWritable, DiskFull."""
        place = next(folder for folder in (self.folder, *self.folder.parents) if is_there(folder))
        with on_disk(self.folder):
            if held.knows_locks(place) and knows_sync(place):
                return None
        return f"{self.folder} lies on a drive {WEAK}"

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
        with on_disk(self.folder):
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
        raise HomeNotWritable(f"{self.folder} has too many takes of this second.")

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
            with suppress(OSError):  # closing raises it
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
        with on_disk(self.folder):
            write_whole(path, remarks.dump(said).encode())

    def discard(self, take: Take) -> None:
        """Remove a take in which nothing was recorded; one with sound is left alone."""
        folder = self.place(take.id)
        if self.duration(folder):
            return
        with suppress(OSError):  # gone already, or somebody put something of theirs there
            for name in (take_json.SOUND_FILE, take_json.TAKE_FILE, LOCK_FILE):
                (folder / name).unlink(missing_ok=True)
            folder.rmdir()

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
            mend = "Bring the file back, or remove the take's folder."
            raise UnreadableFile(f"{path} cannot be read ({error.strerror}).", mend) from error
