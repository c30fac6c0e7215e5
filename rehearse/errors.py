"""Everything that can go wrong and that a user can mend."""


class RehearseError(Exception):
    """One sentence on what went wrong, one on what mends it; only `cli.py` catches it."""

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
    """The command line asks for something that cannot be."""

    exit_code = 2


class SettingUnfit(RehearseError):
    """A setting in a file or in the environment has a value that it cannot have."""

    mend = "See README for the settings."


class HomeMissing(RehearseError):
    """The folder of takes and packs is not there: a link to nothing, a drive that is away."""

    mend = "Connect its drive, or choose another folder with --home DIR."


class VoiceFailed(RehearseError):
    """The interviewer's voice could not be made."""

    mend = "The question stays on the screen; 'rehearse doctor' tells what is missing."


class SpeakerFailed(RehearseError):
    """Sound could not be played."""

    mend = "Check the sound output, or choose one with --speaker; 'rehearse doctor' lists them."


class EarFailed(RehearseError):
    """The microphone could not be opened."""

    mend = "Plug one in or choose one with --microphone; 'rehearse doctor' lists them."


class EarLost(RehearseError):
    """The microphone was there and stopped giving sound."""

    mend = "What was heard is kept. Check the cable and answer again."


class DiskFull(RehearseError):
    """The disk took no more sound."""

    mend = "What was heard is kept. Free some space and answer again."


class OutputRefused(RehearseError):
    """stdout takes nothing more: its disk is full, or it was closed."""

    mend = "Send the output somewhere else."


class ModelMissing(RehearseError):
    """The model that writes answers down is not on this machine, or is not whole."""

    mend = "Run 'rehearse models get base.en' while online."


class TranscriptionFailed(RehearseError):
    """The model is there and could not write this sound down."""

    mend = "The sound is kept; 'rehearse recover' tries again."


class WritingLost(TranscriptionFailed):
    """What writes answers down was ended from outside, or by the sound: libraries can crash."""


class UnreadableFile(RehearseError):
    """A file that is missing, damaged or of another kind than its name says."""


class SpeakerNotFound(RehearseError):
    """A transcript names nobody like that, or several, or no speakers at all."""


class NewerFile(UnreadableFile):
    """A whole file of a later version, which must not be mended as if it were damaged."""

    mend = "Update rehearse."


class TakeNotFound(RehearseError):
    """No take, or more than one, goes by that name."""

    mend = "'rehearse takes' lists them."


class StoryNotFound(RehearseError):
    """No story, or more than one, goes by that name."""

    mend = "'rehearse stories' lists them."


class TakesUnfit(RehearseError):
    """There are takes, but none that this can be done with."""


class TrashRefused(RehearseError):
    """The system's trash took it not."""

    mend = "With --for-good it is deleted without a way back."


class EditorFailed(RehearseError):
    """The user's editor is missing, or ended with an error."""


class NothingToExport(RehearseError):
    """A take has nothing that a file of that form could hold."""

    mend = "'rehearse recover' writes down what waits for its words."


class RemarksForNobody(RehearseError):
    """A file with remarks names no take, or another than the user does."""

    mend = "Name the take: rehearse remarks FILE TAKE. 'rehearse takes' lists them."


class HomeNotWritable(RehearseError):
    """The folder for takes cannot be written to."""

    mend = "Choose another with --home DIR."


class TakeGone(HomeNotWritable):
    """A take that was here is no longer: somebody deleted it, or moved it out of the folder."""

    mend = ""


class OpenToOthers(RehearseError):
    """Other users of this machine could read what belongs to the user."""


class NothingToAsk(RehearseError):
    """No question is left after choosing."""

    mend = "'rehearse questions list' shows what there is."


class WorkerLost(RehearseError):
    """What worked on a file was ended from outside, or by the file: libraries can crash."""

    mend = "Memory may have run out: try this file alone, or fewer at once."


class ClusterMissing(RehearseError):
    """What speaks to a cluster is not installed."""

    mend = "Install it: pip install distributed"


class ClusterUnfit(RehearseError):
    """A cluster that cannot be reached, has nobody who works, or other versions than here."""


class AnswerUnfit(RehearseError):
    """A worker of a cluster answered with something else than a result."""

    mend = "Check who runs workers in your cluster, and that all have the same rehearse."


class ResultsFileUnfit(WrongUsage):
    """Results cannot go into this file as things are."""
