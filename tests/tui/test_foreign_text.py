"""Text from a sentence, a vocabulary, a label or a file is shown as text, and the terminal obeys none of it."""

import unicodedata

import pytest
from rich.cells import cell_len

from rnn_tui.network.model import Example
from rnn_tui.network.storage import save
from tests.builders import build
from tests.tui.screens import act, lines, strips, text

FOREIGN = [
    "[red]x[/] [bold]y[/bold] [link=x]z[/link] [/]",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J",
    "日本語 中文 한국어",
    "👩\u200d👩\u200d👧 👍🏽 🇩🇪 ☺\ufe0f",
    "e\u0301 a\u0303\u0302 \u0301x",
    "\u202eעברית\u202c العربية",
    "a\tb\r\nc\x00d\x7fe\u2028f\x85g",
    "tab\\[escaped] \\\\ $accent {braces} %s %",
    "x" * 2000,
]
NAMES = ("[b]verb[/b]", "日本語日本語日本", "\x1b[7minv\u202e")
LABELS = ("[red]Neg[/red]\x1b[5m", "👍🏽 posi\u0301tiv")


def foreign_model(sentence):
    return build(
        hidden=3,
        unit_names=NAMES,
        labels=LABELS,
        words=("<unk>", "the", *dict.fromkeys(sentence.lower().split())),
        name="[red]model[/]\x1b[2J",
        title="[u]title[/u]\x1b]0;x\x07",
        summary="[blink]sum\x9bmary[/]",
        examples=(Example(f"the {sentence}", f"why: {sentence}"),),
        provenance={"metric": "[b]acc[/b]\x1b", "figure": 0.5},
    )


def check(app, size):
    for strip in strips(app):
        assert strip.cell_length == size[0]
        assert cell_len(strip.text) == size[0]
        for character in strip.text:
            assert unicodedata.category(character) not in ("Cc", "Cs", "Cf"), repr(strip.text)
    assert len(strips(app)) == size[1]


@pytest.mark.parametrize(("sentence", "size"), zip(FOREIGN, [(80, 24), (120, 36)] * 5, strict=False))
async def test_it_is_text_in_every_phase(opened, sentence, size):
    async with opened(model=foreign_model(sentence), size=size, notation=True, keys="down") as pilot:
        for name in ("step", "step", "step", "step", "arithmetic", "overview", "word", "predict"):
            check(pilot.app, size)
            act(pilot.app.first, name, 1)
            await pilot.pause()
        check(pilot.app, size)


async def test_markup_is_shown_as_it_was_typed(opened):
    async with opened(model=foreign_model(FOREIGN[0]), size=(160, 48), keys="end") as pilot:
        shown = text(pilot.app)

        assert "[red]model[/]" in lines(pilot.app)[0]
        assert "[b]verb[/b]" in shown
        assert "[red]Neg[" in shown


@pytest.mark.parametrize("sentence", FOREIGN)
async def test_it_is_text_on_the_shelf_and_in_the_input(opened, models, sentence):
    for path in models.iterdir():
        path.unlink()
    save(foreign_model(sentence), models / "foreign.safetensors")
    async with opened(model=foreign_model(sentence), size=(100, 30), keys="m") as pilot:
        check(pilot.app, (100, 30))
        assert "[u]title[/u]" in text(pilot.app)
        assert "[b]acc[/b]" in text(pilot.app)
        await pilot.press("escape", "e")
        assert "[red]model[/]" in text(pilot.app)
        check(pilot.app, (100, 30))


async def test_it_is_text_in_a_notification(opened, models):
    async with opened(keys="m", notifications=True) as pilot:
        for path in models.iterdir():
            path.write_bytes(b"\x1b[31m[red]")
        await pilot.press("down", "enter")

        check(pilot.app, (120, 36))
        assert "damaged" in text(pilot.app)  # one word: where the line breaks hangs on the length of the path
