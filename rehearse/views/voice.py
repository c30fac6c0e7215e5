"""The voice beside the same speaker's last takes. No figure of a voice is right or wrong."""

from __future__ import annotations

from rehearse.findings.whole import Analysis

A_LITTLE, CLEARLY = 1.2, 1.5
"""Times the usual variation of pitch. A synthetic voice moves it by 6 % from text to text (`make
eval`, between_texts, a standard deviation); people are less even, so a fifth is not told yet."""


def beside_usual(analysis: Analysis) -> str | None:
    """None where there is no voice, or too few takes to hold it against. Without judgement the
    figures alone."""
    voice, usual = analysis.voice, analysis.usual
    if voice is None or usual is None or not usual.pitch_variation:
        return None
    if not analysis.judged:
        now, before = voice.pitch_variation, usual.pitch_variation
        return f"pitch varies by {now:.1f} semitones, by {before:.1f} in your last takes"
    return f"{_livelier(voice.pitch_variation / usual.pitch_variation)} your last takes"


def _livelier(ratio: float) -> str:
    if 1 / A_LITTLE < ratio < A_LITTLE:
        return "as lively as"
    amount = "" if ratio >= CLEARLY or ratio <= 1 / CLEARLY else "a little "
    return f"{amount}{'livelier' if ratio > 1 else 'calmer'} than"
