"""How often somebody who stops early is asked for what they have just said, one figure a line.

The first words of our answers that were kept apart, and of real stories, where they lie beside the
project.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rehearse.analysis.analyze import analyze
from rehearse.analysis.star.outline import PARTS
from rehearse.analysis.unsaid import PARTS as ASKED_FOR
from rehearse.analysis.unsaid import unsaid
from rehearse.model.structure import STAR
from rehearse.model.take import Kind, Question, Transcript
from tools.outline.answers import of_kind
from tools.star.answers import Answer, split, unpunctuated, words_and_labels
from tools.star.evaluate import SHARED, line, read_shared

LENGTHS = (15, 40)
"""Words, up to the end of the line."""
LETTERS = {kind: {part.code: part.letter for part in parts} for kind, parts in PARTS.items()}
LETTERS[Kind.BEHAVIOURAL] = {section.value: section.value[0].upper() for section in STAR}


def main() -> None:
    for name, kind, answers in kept_apart():
        for length in LENGTHS:
            begun = [begin(answer, length) for answer in answers]
            asked = [(answer, float(asked_again(answer, kind))) for answer in begun]
            line(f"stopped_after_{length}_words_{name}_asked_for_what_was_said", asked)


def kept_apart() -> Iterator[tuple[str, Kind, Sequence[Answer]]]:
    for kind in PARTS:
        parts = split(of_kind(kind))
        answers = parts.validation + parts.test
        yield f"{kind.value}_punctuated", kind, answers
        yield f"{kind.value}_unpunctuated", kind, [*map(unpunctuated, answers)]
    path = SHARED / "public_dev_spoken.jsonl"
    if path.exists():
        yield "real_story_spoken", Kind.BEHAVIOURAL, read_shared(path)
    else:
        print("stopped_real_story: ../shared/star is not there, left out")


def begin(answer: Answer, least: int) -> Answer:
    """Its first lines, with at least so many words where it has them."""
    kept, said = 0, 0
    while kept < len(answer.lines) and said < least:
        said += len(answer.lines[kept].text.split())
        kept += 1
    return replace(answer, lines=answer.lines[:kept])


def asked_again(answer: Answer, kind: Kind) -> bool:
    words, labels = words_and_labels(answer)
    question = Question("Go on?", kind)
    asked = unsaid(analyze(Transcript(tuple(words)), sound=None, question=question, target=None))
    told = "".join(labels)
    return any(
        text in asked and LETTERS[kind][code] in told for code, text in ASKED_FOR[kind].items()
    )


if __name__ == "__main__":
    main()
