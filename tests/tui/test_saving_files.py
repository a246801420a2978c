"""`s` saves: enter alone the very screen; tab another kind; nothing is written over, and esc stops what takes long."""

from __future__ import annotations

import asyncio
import json
import os
import threading
import xml.etree.ElementTree as ET

import pytest

from rnn_tui.export import EXPORTS, Export
from rnn_tui.export.picture import offline
from tests.tui.screens import text
from tests.tui.test_compare import comparing_app
from tests.tui.test_saving import goes_on, written

NAME = "rnn-tui-wired-1-read"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working folder."""
    place = tmp_path / "mine"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def notes(pilot):
    return str(pilot.app.screen.query_one("#notes").render())


def name(pilot):
    return pilot.app.screen.query_one("#text").value


async def typed(pilot, value):
    pilot.app.screen.query_one("#text").value = value
    await pilot.pause()


async def test_enter_alone_saves_the_very_screen(opened, folder):
    async with opened(lens="memory") as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        expected = offline(pilot.app.export_screenshot(title=NAME))
        await pilot.press("s", "enter")
        await written(pilot)
        assert pilot.app.said == [f"saved {folder / NAME}.svg"]
        await goes_on(pilot)

    def words(svg):
        return [each.text for each in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]

    assert words((folder / f"{NAME}.svg").read_text(encoding="utf-8")) == words(expected)
    assert os.listdir(folder) == [f"{NAME}.svg"]


async def test_a_name_that_is_free_is_proposed_and_no_other_is_written(opened, folder):
    (folder / f"{NAME}.svg").write_text("mine", encoding="utf-8")
    async with opened(keys="s") as pilot:
        assert name(pilot) == f"{NAME}-2.svg"
        await typed(pilot, f"{NAME}.svg")
        assert "there is such a file already, and nothing is overwritten" in notes(pilot)
        await pilot.press("enter")
        await written(pilot)
        assert (folder / f"{NAME}.svg").read_text(encoding="utf-8") == "mine"
        await pilot.press("escape")
        await goes_on(pilot)
    assert os.listdir(folder) == [f"{NAME}.svg"]


async def test_tab_goes_through_all_kinds_that_can_be_written_here(opened):
    possible = [
        suffix
        for suffix, export in EXPORTS.items()
        if suffix != ".safetensors" and (export.extra is None or not export.extra.missing)
    ]
    possible.sort(key=lambda suffix: suffix != ".svg")  # the picture of the screen is proposed first
    async with opened(keys="s") as pilot:
        for suffix in (*possible, possible[0]):
            assert name(pilot) == NAME + suffix
            assert EXPORTS[suffix].title in notes(pilot)
            assert all(f"{other} " in notes(pilot) for other in possible)
            await pilot.press("tab")
        await pilot.press("escape", "s", "shift+tab")
        assert name(pilot) == NAME + possible[-1]


async def test_an_edited_network_can_be_saved_as_a_model(opened):
    async with opened(keys="x f s shift+tab") as pilot:
        assert name(pilot).endswith(".safetensors")


async def test_what_is_typed_keeps_its_name_and_says_its_kind(opened):
    async with opened(keys="s") as pilot:
        await typed(pilot, "slides/of mine.svg")
        await pilot.press("tab")
        assert name(pilot).startswith("slides/of mine.")
        assert not name(pilot).endswith(".svg")
        await typed(pilot, "a.docx")
        assert "the name ends in one of .svg " in notes(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await typed(pilot, ".svg")
        assert "the name ends in" in notes(pilot)
        await typed(pilot, "")
        await pilot.press("enter", "escape")
        await goes_on(pilot)


@pytest.mark.parametrize("suffix", [".cast", ".json", ".csv", ".png", ".gif"])
async def test_each_kind_is_what_the_console_writes(opened, folder, suffix):
    if suffix in (".png", ".gif"):
        pytest.importorskip("PIL")
    async with opened(keys="s", size=(80, 24)) as pilot:
        await typed(pilot, f"mine{suffix}")
        await pilot.press("enter")
        await written(pilot)
        assert pilot.app.said == [f"saved {folder / 'mine'}{suffix}"]
        await goes_on(pilot)
        trace = pilot.app.first.computed.trace
    content = (folder / f"mine{suffix}").read_bytes()
    if suffix == ".json":
        assert len(json.loads(content)["tokens"]) == len(trace)
    elif suffix == ".cast":
        head, *events = map(json.loads, content.splitlines())
        assert (head["width"], head["height"], len(events)) == (80, 24, len(trace.order) + 1)
    else:
        assert content[:4] in (b"\x89PNG", b"GIF8", b"t,to")


class Slow:
    """An export that goes on until it is stopped, or let go."""

    def __init__(self):
        self.go, self.ended, self.deaf = threading.Event(), threading.Event(), False

    def write(self, request):
        try:
            for share in range(1000):
                if not self.deaf:
                    request.progress(share / 1000)
                if self.go.wait(0.05):
                    break
            request.write(b"done")
        finally:
            self.ended.set()


@pytest.fixture
def slow(monkeypatch):
    export = Slow()
    monkeypatch.setitem(EXPORTS, ".slow", Export(".slow", "a slow one", lambda: export))
    yield export
    export.go.set()


async def until(condition):
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(condition)


async def test_what_takes_long_shows_how_far_it_is_and_esc_stops_it(opened, folder, slow):
    async with opened(keys="s") as pilot:
        await typed(pilot, "a.slow")
        await pilot.press("enter")
        await until(lambda: "%" in notes(pilot))
        assert "esc stops" in notes(pilot)
        await pilot.press("tab", "enter")
        assert name(pilot) == "a.slow", "nothing else can be begun meanwhile"
        await pilot.press("escape")
        await until(slow.ended.is_set)
        await until(lambda: "stopped; nothing is written" in notes(pilot))
        await pilot.press("escape")
        await goes_on(pilot)
    assert os.listdir(folder) == []


async def test_what_is_done_after_a_while_is_said(opened, folder, slow):
    async with opened(keys="s") as pilot:
        await typed(pilot, "a.slow")
        await pilot.press("enter")
        await until(lambda: "%" in notes(pilot))
        slow.go.set()
        await written(pilot)
        assert pilot.app.said == [f"saved {folder / 'a.slow'}"]
    assert (folder / "a.slow").read_bytes() == b"done"


async def test_who_quits_meanwhile_leaves_nothing(opened, folder, slow):
    async with opened(keys="s") as pilot:
        await typed(pilot, "a.slow")
        await pilot.press("enter")
        await until(lambda: "%" in notes(pilot))
        pilot.app.exit()
        await pilot.pause()
    await until(slow.ended.is_set)
    assert os.listdir(folder) == []


@pytest.mark.parametrize(("keys", "fields"), [("s tab", {"hidden": True}), ("p s tab", {})])
async def test_while_an_answer_is_covered_the_screen_alone_can_be_saved(opened, keys, fields):
    async with opened(keys=keys, **fields) as pilot:
        assert name(pilot) == f"{NAME}.svg"
        assert "another kind" not in text(pilot.app)


async def test_two_networks_side_by_side_are_a_picture(models, folder):
    async with comparing_app().run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("s", "tab", "enter")
        await written(pilot)
    (saved,) = os.listdir(folder)
    assert saved.startswith("rnn-tui-compare-")
    assert saved.endswith(".svg")


async def test_what_is_past_stopping_is_written_whole_and_said_so(opened, folder, slow):
    # given a writer that looks at its progress no more
    slow.deaf = True
    async with opened(keys="s") as pilot:
        await typed(pilot, "a.slow")
        await pilot.press("enter")
        await until(lambda: "writing" in notes(pilot))
        await pilot.press("escape")
        assert "stopping" in notes(pilot)
        assert "nothing is written" not in notes(pilot)
        slow.go.set()
        await until(lambda: os.listdir(folder) == ["a.slow"])
        await goes_on(pilot)
