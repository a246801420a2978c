"""The settings file: what it may hold, where it is looked for, and what goes before it."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pytest

from rnn_tui import settings as module
from rnn_tui import shelf
from rnn_tui.network.errors import UserError
from rnn_tui.settings import EXAMPLES, VARIABLE, Settings, read_keys, read_settings, user_file

WHOLE = 'theme = "projector"\nnotation = true\npace = 2\n[keys]\nnext = "N,right"\n'


@pytest.fixture
def written(tmp_path):
    """Write a settings file: written(text) gives its path."""

    def write(text):
        path = tmp_path / "my.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own, in which the settings are looked for; gives the path of the settings file there."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "config"))
    return user_file()


def test_no_test_reads_the_settings_of_a_developer():
    assert os.environ[VARIABLE] == os.devnull
    assert read_settings() == Settings()


def test_every_setting_is_read(written):
    path = written(WHOLE)
    read = read_settings(path)
    assert (read.theme, read.notation, read.pace, read.keys) == ("projector", True, 2, {"next": "N,right"})
    assert read.origins == dict.fromkeys(EXAMPLES, path)


@pytest.mark.parametrize("text", ["", "# nothing but a remark\n", b"\xef\xbb\xbf"], ids=["empty", "remark", "mark"])
def test_what_is_not_set_has_its_default(written, text):
    assert read_settings(written(text)) == Settings(None, False, None, {}, {})


def test_the_users_own_file_is_found_in_the_configuration_folder(home):
    assert (home.name, home.parent.name) == ("settings.toml", "rnn-tui")
    home.parent.mkdir(parents=True)
    home.write_text("pace = 3.0", encoding="utf-8")
    assert read_settings() == Settings(pace=3.0, origins={"pace": home})


def test_the_variable_goes_before_ones_own_file_and_a_named_file_before_both(home, written, tmp_path, monkeypatch):
    home.parent.mkdir(parents=True)
    home.write_text("pace = 3.0", encoding="utf-8")
    named = tmp_path / "named.toml"
    named.write_text("pace = 1.0", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(written("pace = 2.0")))
    assert read_settings().pace == 2.0
    assert read_settings(named).pace == 1.0
    monkeypatch.setenv(VARIABLE, "")
    assert read_settings().pace == 3.0


def test_a_missing_home_is_fine_and_nothing_is_created(home, tmp_path):
    assert read_settings() == Settings()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [FileNotFoundError, NotADirectoryError, PermissionError])
def test_a_home_that_can_not_be_read_is_fine(home, monkeypatch, error):
    def refuse(*_, **__):
        raise error(1, "not for you")

    monkeypatch.setattr(Path, "open", refuse)
    assert read_settings() == Settings()
    # but a file that was named has to be there
    with pytest.raises(UserError, match=r"my\.toml: can't be read \(not for you\); give a TOML file of settings"):
        read_settings(Path("my.toml"))
    monkeypatch.setenv(VARIABLE, "other.toml")
    with pytest.raises(UserError, match=r"other\.toml: can't be read"):
        read_settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theme = ", 'no TOML (Invalid value (at end of document)); a line is such as theme = "projector"'),
        (b"\xff\xfe", "no TOML ("),
        pytest.param(b"theme = " + b"[" * 5_000, "no TOML (", id="deep"),
        ('thme = "nord"', "no setting “thme” (did you mean “theme”?); there are theme, notation, pace, keys"),
        ('next = "N"', "no setting “next”; there are theme, notation, pace, keys"),
        ("theme = 3", 'theme can\'t be 3; write theme = "projector"'),
        ("notation = 1", "notation can't be 1; write notation = true"),
        ('notation = "yes"', "notation can't be “yes”; write notation = true"),
        ("pace = true", "pace can't be true; write pace = 1.4"),
        ("pace = [1]", "pace can't be a list; write pace = 1.4"),
        ('keys = "n"', 'keys can\'t be “n”; write [keys] and under it lines such as next = "N,right"'),
        ("[theme]", 'theme can\'t be a table; write theme = "projector"'),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_the_file_and_the_mend(home, written, text, said):
    path = written(text)
    with pytest.raises(UserError) as error:
        read_settings(path)
    assert str(error.value).startswith(f"{path}: {said}")
    assert "\n" not in str(error.value)
    # and in one's own file just as in one that was named
    home.parent.mkdir(parents=True)
    path.rename(home)
    with pytest.raises(UserError) as error:
        read_settings()
    assert str(error.value).startswith(f"{home}: {said}")


def test_a_folder_is_no_file_wherever_it_stands(home):
    home.mkdir(parents=True)
    with pytest.raises(UserError, match="can't be read"):
        read_settings()


def test_options_go_before_the_file(written, tmp_path):
    path, keys = written(WHOLE), tmp_path / "keys.toml"
    keys.write_text('back = "p"', encoding="utf-8")
    read = read_settings(path)
    assert read.with_options() == read
    changed = read.with_options(theme="nord", keys=keys)
    assert (changed.theme, changed.keys) == ("nord", {"back": "p"})
    assert changed.origins == {"notation": path, "pace": path, "keys": keys}


def test_a_refusal_names_the_file_only_where_it_is_the_files_fault(written):
    path = written('theme = "neon"')
    read = read_settings(path)
    assert str(read.refusal("theme", "no such theme")) == f"{path}: no such theme"
    assert str(read.with_options(theme="nord").refusal("theme", "no such theme")) == "no such theme"


def test_every_example_is_one_that_can_be_written(written):
    examples = [text for name, text in EXAMPLES.items() if name != "keys"]
    read = read_settings(written("\n".join([*examples, "[keys]", module.KEYS_EXAMPLE])))
    assert set(read.origins) == set(EXAMPLES)


def test_a_user_without_any_home_has_the_defaults_and_the_shipped_models(monkeypatch):
    def homeless(*_, **__):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv(VARIABLE, raising=False)
    for name in ("user_config_path", "user_data_dir"):
        monkeypatch.setattr(platformdirs, name, homeless)
    assert user_file() is None
    assert read_settings() == Settings()
    assert shelf.find("kicking-and-screaming").is_file()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_without_an_end_is_no_file_of_settings():
    with pytest.raises(
        UserError, match=r"^/dev/zero: can't be read \(is a device, no file\); give a TOML file of keys$"
    ):
        read_keys(Path("/dev/zero"))


def test_a_file_of_settings_is_short(tmp_path):
    path = tmp_path / "vast.toml"
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(
        UserError, match=r"vast\.toml: can't be read \(is larger than 1 MiB, .*\); give a TOML file of settings$"
    ):
        read_settings(path)
