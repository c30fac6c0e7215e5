"""Stories by their names and by the questions that they answer, and what each means to say."""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.errors import StoryNotFound
from rehearse.model.structure import STAR
from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.questions.principles import key, spelt_like
from rehearse.text import bare_words


def sections_of(story: Story) -> tuple[str, ...]:
    """The text of each section, in the order of STAR; a text for two sections comes once."""
    told = (story.told(section) for section in STAR)
    return tuple(dict.fromkeys(text for text in told if text))


def notes_of(story: Story) -> str:
    """Its sections and notes, each line as a point of its own."""
    texts = (*sections_of(story), *story.notes)
    return "\n".join(f"- {line}" for text in texts for line in text.splitlines())


def answering(stories: Sequence[Story], question: str) -> Story | None:
    """The first story that names this question, in any capitals and marks."""
    return next((s for s in stories if s.question and same(s.question, question)), None)


def notes_for(question: Question | None, stories: Sequence[Story]) -> str | None:
    """What the candidate means to say to a question: the story that answers it, and the
    question's own notes; None where nothing is prepared."""
    if question is None:
        return None
    story = answering(stories, question.text)
    texts = (notes_of(story) if story else "", *(f"- {note}" for note in question.notes))
    return "\n".join(text for text in texts if text) or None


def find_story(stories: Sequence[Story], name: str) -> Story:
    """By its title, by a part of it, or by a title with a typing error. Raises StoryNotFound."""
    if not stories:
        raise StoryNotFound("You have no stories yet.", HOW)
    wanted = key(name)
    exact = [story for story in stories if key(story.title) == wanted]
    fitting = exact or [story for story in stories if wanted and wanted in key(story.title)]
    if not fitting:
        fitting = spelt_like(wanted, stories, lambda story: story.title)
    if not fitting:
        raise StoryNotFound(f"No story called '{name}'.")
    if len(fitting) > 1 and not exact:
        titles = ", ".join(story.title for story in fitting)
        raise StoryNotFound(f"'{name}' fits {len(fitting)} stories: {titles}.", "Name one of them.")
    return fitting[0]


HOW = (
    "To write one: rehearse web, page 'Stories'. To bring in your notes:"
    " rehearse questions import FILE"
)


def same(one: str, other: str) -> bool:
    return bare_words(one.split()) == bare_words(other.split())
