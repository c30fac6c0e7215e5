"""What can go wrong and what the user can do about it."""


class RehearseError(Exception):
    """One sentence says what went wrong (`what`), one how to fix it (`mend`). Only `cli.py`
    catches it."""

    exit_code = 1
    mend = ""

    def __init__(self, what: str, mend: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        if mend is not None:
            self.mend = mend

    def __str__(self) -> str:
        return f"{self.what} {self.mend}".strip()


class WrongUsage(RehearseError):
    """The command line asks for something impossible."""

    exit_code = 2


class SettingUnfit(RehearseError):
    """A setting in a file or in the environment has a wrong value."""

    mend = "The README lists the settings."


class HomeMissing(RehearseError):
    """The folder of takes and packs is not there: a broken link, or a drive not connected."""

    mend = "Connect its drive, or choose another folder with --home DIR."


class VoiceFailed(RehearseError):
    """The interviewer's voice could not be made."""

    mend = "The question stays on the screen. 'rehearse doctor' shows what is missing."


class SpeakerFailed(RehearseError):
    """Sound could not be played."""

    mend = "Check the sound output, or choose one with --speaker; 'rehearse doctor' lists them."


class EarFailed(RehearseError):
    """The microphone could not be opened."""

    mend = "Plug one in or choose one with --microphone; 'rehearse doctor' lists them."


class EarLost(RehearseError):
    """The microphone stopped giving sound during a recording."""

    mend = "Your answer up to then is saved. Check the cable and answer again."


class DiskFull(RehearseError):
    """The disk accepts no more data."""

    mend = "Your answer up to then is saved. Free some space and answer again."


class OutputRefused(RehearseError):
    """stdout accepts no more data: its disk is full, or it was closed."""

    mend = "Send the output to another place."


class ModelMissing(RehearseError):
    """The model that writes answers down is not on this machine, or is incomplete."""

    mend = "Run 'rehearse models get base.en' while online."


class TranscriptionFailed(RehearseError):
    """The model is there but could not write this recording down."""

    mend = "Your recording is saved. To try again: rehearse recover"


class WritingLost(TranscriptionFailed):
    """The process that writes answers down was stopped from outside, or crashed."""


class UnreadableFile(RehearseError):
    """A file is missing, damaged, or not of the kind that its name says."""


class SpeakerNotFound(RehearseError):
    """A transcript names no speaker like that, several of them, or no speakers at all."""


class NewerFile(UnreadableFile):
    """A file of a later version; it must not be repaired as if it were damaged."""

    mend = "Update rehearse."


class TakeNotFound(RehearseError):
    """No take, or more than one, fits that name."""

    mend = "'rehearse takes' lists them."


class StoryNotFound(RehearseError):
    """No story, or more than one, fits that name."""

    mend = "'rehearse stories' lists them."


class TakesUnfit(RehearseError):
    """There are takes, but not the kind that this command needs."""


class TrashRefused(RehearseError):
    """The system's trash did not accept it."""

    mend = "Add --for-good to delete it permanently."


class EditorFailed(RehearseError):
    """The user's editor is missing, or ended with an error."""


class NothingToExport(RehearseError):
    """A take has nothing to write in that format."""

    mend = "'rehearse recover' writes your answers down."


class RemarksForNobody(RehearseError):
    """A file with remarks names no take, or not the one that the user named."""

    mend = "Name the take: rehearse remarks FILE TAKE. 'rehearse takes' lists them."


class HomeNotWritable(RehearseError):
    """The folder for takes cannot be written to."""

    mend = "Choose another with --home DIR."


class TakeGone(HomeNotWritable):
    """A take is no longer here: somebody deleted it, or moved it out of the folder."""

    mend = ""


class OpenToOthers(RehearseError):
    """Other users of this machine can read the user's files."""


class NothingToAsk(RehearseError):
    """No question is left after choosing."""

    mend = "'rehearse questions list' shows all of them."


class WorkerLost(RehearseError):
    """The process that worked on a file was stopped from outside, or crashed."""

    mend = "Memory may have run out: try this file alone, or fewer at once."


class ClusterMissing(RehearseError):
    """The library for clusters is not installed."""

    mend = "Install it: pip install distributed"


class ClusterUnfit(RehearseError):
    """A cluster cannot be reached, has no workers, or has other versions than this machine."""


class AnswerUnfit(RehearseError):
    """A worker of a cluster answered with something that is not a result."""

    mend = "Check who runs workers in your cluster, and that all have this version of rehearse."


class ResultsFileUnfit(WrongUsage):
    """Results cannot be written into this file."""
