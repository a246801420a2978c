"""The titles of a comparison's panels: which side a panel belongs to is said in it."""

import re
from itertools import product

import pytest

from rnn_tui import shelf
from rnn_tui.pictures.comparing.between import between_panel
from rnn_tui.pictures.comparing.strip import side_panel
from rnn_tui.pictures.comparing.working import answer_panel, working_panel
from rnn_tui.tui.comparing.plan import CompareSizes, compare_plan
from tests.pictures.comparing.sides import sides
from tests.pictures.views import PLAIN, texts

SIZES = [(80, 24), (100, 30), (120, 36), (160, 45)]
PAIRS = [
    (("sentiment", "sentiment"), ("this movie is not good", "this movie is good")),
    (("sentiment", "sentiment-gru"), ("this movie is not good", "this movie is not good")),
    (("sentiment-lstm", "sentiment-attention"), ("not good", "not good")),
    (("kicking-and-screaming", "kicking-and-screaming"), ("kicking and screaming", "kicking and screaming")),
]
PICTURES = {"side": side_panel, "phase": working_panel, "answer": answer_panel, "between": between_panel}


def panels(models, words, at, size):
    """Every panel of a comparison as it is planned for a screen: its name and its rows."""
    models = [shelf.load(name) for name in models]
    plan = compare_plan(*size, CompareSizes.of(sides(*words, models=models)[0].comparison))
    bars = "answer-a" in plan.regions
    fields = {"framed": plan.framed, "words": plan.words, "bars": bars, "memory_pitch": plan.memory_pitch}
    a, b = sides(*words, models=models, at=at, count=plan.count, pitch=plan.pitch, **fields)
    for name, region in plan.regions.items():
        kind, _, which = name.partition("-")
        if kind in PICTURES:
            yield name, texts(PICTURES[kind](b if which == "b" else a, region.width, region.height, PLAIN))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("models", "words"), PAIRS)
def test_no_two_panels_have_one_title(models, words, size):
    stages = max(len(shelf.load(name).phases) for name in models)
    drawn = 0
    for column, stage in product(range(2), range(stages)):
        # given every panel of a comparison at a stage
        titles = {name: rows[0].strip("╭╮┏┓─━ ") for name, rows in panels(models, words, (column, stage), size)}
        titles.pop("between", None)
        # when their titles are read, then each is there once, and begins with the letter of its side
        assert len(set(titles.values())) == len(titles), titles
        assert all(re.match(rf"{name[-1].upper()}\b", title) for name, title in titles.items()), titles
        drawn += len(titles)
    assert drawn >= 8 * stages
