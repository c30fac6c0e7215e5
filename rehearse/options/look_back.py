"""The options of the commands that look back: report, replay, compare, progress, share, remarks,
analyze."""

from __future__ import annotations

import argparse

from rehearse.options.shared import manual, no_judgement, report_options, target, whole_number


def report(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "The report is made again from the saved recording and words, with your present settings."
        " TAKE is a take's folder, its id, or a part of the id that only this take has. In a"
        " terminal you see it in brief, and d shows the details.",
        {
            "report": "the latest answer, in the terminal",
            "report --open": "as a page with its sound, in the browser",
            "report weakness --format md -o weakness.md": "the take with 'weakness' in its id",
            "report -o answer.pdf": "as two pages to print",
            "report --format srt -o answer.srt": "the words as subtitles",
        },
    )
    command.add_argument("take", nargs="?", metavar="TAKE", help="default: the latest")
    forms = ["terminal", "html", "pdf", "json", "md", "srt", "vtt", "audacity"]
    command.add_argument(
        "--format",
        choices=forms,
        metavar="FORM",
        help="terminal, html, pdf with Chromium, Chrome or Edge, json, md to read, srt or vtt for"
        " subtitles, audacity for labels",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="default: pages go into the take, PDFs to this folder, text is printed",
    )
    command.add_argument("--details", action="store_true", help="show the details without a key")
    command.add_argument("--open", action="store_true", help="open the page in the browser")
    command.add_argument(
        "--link-audio", action="store_true", help="save the sound beside the page, not inside it"
    )
    no_judgement(command)


def replay(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Each word is marked while it plays. Space pauses, the arrow keys move, n and p go to the"
        " next and the previous filler, pause or section, l repeats a sentence, [ and ] change the"
        " speed but not the pitch, and q leaves.",
        {
            "replay": "the latest answer",
            "replay weakness": "the take with 'weakness' in its id",
            "replay interview.m4a": "any recording, without words",
        },
    )
    command.add_argument(
        "take", nargs="?", metavar="TAKE|FILE", help="a take or a recording (default: the latest)"
    )
    command.add_argument("--speaker", metavar="DEVICE")


def compare(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Shows what got better and what got worse: time, fillers, pace and the parts of the answer."
        " With one TAKE, compares it with the take before it of the same question.",
        {
            "compare": "the last two answers to one question",
            "compare 2026-05-04T18 2026-05-11T18": "any two, by a part of their ids",
            "compare --json": "for scripts",
        },
    )
    command.add_argument(
        "takes", nargs="*", metavar="TAKE", help="two takes (default: the last two of a question)"
    )
    command.add_argument("--json", action="store_true", help="one JSON object")


def progress(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Shows your time, fillers, pace and missing parts over all takes. There is no score.",
        {
            "progress": "in the terminal",
            "progress --format html -o progress.html": "as a page with charts",
            "progress --format csv -o progress.csv": "for a spreadsheet",
        },
    )
    command.add_argument(
        "--format", choices=["terminal", "html", "csv", "json"], default="terminal"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="save it there, do not print it")


def share(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Makes one zip file for you to send; rehearse sends nothing itself. The zip has no settings"
        " and no other takes.",
        {
            "share": "the latest take, as a zip in this folder",
            "share weakness -o for-anna.zip": "the take with 'weakness' in its id",
            "share --no-sound": "words and figures, without your voice",
        },
    )
    command.add_argument("take", nargs="?", metavar="TAKE", help="default: the latest")
    command.add_argument(
        "-o", "--output", metavar="FILE", help="default: the take's id .zip, in this folder"
    )
    command.add_argument(
        "--no-sound", dest="sound", action="store_false", help="leave out your voice"
    )
    no_judgement(command)


def remarks(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Your coach fills in the file remarks.md of the zip that 'rehearse share' makes, and sends"
        " it back. After this command 'rehearse report' shows the remarks with your answer.",
        {
            "remarks remarks.md": "for the take that the file names",
            "remarks from-anna.zip": "the same, from a zip",
            "remarks remarks.md weakness": "for the take with 'weakness' in its id",
        },
    )
    command.add_argument("file", metavar="FILE", help="the coach's Markdown file, or a zip with it")
    command.add_argument(
        "take", nargs="?", metavar="TAKE", help="default: the take that the file names"
    )


def classroom(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="classroom")
    manual(
        command,
        "FOLDER has a folder for each person, with recordings, takes or transcripts. The page shows"
        " each person's middle figures and who needs what, ready to print.",
        {
            "class monday": "a page about all in this folder",
            'class monday --question "Tell me about a mistake." -o monday.html': "read as stories",
        },
    )
    command.add_argument("folder", metavar="FOLDER")
    command.add_argument("--question", metavar="TEXT", help="the story that everyone was asked for")
    command.add_argument("-o", "--output", metavar="FILE", help="default: class.html, here")
    target(command)
    report_options(command)


def analyze(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "PATH is a recording (wav, flac, mp3, m4a, ogg, webm and more), a transcript (txt, srt,"
        " vtt, or an export of Zoom, Teams, Otter, Whisper programs and others) or a take. Only"
        " takes are changed: their new report is saved with them. If several people speak in a"
        " transcript, the one who speaks most is analysed.",
        {
            "analyze interview.m4a": "write the recording down and report",
            "analyze answer.txt --kind behavioural": "a text, read as a story",
            "analyze a.wav --transcript a.vtt --speaker Ana": "with Ana's words from a transcript",
            "analyze *.wav --json": "many, one JSON object per line, for scripts",
            "analyze answers/ --jobs auto -o results.jsonl": "all files in a folder, on every core",
        },
    )
    _analyzed(command)
    _many(command)


def _analyzed(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a recording, a transcript, a take, or a folder with recordings and takes",
    )
    command.add_argument(
        "--transcript", metavar="FILE", help="the words of the recording, or of the take"
    )
    command.add_argument(
        "--speaker", dest="spoken_by", metavar="NAME", help="whose words, or a part of the name"
    )
    command.add_argument("--question", metavar="TEXT", help="the question that was answered")
    command.add_argument("--kind", metavar="KIND", help="the kind of question, as in packs")
    command.add_argument("--notes", metavar="FILE", help="your notes: shows which points you said")
    command.add_argument("--story", metavar="NAME", help="your story: shows which points you said")
    command.add_argument("--json", action="store_true", help="one JSON object per line")
    command.add_argument(
        "--format",
        choices=["csv", "json", "md"],
        metavar="FORM",
        help="a table: csv or md; or json",
    )
    target(command)
    report_options(command)


def _jobs(text: str) -> int:
    """The number of processes; 0 for "auto"."""
    return 0 if text == "auto" else whole_number(text, instead=" or auto")


def _many(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("many", "results come in the order of the paths")
    hands = group.add_mutually_exclusive_group()
    hands.add_argument(
        "--jobs", type=_jobs, metavar="N", help="N processes at once; auto: one per core"
    )
    hands.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="on the Dask workers of tcp://host:8786; they need the same files under the same"
        " names. No sound is sent; texts are, and only tls:// encrypts them",
    )
    group.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="a table if FILE ends in .csv or .md; else add one JSON object per line",
    )
    group.add_argument(
        "--resume", action="store_true", help="skip what is in FILE already and has not changed"
    )
