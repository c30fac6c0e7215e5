"""How sure the words are that were written down."""

from __future__ import annotations

from rehearse.model.structure import Analysis

MANY = 0.25
"""Share of doubtful words from which the whole transcript is in doubt."""
HOW = {
    True: "I am not sure of the words with (?).",
    False: "I am not sure of the underlined words.",
}
MEND = (
    "Come closer to the microphone. For another language than English, choose it with --language"
    " and a model whose name does not end in .en, such as base."
)


def note(analysis: Analysis) -> str:
    """What to do where much is in doubt; "" where it is not."""
    known = [word for word in analysis.words if word.probability is not None]
    doubtful = sum(word.is_doubtful for word in known)
    if not known or doubtful < MANY * len(known):
        return ""
    return f"I am not sure of {doubtful / len(known):.0%} of the words. {MEND}"


def legend(analysis: Analysis, *, plain: bool) -> str:
    """How doubtful words are shown; "" where there are none."""
    return HOW[plain] if any(word.is_doubtful for word in analysis.words) else ""
