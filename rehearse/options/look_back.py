"""Commands to look back with."""

from __future__ import annotations

import argparse

from rehearse.options.shared import manner, manual, no_judgement, target, whole_number


def report(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Everything is computed anew from the kept sound and words, with your settings of today."
        " TAKE is a take's folder, its id or any part of it that no other has.",
        {
            "report": "the latest answer, in the terminal",
            "report --open": "the same as a page, with its sound, in the browser",
            "report weakness --format md -o weakness.md": "a take whose id has 'weakness', as text",
            "report --format srt -o answer.srt": "its words as subtitles",
        },
    )
    command.add_argument("take", nargs="?", metavar="TAKE", help="default: the latest")
    forms = ["terminal", "html", "json", "md", "srt", "vtt", "audacity"]
    command.add_argument(
        "--format",
        choices=forms,
        metavar="FORM",
        help="terminal, html, json, md to read, srt or vtt for subtitles, audacity for labels",
    )
    command.add_argument(
        "-o", "--output", metavar="FILE", help="default: a page lies in the take, text is printed"
    )
    command.add_argument("--open", action="store_true", help="open the page in the browser")
    command.add_argument(
        "--link-audio", action="store_true", help="the sound in a file beside the page, not in it"
    )
    no_judgement(command)


def replay(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Each word is marked as it is heard. Space pauses, the arrows move, n and p go to the next"
        " and the last filler, pause or section, l loops a sentence, [ and ] change the speed at"
        " the same pitch, and q leaves.",
        {
            "replay": "the latest answer",
            "replay weakness": "a take whose id has 'weakness'",
            "replay interview.m4a": "any recording, without its words",
        },
    )
    command.add_argument(
        "take", nargs="?", metavar="TAKE|FILE", help="a take or a recording (default: the latest)"
    )
    command.add_argument("--speaker", metavar="DEVICE")


def compare(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Tells what became better and what worse: time, fillers, pauses, the parts of the story."
        " With one TAKE, it is set beside the one before it to the same question.",
        {
            "compare": "the last two answers to one question",
            "compare 2026-05-04T18 2026-05-11T18": "any two, by a part of their ids",
            "compare --json": "for scripts",
        },
    )
    command.add_argument(
        "takes", nargs="*", metavar="TAKE", help="two (default: the last two of a question)"
    )
    command.add_argument("--json", action="store_true", help="one object on stdout")


def progress(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Days, pace, fillers, pauses and sections over all your takes; no score.",
        {
            "progress": "in the terminal",
            "progress --format html -o progress.html": "as a page with charts",
            "progress --format csv -o progress.csv": "for a spreadsheet",
        },
    )
    command.add_argument(
        "--format", choices=["terminal", "html", "csv", "json"], default="terminal"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="write it there, not to stdout")


def share(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "Writes one zip and sends nothing. It holds no settings and no other take.",
        {
            "share": "the latest take, in a zip here",
            "share weakness -o for-anna.zip": "a take whose id has 'weakness'",
            "share --no-sound": "the words and figures, without your voice",
        },
    )
    command.add_argument("take", nargs="?", metavar="TAKE", help="default: the latest")
    command.add_argument(
        "-o", "--output", metavar="FILE", help="default: the take's id, .zip, here"
    )
    command.add_argument(
        "--no-sound", dest="sound", action="store_false", help="without your voice"
    )
    no_judgement(command)


def remarks(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "The coach writes into the remarks.md of the zip that 'rehearse share' makes and sends it"
        " back. Afterwards 'rehearse report' shows the remarks with the answer.",
        {
            "remarks remarks.md": "for the take that the file names",
            "remarks from-anna.zip": "the same, out of a zip",
            "remarks remarks.md weakness": "for a take whose id has 'weakness'",
        },
    )
    command.add_argument("file", metavar="FILE", help="the coach's Markdown file, or a zip with it")
    command.add_argument(
        "take", nargs="?", metavar="TAKE", help="default: the one that the file names"
    )


def analyze(command: argparse.ArgumentParser) -> None:
    manual(
        command,
        "PATH is a recording (wav, flac, mp3, m4a, ogg, webm and more), a transcript (txt, srt,"
        " vtt, or what Zoom, Teams, Otter, the Whisper programs and the large services export) or a"
        " take. A take is written again into its folder; nothing else is kept. Where several people"
        " speak in a transcript, the one who speaks most is taken.",
        {
            "analyze interview.m4a": "writes the recording down and reports",
            "analyze answer.txt --kind behavioural": "a text, judged as a story",
            "analyze a.wav --transcript a.vtt --speaker Ana": "with the words that Ana says in it",
            "analyze *.wav --json": "many, one object a line, for scripts",
            "analyze answers/ --jobs auto -o results.jsonl": "a folder of them, on every core",
        },
    )
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a recording, a transcript, a take, or a folder: every recording and take in it",
    )
    command.add_argument(
        "--transcript", metavar="FILE", help="the words of the recording, or of the take"
    )
    command.add_argument(
        "--speaker", dest="spoken_by", metavar="NAME", help="whose words to take; a part is enough"
    )
    command.add_argument("--question", metavar="TEXT", help="the question that was answered")
    command.add_argument("--kind", metavar="KIND", help="what the question expects")
    command.add_argument("--notes", metavar="FILE", help="your notes: which points were said")
    command.add_argument("--story", metavar="NAME", help="your story: which points were said")
    command.add_argument("--json", action="store_true", help="one object a line on stdout")
    target(command)
    manner(command)
    _many(command)


def _jobs(text: str) -> int:
    """0 for auto."""
    return 0 if text == "auto" else whole_number(text, instead=" or auto")


def _many(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("many", "the results come in the order of the paths")
    hands = group.add_mutually_exclusive_group()
    hands.add_argument(
        "--jobs", type=_jobs, metavar="N", help="so many processes at once; auto: one per core"
    )
    hands.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="on the Dask workers of tcp://host:8786, which must find the same files by the same"
        " names; no sound is sent, texts are, encrypted only with tls://",
    )
    group.add_argument(
        "-o", "--output", metavar="FILE", help="add the results to it as JSON, one object a line"
    )
    group.add_argument(
        "--resume", action="store_true", help="leave out what FILE has of files as they are now"
    )
