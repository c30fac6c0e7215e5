"""What the doctor says about a microphone."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from rehearse.commands import doctor
from rehearse.config import Settings
from rehearse.errors import EarFailed


def test_exact_silence_is_no_microphone_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "microphone", lambda *_, **__: f"USB: silent. {doctor.SILENT}")
    monkeypatch.setenv("PULSE_SOURCE", "nothing")
    with pytest.raises(EarFailed, match="PULSE_SOURCE names 'nothing'"):
        doctor.said(Settings(tmp_path, plain=True))


@pytest.mark.parametrize(
    ("release", "says"), [("5.15.90.1-microsoft-standard-WSL2", "WSL"), ("6.1", "")]
)
def test_the_system_around_is_named(
    monkeypatch: pytest.MonkeyPatch, release: str, says: str
) -> None:
    monkeypatch.delenv("PULSE_SOURCE", raising=False)
    monkeypatch.setattr(doctor, "CONTAINER", ())
    monkeypatch.setattr(platform, "release", lambda: release)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    assert says in doctor._around() and bool(doctor._around()) is bool(says)


def test_a_container_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULSE_SOURCE", raising=False)
    monkeypatch.setattr(platform, "release", lambda: "6.1")
    monkeypatch.setattr(doctor, "CONTAINER", (str(tmp_path),))
    assert "This is a container" in doctor._around()
