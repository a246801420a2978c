"""Stories stand whole, titles stand once, and words alone are words: on every shipped model, in every phase."""

import re

import pytest

from rnn_tui.lenses import LENSES
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.prose import wrapped
from rnn_tui.shelf import load
from rnn_tui.story import plain, tell
from tests.tui.drawn import SHIPPED, panels_at, positions, texts_for, walking

LOW = [(80, 24), (100, 30)]
TITLE = re.compile(r"[╭┏][─━] (\S.*?) [─━]*(?=[╮┓])")


@pytest.mark.parametrize("size", LOW)
@pytest.mark.parametrize("notation", [False, True])
@pytest.mark.parametrize("name", SHIPPED)
async def test_every_story_is_whole(name, size, notation):
    told = 0
    for text in texts_for(name):
        async with walking(name, text, size, notation=notation) as screen:
            for position in positions(screen):
                lines, region = panels_at(screen, position)["story"]
                story = tell(screen.computed.trace, screen.state)
                rows = [row for line in story for row in wrapped(line, region.width - 2, Palette())]
                assert len(rows) <= region.height, (text, position, [plain(line) for line in story])
                shown = " ".join(" ".join(lines).split())
                assert shown == " ".join(" ".join(plain(line) for line in story).split())
                told += 1
    assert told >= 10


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 48)])
@pytest.mark.parametrize("name", ["kicking-and-screaming", "sentiment-lstm", "sentiment-attention"])
async def test_no_two_panels_have_one_title(name, size):
    seen = set()
    async with walking(name, texts_for(name)[-1], size) as screen:
        for lens in (None, *LENSES):
            for position in positions(screen)[:6]:
                for what_if in (False, True):
                    panels = panels_at(screen, position, lens=lens, what_if=what_if)
                    titles = [
                        re.split(r" {2,}", title)[0]
                        for lines, _ in panels.values()
                        for title in TITLE.findall(lines[0])
                    ]
                    assert len(titles) == len(set(titles)), titles
                    seen |= set(titles)
    assert {"Memory", "How long is each word remembered?"} <= seen


NOTATION = re.compile(
    r"weight_|bias_|h_prev|c_prev|\bx\[|\bh\[|logits|pre_activation|spectral|softmax\(|\b(?:ih|hh|probs)\b|Σ|ₜ|\bcases\b"
)
LETTERS = re.compile(r"(?<![\w“”'’])(?:[rznifgohcx]|→[rznifgo])(?![\w“”'’])")


@pytest.mark.parametrize("size", [*LOW, (120, 36), (160, 48)])
@pytest.mark.parametrize("name", SHIPPED)
async def test_words_alone_have_no_notation(name, size):
    read = 0
    for text in texts_for(name)[-1:]:
        letters = load(name).tokenizer.kind != "characters"
        async with walking(name, text, size) as screen:
            for position in positions(screen)[:12]:
                for arithmetic in (False, True):
                    for panel, (lines, _) in panels_at(screen, position, arithmetic=arithmetic).items():
                        for line in lines:
                            assert not NOTATION.search(line), (panel, position, line)
                            assert not (letters and LETTERS.search(line)), (panel, position, line)
                            read += bool(line.strip())
    assert read > 200


async def test_notation_has_all_of_it():
    async with walking("sentiment-lstm", texts_for("sentiment-lstm")[-1], (160, 48), notation=True) as screen:
        shown = "\n".join(
            line
            for position in positions(screen)[6:12]
            for arithmetic in (False, True)
            for lines, _ in panels_at(screen, position, arithmetic=arithmetic).values()
            for line in lines
        )
    for symbol in ("weight_ih", "weight_hh", "h_prev", "c_prev", "logits", "softmax", "Σ", "tanh", "σ("):
        assert symbol in shown, symbol
