"""A flag beats the environment, which beats the file, which beats the default."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse import app, config
from rehearse.analysis.coaching import Band
from rehearse.cli import parser
from rehearse.config import Settings
from rehearse.errors import ModelMissing, SettingUnfit, WrongUsage


def chosen(*arguments: str, environment: dict[str, str] | None = None, here: Path) -> Settings:
    args = parser().parse_args(["practice", *arguments])
    return config.settings(args, environment=environment or {}, here=here)


def test_a_flag_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('model = "from-file"')
    home = ("--home", str(tmp_path))
    there = {"REHEARSE_MODEL": "from-environment"}
    assert chosen(*home, here=tmp_path).model == "from-file"
    assert chosen(*home, here=tmp_path, environment=there).model == "from-environment"
    named = chosen(*home, "--model", "flag", here=tmp_path, environment=there)
    assert (named.model, named.model_chosen) == ("flag", True)


def test_without_anything_there_are_defaults(tmp_path: Path) -> None:
    plain = chosen("--home", str(tmp_path), here=tmp_path)
    assert (plain.model, plain.language, plain.target, plain.voice) == ("base.en", "en", None, None)


def test_global_options_go_before_and_after_the_command(tmp_path: Path) -> None:
    for arguments in (["--home", "a", "takes"], ["takes", "--home", "a"]):
        args = parser().parse_args(arguments)
        assert config.settings(args, environment={}, here=tmp_path).home == Path("a")


def test_home_is_the_nearest_folder_upwards_that_looks_like_one(tmp_path: Path) -> None:
    for name in ("prompts", "recordings", "recordings/take/deep"):
        (tmp_path / name).mkdir(parents=True)
    assert chosen(here=tmp_path / "recordings" / "take" / "deep").home == tmp_path


def test_home_is_else_where_the_platform_keeps_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert chosen(here=tmp_path).home.name == "rehearse"


def test_the_environment_names_a_home(tmp_path: Path) -> None:
    there = {"REHEARSE_HOME": str(tmp_path / "mine")}
    assert chosen(here=tmp_path, environment=there).home == tmp_path / "mine"


def test_every_setting_of_the_file_arrives(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        """
        model = "small.en"
        language = "en"
        microphone = 3
        speaker = "USB"
        voice = "en-gb"
        rate = 150
        target = "1:30"
        names = ["Okonkwo", "Debezium"]
        [coaching]
        fillers_per_minute = 3
        advice = false
        own_fillers = ["at the end of the day"]
        action = [0.5, 0.3, 0.8]
        """
    )
    plain = chosen("--home", str(tmp_path), here=tmp_path)
    assert (plain.model, plain.microphone, plain.speaker) == ("small.en", "3", "USB")
    assert (plain.voice, plain.rate, plain.target) == ("en-gb", 150, 90.0)
    assert plain.names == ("Okonkwo", "Debezium")
    assert plain.coaching.fillers_per_minute == 3.0
    assert plain.coaching.own_fillers == ("at the end of the day",)
    assert plain.coaching.action == Band(0.5, 0.3, 0.8)
    assert not plain.coaching.advice


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("modle = 'x'", "does not work: modle"),
        ("names = 'Kafka'", "does not work: names"),
        ("model = 3.5", "does not work: model"),
        ("rate = true and false", "cannot be read"),
        ("rate = 'fast'", "does not work: rate"),
        ("rate = 0", "Write words a minute"),
        ("rate = -165", "does not work: rate"),
        ("target = 'soon'", "does not work: target = 'soon'"),
        ("target = '1,5'", 'Write it like "2:00"'),
        ("target = 0", "does not work: target"),
        ("target = -2.5", "does not work: target"),
        ("target = true", "does not work: target"),
        ("target = [120]", "does not work: target"),
        ("language = ''", "Write it like"),
        ("language = 'Klingon'", "does not work: language"),
        ("microphone = 2.5", "does not work: microphone"),
        ("[coaching]\nadvice = 1", "coaching.advice"),
        ("[coaching]\naction = [0.5]", "coaching.action"),
        ("[coaching]\nfastest = 'very'", "coaching.fastest"),
        ("[coaching]\nunknown = 1", "coaching.unknown"),
        ("coaching = 1", "does not work: coaching"),
        ("=", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(SettingUnfit, match=why) as told:
        chosen("--home", str(tmp_path), here=tmp_path)
    assert str(path) in told.value.what
    assert told.value.exit_code == 1


def test_a_target_may_be_a_number_of_seconds(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("target = 97.5")
    assert chosen("--home", str(tmp_path), here=tmp_path).target == 97.5


def test_a_wrong_target_on_the_command_line_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="the length of time"):
        chosen("--home", str(tmp_path), "--target", "1,5", here=tmp_path)


def test_a_config_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="does not exist"):
        chosen("--config", str(tmp_path / "nowhere.toml"), here=tmp_path)


@pytest.mark.parametrize(
    ("terminal", "environment", "flags", "plain"),
    [
        (True, {}, [], False),
        (True, {"NO_COLOR": "1"}, [], True),
        (True, {"NO_COLOR": ""}, [], False),
        (True, {}, ["--plain"], True),
        (False, {}, [], True),
    ],
)
def test_plain_is_asked_for_or_needed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,
    environment: dict[str, str],
    flags: list[str],
    plain: bool,
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    assert chosen(*flags, here=tmp_path, environment=environment).plain is plain


def test_no_judgement_leaves_the_other_figures_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[coaching]\nfastest = 150")
    home = ("--home", str(tmp_path))
    assert chosen(*home, here=tmp_path).coaching.advice
    coaching = chosen(*home, "--no-judgement", here=tmp_path).coaching
    assert (coaching.advice, coaching.fastest) == (False, 150.0)


@pytest.mark.parametrize("command", [["practice"], ["intro"], ["analyze", "x.txt"]])
def test_language_and_manner_can_be_chosen_where_answers_are_told(
    command: list[str], tmp_path: Path
) -> None:
    args = parser().parse_args([*command, "--language", "de", "--no-judgement"])
    found = config.settings(args, environment={"REHEARSE_HOME": str(tmp_path)}, here=tmp_path)
    assert (found.language, found.coaching.advice) == ("de", False)


@pytest.mark.parametrize(
    ("file", "environment", "flags", "where"),
    [
        ("", {}, [], None),
        ('model = "mine"', {}, [], "config.toml"),
        ('model = "mine"', {"REHEARSE_MODEL": "mine"}, [], "REHEARSE_MODEL"),
        ('model = "mine"', {"REHEARSE_MODEL": "mine"}, ["--model", "mine"], None),
    ],
)
def test_a_model_that_is_not_there_is_said_with_where_it_is_named(
    tmp_path: Path, file: str, environment: dict[str, str], flags: list[str], where: str | None
) -> None:
    (tmp_path / "config.toml").write_text(file)
    named = chosen("--home", str(tmp_path), *flags, here=tmp_path, environment=environment)
    with pytest.raises(ModelMissing) as told:
        app.transcriber(replace(named, model="mine"))
    _, _, named_in = told.value.what.partition("It is named in ")
    assert named_in.endswith(f"{where}." if where else "")
    assert bool(named_in) is (where is not None)
