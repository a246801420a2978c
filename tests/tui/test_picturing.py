"""Pictures and walks from the console show what the program shows, and need nothing from anywhere."""

from __future__ import annotations

import asyncio
import json
import re
import xml.etree.ElementTree as ET

import pyte
import pytest

from rnn_tui.cli import main
from tests.cli.test_main import complaint
from tests.tui.drawn import walking
from tests.tui.screens import lines

SENTENCE = "Kicking and screaming"


def words(svg):
    """What an SVG says, without the spaces."""
    texts = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return "".join("".join(text.itertext()) for text in texts).replace("\xa0", "").replace(" ", "")


def played(path):
    """The head of a walk, and the screen after each of its events, as a terminal shows it."""
    head, *events = map(json.loads, path.read_text(encoding="ascii").splitlines())
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.Stream(screen)
    shown = []
    for seconds, kind, data in events:
        assert kind == "o"
        stream.feed(data)
        shown.append((seconds, list(screen.display)))
    return head, shown


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    ("options", "fields"),
    [((), {}), (("--lens", "memory"), {"lens": "memory"}), (("--arithmetic",), {"arithmetic": True})],
)
async def test_a_picture_is_the_program_s_own(tmp_path, size, options, fields):
    from rnn_tui.export.request import Request
    from rnn_tui.tui.picturing import svg

    async with walking("kicking-and-screaming", SENTENCE, size, **fields) as screen:
        expected = [line.rstrip() for line in lines(screen.app)]
        request = Request(screen.state, screen.computed.trace, tmp_path / "a.svg", size=size)
    await asyncio.to_thread(svg.write, request)  # it has a loop of its own
    drawn = request.path.read_text(encoding="utf-8")
    assert words(drawn).count("".join("".join(expected[-1]).split())[:20]) == 1
    for line in expected[1:-1]:
        for word in re.findall(r"[a-z]{4,}", line):
            assert word in words(drawn)


def test_it_links_nothing(tmp_path, capsys):
    path = tmp_path / "a.svg"
    assert main(["export", "-s", SENTENCE, "-o", str(path)]) == 0
    content = path.read_text(encoding="utf-8")
    assert "font-face" not in content
    assert not re.search(r"(href|src)=|url\(\s*[\"']?http|@import", content)


def test_themes_and_sizes_are_those_that_are_asked_for(tmp_path, capsys):
    drawn = []
    for theme in ("projector", "textual-light"):
        path = tmp_path / f"{theme}.svg"
        assert main(["export", "-s", SENTENCE, "--theme", theme, "--size", "90x30", "-o", str(path)]) == 0
        drawn.append(path.read_text(encoding="utf-8"))
    assert drawn[0] != drawn[1]
    assert words(drawn[0]) == words(drawn[1])
    capsys.readouterr()
    assert main(["export", "-s", SENTENCE, "--theme", "none-such", "-o", str(tmp_path / "b.svg")]) == 1
    assert "no theme is called “none-such”" in complaint(capsys)
    assert not (tmp_path / "b.svg").exists()


@pytest.mark.parametrize(
    ("model", "text"), [("kicking-and-screaming", SENTENCE), ("sentiment-deep", "not good"), ("sunspots", "5 11 16")]
)
def test_a_walk_shows_every_step_from_the_scene_to_the_answer(tmp_path, model, text):
    from rnn_tui.network.trace import run
    from rnn_tui.shelf import load

    path = tmp_path / "walk.cast"
    arguments = ["export", "-m", model, "-s", text, "--size", "100x30", "--pace", "0.5", "-o", str(path)]
    assert main(arguments) == 0
    head, shown = played(path)
    network = load(model)
    order = run(network, network.tokenize(text)).order
    assert (head["version"], head["width"], head["height"]) == (2, 100, 30)
    assert [seconds for seconds, _ in shown] == [0.5 * n for n in range(len(order) + 1)]
    assert shown[-1][1] == shown[-2][1], "the last stays to be looked at"
    for index, (_, screen) in enumerate(shown[:-1]):
        position = order.at(index)
        phase = network.floors[position.floor].phases[position.phase]
        assert f"{position.t + 1} of {len(network.tokenize(text))} · {phase.heading}" in screen[0]
    assert "FINAL answer" in "\n".join(shown[-1][1])


def test_a_walk_begins_where_the_scene_is(tmp_path):
    path = tmp_path / "walk.cast"
    assert main(["export", "-s", SENTENCE, "--at", "3:squash", "-o", str(path)]) == 0
    _, shown = played(path)
    assert len(shown) == 2 + 1
    assert "word 3 of 3" in shown[0][1][0]


async def test_its_lines_are_those_of_the_screen(tmp_path):
    from rnn_tui.tui.picturing.walked import lines as of_panels

    async with walking("sentiment-attention", "this movie is not good", (120, 36), lens="attention") as screen:
        drawn = ["".join(segment.text for segment in strip) for strip in of_panels(screen)]
        assert drawn == lines(screen.app)


def test_a_walk_that_is_stopped_leaves_nothing(tmp_path, monkeypatch):
    from rnn_tui.cli.commands import command_of
    from rnn_tui.cli.opening import open_scene
    from rnn_tui.export.request import Request
    from rnn_tui.tui.picturing import cast

    command, rest = command_of(["trace", "-s", SENTENCE])
    scene, trace = open_scene(command.parser().parse_args(rest))

    def stop(share):
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cast.write(Request(scene, trace, tmp_path / "a.cast", progress=stop))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_can_t_be_written_is_one_line(tmp_path, capsys):
    for name in ("a.svg", "a.cast", "a.csv"):
        assert main(["export", "-s", SENTENCE, "-o", str(tmp_path / "nowhere" / name)]) == 1
        assert f"{name}: can't be written: No such file or directory" in complaint(capsys)


@pytest.mark.parametrize(("options", "seen"), [((), True), (("--no-notation",), False), (("--notation",), True)])
def test_the_settings_notation_is_seen_unless_the_command_line_says_else(options, seen, tmp_path, capsys, monkeypatch):
    settings = tmp_path / "settings.toml"
    settings.write_text("notation = true\n", encoding="utf-8")
    monkeypatch.setenv("RNN_TUI_SETTINGS", str(settings))
    path = tmp_path / "a.svg"
    assert main(["export", "-s", SENTENCE, "--at", "3:add", *options, "-o", str(path)]) == 0
    assert ("weight_hh" in words(path.read_text(encoding="utf-8"))) == seen
