"""Where models lie."""

import ntpath
import os
from dataclasses import replace

import pytest

from rnn_tui import shelf
from rnn_tui.network import storage
from rnn_tui.network.errors import UserError
from rnn_tui.network.tokens import CharacterTokenizer
from tests.builders import build
from tests.windows.lacking import Lacking


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


@pytest.mark.parametrize("name", ["a\\mine", "a/mine", "..\\mine", "C:mine", "C:\\a\\mine", "MINE.SAFETENSORS"])
def test_on_windows_a_backslash_a_drive_and_capital_letters_make_a_path(monkeypatch, name):
    monkeypatch.setattr(shelf, "os", Lacking(os, "", sep="\\", altsep="/", path=ntpath))

    assert str(shelf.find(name)) == name


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


# The model that knows the words of a text


@pytest.fixture
def knowing(tmp_path, monkeypatch):
    """A shelf of three models of words, one of letters, and one file that is none."""
    made = {
        "few": build(words=("the", "dog", "and"), unknown=None, name="few"),
        "birds": build(words=("the", "robin", "sings", "loud"), unknown=None, labels=("no", "yes"), name="birds"),
        "more": build(words=("the", "robin", "sings"), unknown=None, labels=("no", "yes", "perhaps"), name="more"),
        "letters": replace(build(words=tuple("robings"), unknown=None), tokenizer=CharacterTokenizer()),
    }
    for name, model in made.items():
        storage.save(model, tmp_path / f"{name}.safetensors")
    (tmp_path / "broken.safetensors").write_bytes(b"no")
    monkeypatch.setattr(shelf, "folders", lambda: [tmp_path])
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("robin sings", shelf.Knowing("birds", 2, 2)),
        ("the robin sings loud", shelf.Knowing("birds", 4, 4)),
        ("dog robin", None),  # nobody knows more than half
        ("the dog robin sings", shelf.Knowing("birds", 3, 4)),  # half of them known is too few
        ("the dog and robin", None),  # three of four are known here
        ("quokka", None),
        ("", None),
    ],
)
def test_the_model_that_knows_the_words_is_found_where_half_or_more_are_unknown(knowing, text, found):
    assert shelf.that_knows(text, knowing["few"]) == found


def test_of_models_that_know_as_much_the_one_with_the_same_labels_is_taken(knowing):
    asked = build(words=("x",), unknown=None, labels=("no", "yes", "perhaps"), name="asked")

    assert shelf.that_knows("robin sings", asked).name == "more"


def test_a_model_of_another_kind_of_tokens_is_no_help(knowing):
    assert shelf.that_knows("1.5 2", build(inputs="number")) is None
    assert shelf.that_knows("zzz", knowing["few"]) is None


def test_a_vocabulary_is_read_once_and_again_when_its_file_has_changed(knowing, monkeypatch):
    reads = []
    load = storage.load_metadata
    monkeypatch.setattr(storage, "load_metadata", lambda path: (reads.append(path.stem), load(path))[1])
    for text in ("robin", "robin sings", "quokka"):
        shelf.that_knows(text, knowing["few"])
    first = list(reads)
    path = shelf.folders()[0] / "birds.safetensors"
    storage.save(build(words=("quokka",), unknown=None, name="birds"), path)
    os.utime(path, ns=(1, 1))

    assert sorted(first) == ["birds", "broken", "letters", "more"]
    assert shelf.that_knows("quokka", knowing["few"]).name == "birds"
    assert reads[len(first) :] == ["birds"]


def test_a_class_sentence_is_known_by_the_shipped_sentiment():
    model = shelf.load("kicking-and-screaming")

    assert shelf.that_knows("this movie was great fun", model) == shelf.Knowing("sentiment", 5, 5)
    assert shelf.that_knows("Kicking and screaming", model) is None
