"""What can't be saved is said in one line, and the program goes on; so it does with files that are none."""

from __future__ import annotations

import os
import tempfile

import pytest

from rnn_tui import shelf
from rnn_tui.network.storage import load, save
from rnn_tui.scene import Reading
from tests.builders import build
from tests.tui.models import WIRED
from tests.tui.screens import text


@pytest.fixture
def gone(tmp_path, monkeypatch):
    """A working folder that has been removed."""
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    yield folder
    monkeypatch.chdir(tmp_path)


def fails_with(monkeypatch, number, words):
    """Let every temporary file fail."""

    def fail(**_):
        raise OSError(number, words)

    monkeypatch.setattr(tempfile, "mkstemp", fail)


async def written(pilot):
    """Wait until the file is written, or isn't."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def goes_on(pilot):
    """Take a step, and see that it was taken."""
    before = pilot.app.first.state.position
    await pilot.press("right")
    assert pilot.app.first.state.position > before


async def test_a_picture_in_a_folder_that_is_gone(opened, gone):
    async with opened(keys="s enter") as pilot:
        await written(pilot)
        assert "rnn-tui-wired-1-read.svg: can't be written: the working folder is gone; give another name" in text(
            pilot.app
        )
        await pilot.press("escape")
        await goes_on(pilot)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (28, "No space left on device"),
        (13, "Permission denied"),
        (30, "Read-only file system"),
        (122, "Disk quota exceeded"),
    ],
)
async def test_a_picture_where_nothing_can_be_written(opened, tmp_path, monkeypatch, number, words):
    monkeypatch.chdir(tmp_path)
    fails_with(monkeypatch, number, words)
    async with opened(keys="s enter") as pilot:
        await written(pilot)
        assert f"rnn-tui-wired-1-read.svg: can't be written: {words}; give another name" in text(pilot.app)
        assert pilot.app.focused.value == "rnn-tui-wired-1-read.svg", "another name can be given"
        await pilot.press("escape")
        await goes_on(pilot)
    assert list(tmp_path.glob("*.svg")) == []


async def test_a_picture_of_a_model_with_an_endless_name(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model = build(name="../" + "é" * 500, words=WIRED.vocabulary.words, unknown="<unk>", examples=WIRED.examples)
    async with opened("wired", model=model, keys="s enter") as pilot:
        await written(pilot)
        await goes_on(pilot)
    (name,) = (name for name in os.listdir(tmp_path) if name.endswith(".svg"))
    assert name.startswith("rnn-tui-..-éé")
    assert len(name.encode()) <= 255


async def saved_as(pilot, name):
    """Cut the memory off, and save the network under a name."""
    await pilot.press("x", "f", "y")
    await pilot.pause()
    pilot.app.screen.query_one("Input").value = name
    await pilot.press("enter")
    await pilot.pause()


async def test_a_network_in_a_folder_that_is_gone(opened, gone):
    async with opened() as pilot:
        await saved_as(pilot, "mine")
        assert pilot.app.said == ["mine.safetensors: can't be written: the working folder is gone; give another place"]
        await goes_on(pilot)


async def test_a_network_on_a_full_disk(opened, tmp_path, monkeypatch):
    fails_with(monkeypatch, 28, "No space left on device")
    path = tmp_path / "mine.safetensors"
    async with opened() as pilot:
        await saved_as(pilot, str(path))
        assert pilot.app.said == [f"{path}: can't be written: No space left on device; give another place"]
        await goes_on(pilot)
    assert not path.exists()


async def test_the_name_that_is_proposed_is_that_of_a_file(opened, models, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model = build(name="a/b\x1b[31m", words=WIRED.vocabulary.words, unknown="<unk>", examples=WIRED.examples)
    save(model, models / "wired.safetensors")
    async with opened("wired", model=model) as pilot:
        await pilot.press("x", "f", "y")
        await pilot.pause()
        assert pilot.app.screen.query_one("Input").value == "a-b-31m-edited.safetensors"
        await pilot.press("enter")
        await pilot.pause()
        await goes_on(pilot)
    assert load(tmp_path / "a-b-31m-edited.safetensors").name == "a-b-31m-edited"


# The list of models


@pytest.fixture
def littered(models):
    """The shelf, with what is no model on it."""
    (models / "broken.safetensors").write_bytes(b"no")
    (models / "folder.safetensors").mkdir()
    os.mkfifo(models / "pipe.safetensors")
    (models / "nowhere.safetensors").symlink_to("/nowhere/at/all")
    (models / "zero.safetensors").symlink_to("/dev/zero")
    return models


async def test_what_can_t_be_used_is_listed_with_why_and_can_t_be_chosen(opened, littered):
    async with opened(size=(120, 60), keys="m") as pilot:
        dialog = pilot.app.screen
        shown = text(pilot.app)
        for name, why in {
            "broken": "no safetensors file, or one that is cut short or damaged",
            "folder": "is a folder; give a .safetensors file in it",
            "pipe": "is a pipe; give a .safetensors file",
            "nowhere": "is a link to a file that is not there",
            "zero": "is a device; give a .safetensors file",
        }.items():
            (line,) = (line for line in shown.splitlines() if f" {name} " in line and "broken: " in line)
            assert f"broken: {why}" in line
        options = dialog.query_one("#models")
        assert [options.get_option_at_index(n).disabled for n in range(options.option_count)] == [
            *[False] * len(dialog.listed),
            *[True] * 5,
        ]
        await pilot.press("end", "enter")
        await pilot.pause()
        assert pilot.app.first.state.reading.model in [entry.name for entry in dialog.listed]
        await goes_on(pilot)


async def test_a_click_on_what_can_t_be_used_does_nothing(opened, littered):
    async with opened(size=(120, 60), keys="m") as pilot:
        dialog = pilot.app.screen
        row = next(y for y, line in enumerate(text(pilot.app).splitlines()) if " pipe " in line)
        await pilot.click(offset=(20, row))
        await pilot.pause()
        assert pilot.app.screen is dialog


async def test_a_shelf_on_which_nothing_can_be_used(opened, tmp_path, monkeypatch):
    async with opened() as pilot:
        folder = tmp_path / "other"
        folder.mkdir()
        (folder / "broken.safetensors").write_bytes(b"no")
        monkeypatch.setattr(shelf, "folders", lambda: [folder])
        await pilot.press("m")
        await pilot.pause()
        assert "broken: no safetensors file" in text(pilot.app)
        await pilot.press("enter", "down", "enter", "escape")
        await pilot.pause()
        await goes_on(pilot)


async def test_a_model_that_is_taken_away_while_the_list_is_open(opened, models):
    async with opened(size=(120, 60), keys="m") as pilot:
        dialog = pilot.app.screen
        names = [entry.name for entry in dialog.listed]
        (models / "gru.safetensors").unlink()
        dialog.query_one("#models").highlighted = names.index("gru")
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.said[0].startswith("no model is called “gru”; ")
        assert pilot.app.first.state.reading.model == "wired"
        await goes_on(pilot)


async def test_a_model_that_no_longer_fits_is_said(opened, models):
    async with opened(size=(120, 60), keys="m") as pilot:
        names = [entry.name for entry in pilot.app.screen.listed]
        save(build(), models / "gru.safetensors")
        os.truncate(models / "gru.safetensors", 100)
        pilot.app.screen.query_one("#models").highlighted = names.index("gru")
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.first.state.reading == Reading("wired", WIRED.examples[0].text)
        assert "cut short or damaged" in pilot.app.said[0]
