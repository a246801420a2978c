import os
import re
import xml.etree.ElementTree as ET

import pytest

from rnn_tui.export.picture import offline, save_svg
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


def test_a_picture_is_written_whole_under_its_name(tmp_path):
    path = save_svg(SVG, "rnn-tui-kicking-1-add", tmp_path)

    assert path == tmp_path / "rnn-tui-kicking-1-add.svg"
    assert path.read_text(encoding="utf-8") == offline(SVG)
    assert os.listdir(tmp_path) == [path.name]


def test_a_name_that_is_taken_gets_a_number(tmp_path):
    names = [save_svg(SVG, "picture", tmp_path).name for _ in range(3)]

    assert names == ["picture.svg", "picture-2.svg", "picture-3.svg"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a b/c", "\x1b[31m", "日本語", "x" * 10])
def test_a_name_stays_in_the_folder(tmp_path, name):
    path = save_svg(SVG, name, tmp_path)

    assert path.parent == tmp_path
    assert path.name.isprintable()
    assert "/" not in path.name


@pytest.mark.parametrize("name", ["nul", "CON", "com1.a"])
def test_a_name_that_windows_keeps_for_a_device_is_made_longer(tmp_path, name):
    assert save_svg(SVG, name, tmp_path).name == f"rnn-tui-{name}.svg"


def test_the_current_folder_is_used_unless_one_is_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert save_svg(SVG, "picture").parent == tmp_path


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path):
    with pytest.raises(UserError, match="can't be written") as error:
        save_svg(SVG, "picture", tmp_path / "nowhere")

    assert "\n" not in str(error.value)


def test_what_could_not_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)

    with pytest.raises(UserError, match="No space left on device"):
        save_svg(SVG, "picture", tmp_path)
    assert list(tmp_path.iterdir()) == []


async def test_a_picture_of_the_screen_is_a_whole_svg_with_its_text():
    app = app_of()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        svg = offline(app.export_screenshot(title="<&> [red]"))

    shown = "".join(ET.fromstring(svg).itertext()).replace("\xa0", " ")
    assert "screaming" in shown
    assert "url(http" not in svg.replace('"', "").replace("'", "")
    assert not re.search(r"(href|src)\s*[=:]\s*[\"']?\s*(url\()?[\"']?http", svg)
