import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.settings import Settings
from rnn_tui.tui.keymap import keymap_of
from rnn_tui.tui.registry import SCREENS, keys_of
from rnn_tui.tui.screen.signs import as_bound, is_key, sign_of
from rnn_tui.tui.walking.keys import KEYS


def read_keymap(path):
    """The checked keys of a file."""
    return keymap_of(Settings().with_options(keys=path))


def written(tmp_path, text):
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_is_a_key(tmp_path):
    assert read_keymap(written(tmp_path, 'next = "N,right"\nword-2 = "f2"\n')) == {"next": "N,right", "word-2": "f2"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("next = ", "no TOML"),
        ('nexxt = "n"', "no key “nexxt”"),
        ("next = 3", "next can't be 3; write such as next ="),
        ('[next]\nkey = "n"', "next can't be {'key': 'n'}; write such as next ="),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path, text, said):
    path = written(tmp_path, text)

    with pytest.raises(UserError) as error:
        read_keymap(path)

    assert said in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path):
    with pytest.raises(UserError, match="can't be read"):
        read_keymap(tmp_path / "nothing.toml")


def test_a_file_that_is_no_text_is_said_in_one_line(tmp_path):
    path = tmp_path / "keys.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UserError, match="no TOML"):
        read_keymap(path)


async def test_keys_can_be_bound_anew(opened, tmp_path):
    async with opened() as pilot:
        pilot.app.set_keymap(read_keymap(written(tmp_path, 'next = "N"')))
        await pilot.press("N")

        assert pilot.app.first.state.position.phase == 1


def test_every_key_has_its_own_name_and_keys():
    ids = [key.id for key in KEYS]

    assert len(set(ids)) == len(ids)
    for asking in (False, True):  # in a question some keys mean another thing, and nothing else works
        keys = [name for key in KEYS if key.keys and key.works(asking=asking) for name in key.keys.split(",")]
        assert len(set(keys)) == len(keys)
    assert all(key.help for key in KEYS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('next = "rigth"', "next = “rigth”: no key is called “rigth”; did you mean “right”?"),
        ('next = "cmd+n"', "next = “cmd+n”: no key is called “cmd+n”"),
        ('next = "dog"', "no key is called “dog”"),
        ('next = ""', "next = “”: no key is called “”"),
        ('next = "N,,M"', "no key is called “”"),
        ('next = "n"', "next can't be “n”, which is any-edit; give any-edit another key, too"),
        ('more = "right"', "more can't be “→”, which is next; give next another key, too"),
        ('next = "N"\nback = "N"', "back can't be “N”, which is next; give next another key, too"),
        ('swap-sides = "v"', "swap-sides can't be “v”, which is lens"),
    ],
)
def test_a_key_that_there_is_not_or_that_would_do_two_things_is_said_in_one_line(tmp_path, text, said):
    path = written(tmp_path, text)

    with pytest.raises(UserError) as error:
        read_keymap(path)

    assert str(error.value).startswith(f"{path}: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_keys_may_change_places_and_be_given_by_their_characters(tmp_path):
    assert read_keymap(written(tmp_path, 'next = "n, ctrl+right"\nany-edit = "N"')) == {
        "next": "n,ctrl+right",
        "any-edit": "N",
    }
    assert read_keymap(written(tmp_path, 'help = "#"\nless = ","\nmore = "."')) == {
        "help": "number_sign",
        "less": "comma",
        "more": "full_stop",
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_every_key_of_the_program_is_one_and_has_a_sign(screen):
    for key in keys_of(screen):
        for name in filter(None, key.keys.split(",")):
            assert is_key(name), name
            assert "_" not in sign_of(name)
            assert sign_of(name) not in ("comma", "full_stop", "right")


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("full_stop", "."), ("comma", ","), ("right", "→"), ("up", "↑"), ("question_mark", "?"), ("escape", "esc"),
        ("left_curly_bracket", "{"), ("pagedown", "PageDown"), ("minus", "−"), ("plus", "+"), ("space", "space"),
        ("ctrl+r", "ctrl+r"), ("ctrl+full_stop", "ctrl+."), ("shift+tab", "shift+tab"), ("V", "V"), ("f2", "f2"),
    ],
)  # fmt: skip
def test_a_key_is_printed_by_its_sign(key, sign):
    assert sign_of(key) == sign


def test_keys_are_printed_as_they_are_bound():
    next_key, other = (next(key for key in KEYS if key.id == name) for name in ("next", "lens"))

    assert [key.printed for key in as_bound([next_key, other], {"next": "N,full_stop"})] == ["N .", "v"]
    (word,) = as_bound([key for key in KEYS if key.id == "next-word"], {"back-word": "B"})
    assert word.signs == "w B"
    (word,) = as_bound([key for key in KEYS if key.id == "next-word"], {"next-word": "W"})
    assert word.signs == "W b"
