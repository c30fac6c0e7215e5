"""A linear head learns what is linear in an encoder's output, and little else."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.analysis.sound.linear_head import LinearHead, fit


def frames(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Of 20 dimensions with scales and means of their own; the third tells the answer."""
    random = np.random.default_rng(seed)
    answers = (random.random(count) < 0.3).astype(np.float32)
    values = random.standard_normal((count, 20))
    values[:, 2] += 3 * answers
    return (values * np.arange(1, 21) + np.arange(20) * 10).astype(np.float32), answers


def test_what_tells_the_answer_is_found_whatever_its_scale() -> None:
    head = fit(*frames(2000), penalty=10.0)
    others, answers = frames(500, seed=1)
    found = head.probabilities(others) >= 0.5
    assert (found == answers).mean() > 0.9
    assert np.abs(head.weights * np.arange(1, 21)).argmax() == 2


def test_a_stronger_penalty_makes_smaller_weights_and_leaves_the_share_of_answers() -> None:
    values, answers = frames(2000)
    weak, strong = (fit(values, answers, penalty=penalty) for penalty in (1.0, 1e4))
    assert np.abs(strong.weights).sum() < np.abs(weak.weights).sum() / 3
    assert strong.probabilities(values).mean() == pytest.approx(answers.mean(), abs=0.01)


def test_answers_that_all_agree_are_learned_without_an_error() -> None:
    values, _ = frames(50)
    head = fit(values, np.zeros(50, np.float32), penalty=10.0)
    assert head.probabilities(values).max() < 0.01


def test_far_values_give_certainty_and_no_warning() -> None:
    head = LinearHead(np.array([1000.0], np.float32), 0.0)
    assert head.probabilities(np.array([[1e6], [-1e6]], np.float32)).tolist() == pytest.approx(
        [1.0, 0.0], abs=1e-6
    )
