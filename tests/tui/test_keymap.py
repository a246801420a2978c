import pytest

from rnn_tui.network.errors import UserError
from rnn_tui.settings import Settings
from rnn_tui.tui.keymap import keymap_of
from rnn_tui.tui.walking.keys import KEYS


def read_keymap(path):
    """The checked keys of a file."""
    return keymap_of(Settings().with_options(keys=path))


def written(tmp_path, text):
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_is_a_key(tmp_path):
    assert read_keymap(written(tmp_path, 'next = "n,right"\nword-2 = "f2"\n')) == {"next": "n,right", "word-2": "f2"}


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
        pilot.app.set_keymap(read_keymap(written(tmp_path, 'next = "n"')))
        await pilot.press("n")

        assert pilot.app.first.state.position.phase == 1


def test_every_key_has_its_own_name_and_keys():
    ids = [key.id for key in KEYS]
    keys = [name for key in KEYS if key.keys for name in key.keys.split(",")]

    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    assert all(key.help for key in KEYS)
