"""From samples to a model: what it says of itself, and that it has learned."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.learning.making import TrainingPlan, make, prepare
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample, Samples
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.generation import writing_of
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.trace import run
from rnn_tui.network.training import TrainingSettings
from rnn_tui.network.training.evaluation import evaluate

SETTINGS = TrainingSettings(epochs=40, learning_rate=0.01)


def first_word_decides(n=160, seed=0):
    """Different texts of five words whose label is their first: a net that forgets is right half the time."""
    rng = random.Random(seed)
    texts = {}
    while len(texts) < n:
        words = (rng.choice(("up", "down")), *rng.choices("abcdefgh", k=4))
        texts[" ".join(words)] = words[0].upper()
    samples = [Sample(row, text, (label,)) for row, (text, label) in enumerate(texts.items(), 1)]
    return Samples(Path("folder/first.csv"), "labels", tuple(samples))


@pytest.mark.parametrize(
    "architecture",
    [
        Architecture(),
        Architecture((LayerKind("gru", None),), "last"),
        Architecture((LayerKind("lstm", None),), "last"),
        Architecture((LayerKind("elman", "tanh"),), "attention"),
    ],
    ids=lambda made: f"{made.layers[0].cell}-{made.readout}",
)
def test_every_cell_learns_what_chance_can_t(architecture):
    prepared = prepare(first_word_decides(), TrainingPlan("first", validation=0.25))
    made = make(prepared, TrainingPlan("first", architecture=architecture, settings=SETTINGS))
    assert made.model.provenance["n"] == 40
    assert made.model.provenance["figure"] >= 0.9  # 36 of 40; by chance, 20


@pytest.mark.parametrize("embedding", [0, 3])
def test_the_model_has_the_shape_that_was_planned(embedding):
    plan = TrainingPlan("first", hidden_size=5, embedding=embedding, settings=replace(SETTINGS, epochs=1))
    model = make(prepare(first_word_decides(), plan), plan).model
    assert model.hidden_size == 5
    assert model.input_size == (embedding or len(model.vocabulary))


def test_the_file_says_where_the_model_comes_from():
    plan = TrainingPlan("first", settings=replace(SETTINGS, epochs=3, seed=4), command="rnn-tui train first.csv")
    prepared = prepare(first_word_decides(), plan)
    made = make(prepared, plan)
    origin = made.model.provenance
    measured = evaluate(made.model, prepared.validation_corpus)
    assert origin["data"] == "first.csv"  # and not where it lay
    assert origin["split"] == "by text, seed 4: 144 training, 16 validation"
    assert (origin["metric"], origin["figure"]) == ("validation accuracy", round(measured.accuracy, 4))
    assert (origin["n"], origin["seed"], origin["command"]) == (16, 4, "rnn-tui train first.csv")
    assert set(origin["baselines"]) == {"majority"}
    assert origin["interrupted"] is False


def test_the_examples_say_what_the_model_says_of_them():
    plan = TrainingPlan("first", settings=SETTINGS)
    model = make(prepare(first_word_decides(), plan), plan).model
    for example in model.examples:
        label = model.labels[run(model, model.tokenize(example.text)).prediction()[0]]
        right = label == example.text.split()[0].upper()
        assert example.why.startswith("Held out, and right" if right else "Held out, and a mistake")
    assert {example.text.split()[0] for example in model.examples} == {"up", "down"}


def test_the_best_weights_are_kept_and_the_figure_is_theirs():
    plan = TrainingPlan("first", settings=replace(SETTINGS, learning_rate=0.05, patience=5))
    made = make(prepare(first_word_decides(), plan), plan)
    best = max(epoch.validation.accuracy for epoch in made.trained.history)
    assert made.model.provenance["figure"] == round(best, 4)


def test_an_interrupt_keeps_the_best_so_far():
    plan = TrainingPlan("first", settings=SETTINGS)
    prepared = prepare(first_word_decides(), plan)

    def interrupt(epoch):
        if epoch.number == 2:
            raise KeyboardInterrupt

    made = make(prepared, plan, interrupt)
    assert made.model.provenance["interrupted"] is True
    assert len(made.trained.history) == 2


def test_an_interrupt_before_the_first_epoch_has_nothing_to_keep(monkeypatch):
    plan = TrainingPlan("first", settings=SETTINGS)
    prepared = prepare(first_word_decides(), plan)

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("rnn_tui.network.training.loop.measure", interrupt)
    with pytest.raises(KeyboardInterrupt):
        make(prepared, plan)


def test_a_series():
    numbers = [f"{np.sin(t / 2):.3f}" for t in range(120)]
    rises = [float(numbers[t + 6]) > float(numbers[t + 5]) for t in range(114)]
    windows = [Sample(t + 1, " ".join(numbers[t : t + 6]), ("rises" if rises[t] else "falls",)) for t in range(114)]
    plan = TrainingPlan("sine", tokenizer="numbers", settings=SETTINGS)
    made = make(prepare(Samples(Path("sine.txt"), "series", tuple(windows), 6), plan), plan)
    assert made.model.labels == ("falls", "rises")
    assert made.model.provenance["window"] == 6
    assert made.model.provenance["figure"] >= 0.9
    assert set(made.model.provenance["baselines"]) == {"majority", "the same as last time"}


def test_tags():
    rng = random.Random(0)
    sentences = [rng.choices(("the", "dog", "cat", "runs"), k=5) for _ in range(80)]
    tags = {"the": "DET", "dog": "NOUN", "cat": "NOUN", "runs": "VERB"}
    samples = [Sample(k, " ".join(words), tuple(tags[word] for word in words)) for k, words in enumerate(sentences, 1)]
    plan = TrainingPlan("tags", architecture=Architecture((LayerKind("elman", "tanh"),), "each"), settings=SETTINGS)
    made = make(prepare(Samples(Path("t.tsv"), "tags", tuple(samples)), plan), plan)
    assert made.model.labels == ("DET", "NOUN", "VERB")
    assert made.model.provenance["figure"] >= 0.95
    assert made.model.examples[0].text in {sample.text for sample in samples}


def test_the_next_character():
    # given texts in which every character has but one that may follow it
    samples = [Sample(k, "abcd" * (k % 3 + 1) + "e" * (k % 7 == 0)) for k in range(1, 60)]
    plan = TrainingPlan(
        "next", architecture=Architecture(readout="each"), tokenizer="characters", validation=0.4,
        settings=SETTINGS,
    )  # fmt: skip
    made = make(prepare(Samples(Path("n.txt"), "next", tuple(samples)), plan), plan)
    origin = made.model.provenance
    # then it is a next-token model, which says how it begins and in bits how good it is
    assert writing_of(made.model).start == origin["start"] == "^"
    assert origin["metric"] == "validation bits a character"
    assert origin["figure"] < origin["baselines"]["frequencies alone"] / 2
    assert made.model.examples[0].text.startswith("^abcd")


def test_word_vectors_are_where_the_embedding_starts(tmp_path):
    from rnn_tui.learning.making import starting_parameters

    path = tmp_path / "v.txt"
    path.write_text("up 1 0\ndown -1 0\n", encoding="utf-8")
    plan = TrainingPlan("first", vectors=path)
    encoding = prepare(first_word_decides(), plan).encoding
    weight = starting_parameters(plan, encoding)["embedding.weight"]
    up, down = (weight[encoding.vocabulary.index[word]] for word in ("up", "down"))
    assert weight.shape == (len(encoding.vocabulary), 2)
    np.testing.assert_allclose(up, -down)


def test_a_text_that_is_too_long_to_learn_from_is_refused_with_its_row():
    samples = first_word_decides()
    long = Sample(161, "up " * 20_001, ("UP",))
    with pytest.raises(RowError, match=r"row 161: has 20,001 words, more than the 20,000 of one text .*; cut it"):
        prepare(replace(samples, samples=(*samples.samples, long)), TrainingPlan("first"))
