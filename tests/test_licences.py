"""What comes along may be used by everybody, and what asks for more was looked at."""

from __future__ import annotations

import pytest

from tools.licences import LOOKED_AT, Licence, licences, optional


def test_every_licence_of_what_comes_along_is_known() -> None:
    found = licences()
    assert len(found) > 20
    assert [one for one in found if not one.known] == []


def test_what_comes_along_includes_what_is_needed_from_afar() -> None:
    names = {one.package for one in licences()}
    assert {"faster-whisper", "ctranslate2", "espeakng-loader", "pyttsx3"} <= names
    assert "pytest" not in names


def test_what_is_optional_is_named_with_its_licence() -> None:
    assert ("piper-tts", True) in {(one.package, one.known) for one in optional()}
    assert "piper-tts" not in {one.package for one in licences()}


@pytest.mark.parametrize("package", sorted(LOOKED_AT))
def test_what_asks_for_more_says_what_that_means(package: str) -> None:
    name, remark = LOOKED_AT[package]
    assert name and remark


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("BSD-3-Clause AND (MIT OR Zlib)", True),
        ("MIT AND GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_only_permissive_licences_pass_unseen(name: str, known: bool) -> None:
    assert Licence("some", "1.0", name).known is known
