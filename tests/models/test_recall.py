"""The three recall models: gates keep the first letter, and without them it fades."""

from pathlib import Path

import numpy as np
import pytest

from rnn_tui.lenses.memory import memory
from rnn_tui.network import storage
from rnn_tui.network.trace import run

FOLDER = Path(__file__).parents[2] / "models"
CELLS = ("elman", "gru", "lstm")
VOWELS, CONSONANTS = list("aeiou"), list("bcdfghjklmnpqrstvwxyz")


def load(cell):
    return storage.load(FOLDER / f"recall-{cell}.safetensors")


def rows(distance, n, seed=7):
    rng = np.random.default_rng(seed)
    return [rng.choice(VOWELS) + "".join(rng.choice(CONSONANTS, distance)) for _ in range(n)]


def accuracy(model, texts):
    answers = (model.labels[run(model, model.tokenize(text)).prediction()[0]] for text in texts)
    return np.mean([answer == text[0] for answer, text in zip(answers, texts, strict=True)])


def first_row(model, text):
    """What is left of the first letter after each, as a share of the most that it ever moved."""
    influence = memory(run(model, model.tokenize(text))).influence[0]
    return influence / influence.max()


def figures_of(cell, table):
    """The figures of a cell's line in one of the tables of a card."""
    (line,) = (line for line in table.splitlines()[:8] if f"`recall-{cell}`" in line)
    return [float(part.strip(" *")) for part in line.split("|")[2:-1]]


def card_after(cell, heading):
    return (FOLDER / f"recall-{cell}.md").read_text(encoding="utf-8").split(heading)[1]


def test_the_plain_net_fails_with_distance():
    model = load("elman")

    near, middle, far = (accuracy(model, rows(distance, 100)) for distance in (3, 10, 40))

    assert near > 0.98
    assert middle < 0.6
    assert far < 0.4


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_gates_do_not(cell):
    model = load(cell)

    assert accuracy(model, rows(3, 100)) > 0.98
    assert accuracy(model, rows(40, 100)) >= 0.95


def test_the_memory_of_the_plain_net_fades_and_that_of_the_lstm_does_not():
    for text in rows(40, 20):
        elman, lstm = (first_row(load(cell), text) for cell in ("elman", "lstm"))

        assert elman[20] < 0.1
        assert elman[40] < 0.01
        assert lstm[20] > 0.7
        assert lstm[40] > 0.7


@pytest.mark.parametrize("cell", CELLS)
def test_one_of_the_first_two_examples_tells_the_story(cell):
    text = load(cell).examples[1].text
    elman, lstm = load("elman"), load("lstm")

    assert 12 <= len(text) <= 20
    assert accuracy(elman, [text]) == 0
    assert accuracy(lstm, [text]) == 1
    assert first_row(elman, text)[-1] < 0.1 < 0.9 < first_row(lstm, text)[-1]


@pytest.mark.parametrize("cell", CELLS)
def test_weight_hh_is_within_its_bound(cell):
    model = load(cell)
    size = model.hidden_size
    blocks = model.cell.weight_hh.reshape(-1, size, size)

    assert np.linalg.norm(blocks, 2, axis=(1, 2)).max() <= model.provenance["largest_norm"] * (1 + 1e-5)


@pytest.mark.parametrize("shown", CELLS)
@pytest.mark.parametrize("cell", CELLS)
def test_every_card_has_the_measured_accuracy_of_all_three_by_distance(cell, shown):
    table = card_after(cell, "**Accuracy by distance**")

    measured = list(load(shown).provenance["by_distance"].values())

    assert figures_of(shown, table) == pytest.approx(measured, abs=0.0006)


@pytest.mark.parametrize("shown", CELLS)
@pytest.mark.parametrize("cell", CELLS)
def test_every_card_has_what_is_left_of_the_first_letter(cell, shown):
    left = card_after(cell, "**What is left of the first letter**")
    model = load(shown)

    influence = memory(run(model, model.tokenize(left.split('"')[1]))).influence[0]

    assert figures_of(shown, left) == pytest.approx(list(influence[[0, 5, 10, 20, 40]]), abs=0.0051)


@pytest.mark.parametrize("cell", CELLS)
def test_every_card_says_what_is_left_without_weight_hh(cell):
    without = load(cell).provenance["without_weight_hh"]

    assert f"with weight_hh set to 0: {without:.3f}" in card_after(cell, "| figure |")
