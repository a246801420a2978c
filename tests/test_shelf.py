"""Where models lie."""

import pytest

from rnn_tui import shelf
from rnn_tui.network import storage
from rnn_tui.network.errors import UserError
from tests.builders import build


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of one's own, named in RNN_TUI_MODELS."""
    monkeypatch.setenv("RNN_TUI_MODELS", str(tmp_path))
    return tmp_path


def test_a_model_of_ones_own_folder_is_found_by_name(own):
    storage.save(build(name="mine"), own / "mine.safetensors")

    assert shelf.find("mine") == own / "mine.safetensors"
    assert shelf.load("mine").name == "mine"


def test_a_shipped_model_cannot_be_hidden_by_one_of_the_same_name(own):
    storage.save(build(), own / f"{shelf.DEFAULT_MODEL}.safetensors")

    assert shelf.find(shelf.DEFAULT_MODEL).parent == shelf.folders()[0]


def test_the_users_folder_comes_before_the_named_ones(own, tmp_path_factory, monkeypatch):
    users = tmp_path_factory.mktemp("users")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(users))
    (users / "models").mkdir()
    for folder in (users / "models", own):
        storage.save(build(), folder / "mine.safetensors")

    assert shelf.find("mine") == users / "models" / "mine.safetensors"


def test_anything_with_a_separator_or_the_ending_is_a_path():
    assert str(shelf.find("a/b")) == "a/b"
    assert str(shelf.find("b.safetensors")) == "b.safetensors"
    assert not str(shelf.find("~/b.safetensors")).startswith("~")


def test_a_wrong_name_gets_the_nearest():
    with pytest.raises(UserError, match="did you mean “kicking-and-screaming”") as raised:
        shelf.find("kicking-and-screeming")
    assert "\n" not in str(raised.value)
    with pytest.raises(UserError, match="`rnn-tui models` lists them"):
        shelf.find("qqqqqq")


def test_the_listing_starts_with_the_default_and_says_what_is_broken(own):
    storage.save(build(name="aaa"), own / "aaa.safetensors")
    (own / "broken.safetensors").write_bytes(b"no")

    entries = list(shelf.listing())

    assert entries[0].name == shelf.DEFAULT_MODEL
    mine = next(entry for entry in entries if getattr(entry, "name", "") == "aaa")
    assert (mine.hidden_size, mine.size) == (3, (own / "aaa.safetensors").stat().st_size)
    (error,) = [entry for entry in entries if isinstance(entry, UserError)]
    assert "broken.safetensors" in str(error)


def test_a_large_file_is_opened_when_asked_for(own, monkeypatch):
    storage.save(build(), own / "mine.safetensors")
    monkeypatch.setattr(storage, "MAX_BYTES", 10)

    with pytest.raises(UserError, match="--allow-large"):
        shelf.load("mine")
    assert shelf.load("mine", max_bytes=None).hidden_size == 3
