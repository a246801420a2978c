import os
import re
import xml.etree.ElementTree as ET

import pytest

from rnn_tui.export.picture import free_name, offline, write_svg
from rnn_tui.network.errors import UserError
from tests.tui.conftest import app_of

SVG = """<svg><style>
@font-face {
    font-family: "Fira Code";
    src: url("https://cdnjs.example/FiraCode-Regular.woff2") format("woff2");
}
.text { font-family: Fira Code, monospace; }
</style></svg>"""


def test_the_picture_needs_nothing_from_the_network():
    kept = offline(SVG)

    assert "http" not in kept
    assert "@font-face" not in kept
    assert "font-family: Fira Code, DejaVu Sans Mono" in kept
    ET.fromstring(kept)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_picture_is_written_whole_under_its_name(folder):
    path = folder / free_name("rnn-tui-kicking-1-add", ".svg")
    write_svg(SVG, path)

    assert path.read_text(encoding="utf-8") == offline(SVG)
    assert os.listdir(folder) == ["rnn-tui-kicking-1-add.svg"]


def test_a_name_that_is_taken_gets_a_number(folder):
    names = []
    for _ in range(3):
        names.append(free_name("picture", ".svg"))
        write_svg(SVG, folder / names[-1])

    assert names == ["picture.svg", "picture-2.svg", "picture-3.svg"]
    assert free_name("picture", ".png") == "picture.png"


def test_a_link_that_leads_nowhere_is_taken_too(folder):
    (folder / "picture.svg").symlink_to("/nowhere/at/all")

    assert free_name("picture", ".svg") == "picture-2.svg"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a b/c", "\x1b[31m", "日本語", "x" * 10])
def test_a_name_stays_in_the_folder(name):
    free = free_name(name, ".svg")

    assert free.isprintable()
    assert "/" not in free


@pytest.mark.parametrize("name", ["nul", "CON", "com1.a"])
def test_a_name_that_windows_keeps_for_a_device_is_made_longer(name):
    assert free_name(name, ".svg") == f"rnn-tui-{name}.svg"


def test_a_folder_that_is_not_there_is_said_in_one_line(folder):
    with pytest.raises(UserError, match="can't be written") as error:
        write_svg(SVG, folder / "nowhere" / "picture.svg")

    assert "\n" not in str(error.value)


def test_what_could_not_be_written_leaves_nothing_behind(folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)

    with pytest.raises(UserError, match="No space left on device"):
        write_svg(SVG, folder / "picture.svg")
    assert list(folder.iterdir()) == []


async def test_a_picture_of_the_screen_is_a_whole_svg_with_its_text():
    app = app_of()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        svg = offline(app.export_screenshot(title="<&> [red]"))

    shown = "".join(ET.fromstring(svg).itertext()).replace("\xa0", " ")
    assert "screaming" in shown
    assert "url(http" not in svg.replace('"', "").replace("'", "")
    assert not re.search(r"(href|src)\s*[=:]\s*[\"']?\s*(url\()?[\"']?http", svg)
