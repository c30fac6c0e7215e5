"""Where things stand in the drawings."""

from __future__ import annotations

import re

import pytest

from rehearse.model.delivery import PacePoint
from rehearse.views.charts import Extent, extent, label_of, pace_curve, percent, ticks, waveform


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 4, "25%"), (1, 3, "33.33%"), (5, 4, "100%"), (-1, 4, "0%"), (0, 4, "0%"), (1, 0, "0%")],
)
def test_a_share_is_never_outside_of_the_whole(part: float, whole: float, text: str) -> None:
    assert percent(part, whole) == text


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (10, 30, Extent("10%", "20%")),
        (90, 130, Extent("90%", "10%")),
        (-10, 20, Extent("0%", "20%")),
        (120, 130, Extent("100%", "0%")),
    ],
)
def test_an_extent_stays_on_the_line_of_time(start: float, end: float, found: Extent) -> None:
    assert extent(start, end, 100) == found


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        (3.2, ["0:00", "0:01", "0:02", "0:03"]),
        (34.9, ["0:00", "0:05", "0:10", "0:15", "0:20", "0:25", "0:30"]),
        (180, ["0:00", "0:30", "1:00", "1:30", "2:00", "2:30", "3:00"]),
        (1800, ["0:00", "5:00", "10:00", "15:00", "20:00", "25:00", "30:00"]),
        (0, ["0:00"]),
    ],
)
def test_times_stand_at_steps_that_people_count_in(whole: float, shown: list[str]) -> None:
    assert [tick.text for tick in ticks(whole)] == shown


@pytest.mark.parametrize("whole", [0.4, 1, 7.9, 8, 61, 599, 7300, 30_000, 200_000])
def test_there_are_never_too_many_times_to_read(whole: float) -> None:
    assert 1 <= len(ticks(whole)) <= 9


def test_times_at_the_edges_are_written_towards_the_inside() -> None:
    assert [tick.anchor for tick in ticks(20.1)] == ["start", *["middle"] * 3, "end"]


def test_the_waveform_has_a_stroke_a_peak_and_fills_its_height() -> None:
    assert waveform((0.1, 0.4, 0.2)) == "M0.5 -0.25V0.25M1.5 -1.00V1.00M2.5 -0.50V0.50"
    assert waveform(()) == ""


@pytest.mark.parametrize("peaks", [(0.0, 0.0), (0.001, 0.002)])
def test_silence_is_not_drawn_as_loud(peaks: tuple[float, ...]) -> None:
    heights = [float(y) for y in re.findall(r"V([\d.]+)", waveform(peaks))]
    assert max(heights) <= 0.02


def test_more_than_full_scale_stays_inside() -> None:
    assert "V1.00" in waveform((1.5, 3.0))
    assert max(float(y) for y in re.findall(r"V([\d.]+)", waveform((1.5, 3.0)))) == 1.0


@pytest.mark.parametrize(
    ("name", "end", "labels"),
    [
        ("Situation", 15, ("Situation", "S")),
        ("Situation", 10, ("Situation", "S")),
        ("Situation", 8, ("S", "S")),
        ("Task", 5, ("Task", "T")),
        ("Task", 3, ("T", "")),
        ("Task", 1, ("", "")),
    ],
)
def test_a_band_says_as_much_as_fits(name: str, end: float, labels: tuple[str, str]) -> None:
    assert label_of(name, 0, end, 100) == labels


def test_the_pace_is_drawn_over_the_middle_of_its_windows() -> None:
    points = (PacePoint(0, 100), PacePoint(40, 150), PacePoint(80, 200))
    curve = pace_curve(points, window=20, whole=100)
    assert curve is not None
    assert curve.path == "M10.00 100.0L50.00 50.0L90.00 0.0"
    assert [(level.y, level.rate) for level in curve.levels] == [
        ("100.0%", 100), ("50.0%", 150), ("0.0%", 200)
    ]  # fmt: skip


def test_an_even_pace_is_a_line_inside_its_levels() -> None:
    curve = pace_curve((PacePoint(0, 120), PacePoint(10, 120)), window=20, whole=40)
    assert curve is not None
    assert [level.rate for level in curve.levels] == [100, 150, 200]
    assert curve.path == "M25.00 80.0L50.00 80.0"


@pytest.mark.parametrize("points", [(), (PacePoint(0, 120),)])
def test_one_rate_is_no_curve(points: tuple[PacePoint, ...]) -> None:
    assert pace_curve(points, window=20, whole=100) is None
