"""A .png is the screen, and a .gif the walk, step by step; both without a terminal."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.export import Extra
from rnn_tui.network.trace import run
from rnn_tui.shelf import load
from tests.cli.test_main import complaint
from tests.tui.drawn import walking

Image = pytest.importorskip("PIL.Image")
SENTENCE = "Kicking and screaming"
TEN = "this movie is not good and not bad at all"
ROOT = Path(__file__).resolve().parents[2]
STOPPABLE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from rnn_tui.__main__ import start
sys.exit(start())
"""
"""The command, as a shell starts it that waits for it."""


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(("model", "fields"), [("sentiment", {}), ("sentiment-deep", {"lens": "memory"})])
async def test_a_png_has_the_screens_colours_in_every_cell(size, model, fields):
    from rnn_tui.tui.picturing.raster import Raster, clusters
    from rnn_tui.tui.picturing.walked import lines

    async with walking(model, "not good", size, **fields) as screen:
        raster, drawn = Raster(size, 13), lines(screen)
        image = raster.draw(drawn)
    width, height = raster.letters.width, raster.letters.height
    assert image.size == (size[0] * width, size[1] * height)
    blanks = 0
    for y, strip in enumerate(drawn):
        x = 0
        for segment in strip:
            ground = segment.style.color if segment.style.reverse else segment.style.bgcolor
            for letter, cells in clusters(segment.text):
                if letter == " " and not segment.style.underline:
                    box = (x * width, y * height, (x + cells) * width, (y + 1) * height)
                    assert image.crop(box).getcolors() == [(cells * width * height, tuple(ground.triplet))]
                    blanks += 1
                x += cells
        assert x == size[0]
    assert blanks > size[0]


@pytest.mark.parametrize("theme", ["rnn-dark", "projector", "textual-light"])
def test_sizes_and_themes_are_those_that_are_asked_for(theme, tmp_path, capsys):
    from rnn_tui.tui.picturing.letters import Letters
    from rnn_tui.tui.picturing.png import FONT_SIZE

    path = tmp_path / "a.png"
    assert main(["export", "-s", SENTENCE, "--theme", theme, "--size", "90x30", "-o", str(path)]) == 0
    letters = Letters(FONT_SIZE)
    image = Image.open(path)
    assert (image.format, image.size) == ("PNG", (90 * letters.width, 30 * letters.height))
    light = image.convert("L").resize((1, 1)).getpixel((0, 0)) > 127
    assert light == (theme != "rnn-dark")
    assert os.listdir(tmp_path) == ["a.png"]


@pytest.mark.parametrize(("model", "text"), [("kicking-and-screaming", SENTENCE), ("sentiment-deep", "not good")])
def test_a_gif_has_a_frame_a_step(model, text, tmp_path, capsys):
    from rnn_tui.tui.picturing.gif import LAST

    path = tmp_path / "walk.gif"
    arguments = ["export", "-m", model, "-s", text, "--size", "80x24"]
    assert main([*arguments, "--pace", "0.5", "-o", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: the walk as an animation, a step every 0.5 s\n"
    network = load(model)
    steps = len(run(network, network.tokenize(text)).order)
    image = Image.open(path)
    assert image.n_frames == steps
    durations = []
    for frame in range(steps):
        image.seek(frame)
        durations.append(image.info["duration"])
    assert durations == [500] * (steps - 1) + [500 * LAST]
    assert image.info["loop"] == 0


async def test_its_frames_are_the_screens_to_the_last(tmp_path):
    """Only what has changed is written; what is shown is whole all the same."""
    from PIL import ImageChops

    from rnn_tui.tui.picturing import gif
    from rnn_tui.tui.picturing.raster import Raster
    from rnn_tui.tui.picturing.walked import lines

    raster, frames = Raster((80, 24), gif.FONT_SIZE, gif.SHADES), []
    async with walking("kicking-and-screaming", SENTENCE, (80, 24)) as screen:
        order = screen.computed.trace.order
        for index in range(len(order)):
            screen.show(screen.state.at(order.at(index)))
            frames.append(raster.draw(lines(screen)).copy())
    image = Image.open(io.BytesIO(gif.animated(frames, 100)))
    for number, frame in enumerate(frames):
        image.seek(number)
        difference = ImageChops.difference(image.convert("RGB"), frame)
        assert max(high for _, high in difference.getextrema()) <= 8  # the nearest colour is found roughly


@pytest.mark.parametrize("model", ["sentiment", "sentiment-lstm"])
def test_ten_words_are_at_most_a_megabyte(model, tmp_path, capsys):
    path = tmp_path / "walk.gif"
    assert main(["export", "-m", model, "-s", TEN, "--size", "100x30", "-o", str(path)]) == 0
    assert path.stat().st_size <= 1_000_000


def test_a_walk_begins_where_the_scene_is(tmp_path, capsys):
    path = tmp_path / "walk.gif"
    assert main(["export", "-s", SENTENCE, "--at", "3:squash", "--size", "80x24", "-o", str(path)]) == 0
    assert Image.open(path).n_frames == 2


@pytest.mark.parametrize("name", ["a.png", "a.gif"])
def test_what_can_t_be_written_is_one_line_and_leaves_nothing(name, tmp_path, capsys, monkeypatch):
    arguments = ["export", "-s", SENTENCE, "--at", "3:check", "--size", "80x24", "-o"]
    assert main([*arguments, str(tmp_path / "nowhere" / name)]) == 1
    assert f"{name}: can't be written: No such file or directory" in complaint(capsys)
    assert main([*arguments, str(tmp_path / name), "--theme", "none-such"]) == 1
    assert "no theme is called “none-such”" in complaint(capsys)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert main([*arguments, str(tmp_path / name)]) == 1
    assert "No space left on device" in complaint(capsys)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["a.png", "a.gif"])
def test_without_the_library_one_line_says_how_to_get_it(name, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(Extra, "missing", True)
    assert main(["export", "-o", str(tmp_path / name)]) == 1
    assert complaint(capsys).endswith("pip install 'rnn-tui[pictures]'\n")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't send Ctrl-C to itself alone")
def test_a_long_walk_tells_how_far_it_is_and_is_stopped_by_ctrl_c(tmp_path):
    import pty

    reader, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPABLE, "export", "-s", "dog " * 500, "-o", "walk.gif"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
            "TERM": "xterm",
        },
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    said, until = b"", time.monotonic() + 60
    while b"%" not in said and time.monotonic() < until:
        said += os.read(reader, 4096)
    process.send_signal(signal.SIGINT)
    while True:
        try:
            more = os.read(reader, 4096)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        said += more
    os.close(reader)
    assert process.wait(timeout=60) == 130
    assert b"writing" in said
    assert b"Traceback" not in said
    assert said.rindex(b"\x1b[?25h") > said.rindex(b"\x1b[?25l"), "the cursor is given back"
    assert os.listdir(tmp_path) == []
