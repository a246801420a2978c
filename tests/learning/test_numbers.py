"""Answers that are numbers, and timesteps of several numbers: scaling, training, figures, and what a model says."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.learning.answering import answered
from rnn_tui.learning.encoding import Encoding, encoding_of
from rnn_tui.learning.hints import numeric
from rnn_tui.learning.making import TrainingPlan, make, prepare
from rnn_tui.learning.reading import read, read_for
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Form, Sample, Samples
from rnn_tui.learning.source import Asked
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.outputs import Number
from rnn_tui.network.storage import load, save
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.network.trace import run
from rnn_tui.network.training import TrainingSettings
from rnn_tui.network.training.evaluation import evaluate_numbers

PATH = Path("a.csv")
SETTINGS = TrainingSettings(epochs=30, learning_rate=0.01, batch_size=16)
WINDOW = 8


@pytest.fixture(scope="module")
def weather(tmp_path_factory):
    """A wave, and another that runs ahead of it."""
    rng = random.Random(3)
    rows = []
    for t in range(240):
        warm = 15 + 8 * math.sin(t / 5) + rng.gauss(0, 0.2)
        rows.append((t, f"{warm:.2f}", f"{0.5 + 0.3 * math.cos(t / 5):.3f}"))
    path = tmp_path_factory.mktemp("weather") / "weather.csv"
    path.write_text("day,warm,wet\n" + "".join(f"{day},{warm},{wet}\n" for day, warm, wet in rows), encoding="utf-8")
    return path, np.array([[float(warm), float(wet)] for _, warm, wet in rows])


def next_value(path, **asked):
    asked = Asked(window=WINDOW, output="number", columns=("warm", "wet"), **asked)
    return answered(read(path, asked=asked), "number")


@pytest.fixture(scope="module")
def made(weather):
    plan = TrainingPlan(
        "weather",
        architecture=Architecture((LayerKind("gru", None),), head=(EntryKind(True, "relu"),), output="number"),
        tokenizer="numbers",
        hidden_size=8,
        head_sizes=(6,),
        settings=SETTINGS,
        command="rnn-tui train weather.csv",
    )
    prepared = prepare(next_value(weather[0]), plan)
    return make(prepared, plan), prepared


def test_the_next_value_is_learned_better_than_by_rules(made, weather):
    model, numbers = made[0].model, weather[1]
    origin = model.provenance
    # 232 windows, the last tenth held out; a window's answer is the row behind it
    asked = np.arange(240 - 23, 240)
    assert origin["n"] == 23
    assert origin["metric"] == "validation mean absolute error"
    last = np.abs(numbers[asked, 0] - numbers[asked - 1, 0]).mean()
    # those of the training part end where the first window held out begins
    known = numbers[WINDOW : asked[0] - WINDOW, 0]
    always = np.abs(numbers[asked, 0] - known.mean()).mean()
    assert origin["baselines"] == {"mean": pytest.approx(always, rel=1e-3), "last value": pytest.approx(last, rel=1e-3)}
    assert origin["figure"] < 0.6 * origin["baselines"]["last value"]
    assert (origin["columns"], origin["target"], origin["window"]) == (["warm", "wet"], "warm", WINDOW)
    assert origin["split"] == "the last part held out: 201 training, 23 validation"


def test_what_is_held_out_has_no_part_in_the_scaling(made, weather):
    model, numbers = made[0].model, weather[1]
    first_held_out = 240 - 23 - WINDOW
    windows = [numbers[start : start + WINDOW] for start in range(first_held_out - WINDOW)]
    read_of, answers = np.concatenate(windows), numbers[WINDOW:first_held_out, 0]
    tokenizer = model.tokenizer
    assert (tokenizer.features, tokenizer.feature_names) == (2, ("warm", "wet"))
    assert tokenizer.mean == pytest.approx(tuple(read_of.mean(axis=0)), rel=1e-5)
    assert tokenizer.scale == pytest.approx(tuple(read_of.std(axis=0)), rel=1e-5)
    assert model.output.mean == pytest.approx((answers.mean(),), rel=1e-5)
    assert model.output.std == pytest.approx((answers.std(),), rel=1e-5)


def test_changing_what_is_held_out_changes_nothing_that_is_learned_but_its_figure(weather, tmp_path):
    other = tmp_path / "weather.csv"
    lines = weather[0].read_text(encoding="utf-8").splitlines(keepends=True)
    last = [f"{line.split(',')[0]},999,777\n" for line in lines[-23:]]
    other.write_text("".join(lines[:-23] + last), encoding="utf-8")
    plan = TrainingPlan("w", architecture=Architecture(output="number"), tokenizer="numbers")
    ours, theirs = (prepare(next_value(path), plan) for path in (weather[0], other))
    assert ours.encoding.tokenizer == theirs.encoding.tokenizer
    assert ours.encoding.output == theirs.encoding.output
    for one, another in zip(ours.training_corpus.inputs, theirs.training_corpus.inputs, strict=True):
        np.testing.assert_array_equal(one, another)


def test_the_file_answers_as_the_model_did(made, weather, tmp_path):
    save(made[0].model, tmp_path / "w.safetensors")
    model = load(tmp_path / "w.safetensors")
    # columns, target and window need not be said again
    samples = read_for(model, weather[0])
    assert samples.samples == next_value(weather[0]).samples
    found = evaluate_numbers(model, Encoding.of_model(model, "series").corpus(weather[0], samples.samples))
    assert found.targets[:, 0] == pytest.approx(weather[1][WINDOW:, 0], abs=1e-5)
    for index in (0, 57, 223):
        trace = run(model, model.tokenize(samples.samples[index].text))
        assert found.outputs[index, 0] == pytest.approx(float(trace.values["outputs"][-1][0]), abs=1e-4)
    assert model.labels == ("warm",)
    assert model.summary == "Reads 8 timesteps of warm, wet: which warm comes next? Trained on weather.csv."


def test_examples_are_good_and_bad_ones(made):
    model, prepared = made[0].model, made[1]
    found = evaluate_numbers(model, prepared.validation_corpus)
    by_text = {sample.text: float(sample.answers[0]) for sample in prepared.validation}
    assert len(model.examples) == 6
    assert len({example.text for example in model.examples}) == 6
    worst = prepared.validation[int(found.worst(1)[0])].text
    best = prepared.validation[int(found.losses.argmin())].text
    assert {worst, best} <= {example.text for example in model.examples}
    for example in model.examples:
        output = float(run(model, model.tokenize(example.text)).values["outputs"][-1][0])
        said = example.why.removeprefix("Held out: it is ").removesuffix(".").split(", the net says ")
        assert [float(number) for number in said] == pytest.approx([by_text[example.text], output], rel=1e-3)


def test_the_same_seed_makes_the_same_model(weather, made, tmp_path):
    plan = TrainingPlan(
        "deep",
        architecture=Architecture((LayerKind(bidirectional=True),) * 2, "mean", output="number"),
        tokenizer="numbers",
        hidden_size=3,
        settings=replace(SETTINGS, epochs=2),
    )
    for name in ("a", "b"):
        save(make(prepare(next_value(weather[0]), plan), plan).model, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def labelled(texts, answers):
    return Samples(PATH, "labels", tuple(Sample(k, *one) for k, one in enumerate(zip(texts, answers, strict=True), 1)))


def test_a_text_of_words_may_have_a_number_as_its_answer():
    rng = random.Random(0)
    texts = list(dict.fromkeys(" ".join(rng.choices(("good", "bad", "film", "day"), k=5)) for _ in range(300)))
    answers = [(f"{text.split().count('good') - text.split().count('bad') + 0.5}",) for text in texts]
    plan = TrainingPlan("r", architecture=Architecture(readout="mean", output="number"), settings=SETTINGS)
    model = make(prepare(answered(labelled(texts, answers)), plan), plan).model
    assert model.provenance["figure"] < 0.2 * model.provenance["baselines"]["mean"]
    assert set(model.provenance["baselines"]) == {"mean"}
    assert model.summary == "Gives a text a number, the value. Trained on a.csv."


@pytest.mark.parametrize("bidirectional", [False, True])
def test_pictures_are_read_row_by_row(tmp_path, bidirectional):
    # given pictures of one stroke in one of three columns
    rng = random.Random(2)
    lines = []
    for _ in range(150):
        label = rng.randrange(3)
        rows = [[0, 0, 0] for _ in range(4)]
        for row in rows:
            row[label] = rng.randint(4, 9)
        lines.append(",".join(map(str, [*chain(*rows), label])))
    path = tmp_path / "strokes.csv"
    path.write_text("".join(f"{line}\n" for line in ["a,b,c,d,e,f,g,h,i,j,k,l,stroke", *lines]), encoding="utf-8")
    samples = answered(read(path, asked=Asked(rows=4, label_column="stroke")))
    plan = TrainingPlan(
        "s",
        architecture=Architecture((LayerKind("gru", None, bidirectional),)),
        tokenizer="numbers",
        settings=replace(SETTINGS, epochs=5),
    )
    model = make(prepare(samples, plan), plan).model
    assert model.labels == ("0", "1", "2")
    assert model.tokenizer.features == 3
    assert model.provenance["figure"] == 1.0
    assert read_for(model, path).samples == samples.samples  # rows and label need not be said again


def test_a_feature_that_never_changes_is_not_blown_up():
    # given 0.1 in every row, whose standard deviation is but rounding, and values far from zero that hardly change
    rng = random.Random(1)
    texts = [f"0.1,{1e6 + rng.random()}" for _ in range(100)]
    assert np.array([0.1] * 100).std() > 0
    samples = [Sample(k, text, ("1",)) for k, text in enumerate(texts, 1)]
    tokenizer = encoding_of("labels", "numbers", PATH, samples, ["1", "2"], form=Form(2)).tokenizer
    values = np.array([[float(number) for number in text.split(",")] for text in texts])
    scaled = (values - tokenizer.mean) / tokenizer.scale
    assert np.abs(scaled[:, 0]).max() < 1e-3
    assert scaled[:, 1].mean() == pytest.approx(0, abs=2e-3)
    assert scaled[:, 1].std() == pytest.approx(1, abs=1e-3)


def test_answers_that_are_all_alike_keep_their_unit():
    samples = [Sample(k, f"{k}.5", ("7.5",)) for k in range(1, 5)]
    encoding = encoding_of("labels", "numbers", PATH, samples, ["7.5"], output="number", form=Form(target="height"))
    assert encoding.output == Number((7.5,), (1.0,))
    assert encoding.labels == ("height",)


@pytest.mark.parametrize(
    ("sample", "says"),
    [
        (Sample(4, "1 2", ("many",)), "row 4: the label “many” is no number, which is what the model answers"),
        (Sample(4, "1 2", ("1e300",)), "row 4: the label “1e300” is too large for float32"),
    ],
)
def test_an_answer_that_is_no_number_is_said(sample, says):
    encoding = Encoding("labels", NumberTokenizer(), encoding_of(*NOTHING).vocabulary, ("value",), output=Number())
    with pytest.raises(RowError, match=says):
        encoding.corpus(PATH, [sample])


NOTHING = ("labels", "numbers", PATH, [Sample(1, "1", ("a",))], ["a", "b"])


def test_answers_that_float32_can_t_hold_are_refused():
    samples = [Sample(1, "1", ("1e35",)), Sample(2, "2", ("2.5",))]
    with pytest.raises(RowError, match="holds a number as large as 1e\\+35"):
        encoding_of("labels", "numbers", PATH, samples, [], output="number")


@pytest.mark.parametrize(
    ("texts", "features"),
    [
        (["0.1 0.2", "3 4.5"], 1),
        (["0.1,2 0.2,3", "3,4"], 2),
        (["1 0 1", "0 1 1"], None),
        (["0.1 two"], None),
        (["0.1,2 0.2"], None),
        ([], None),
    ],
)
def test_texts_that_are_numbers_are_noticed(texts, features):
    assert numeric([Sample(k, text) for k, text in enumerate(texts)]) == features


@pytest.mark.parametrize(
    "provenance",
    [
        {"columns": "warm", "target": 3, "window": True, "rows": -1},
        {"columns": [], "window": "many", "rows": 2.5},
    ],
)
def test_odd_words_in_a_file_s_provenance_are_passed_over(made, written, provenance):
    model = replace(made[0].model, tokenizer=NumberTokenizer(), provenance=json.loads(json.dumps(provenance)))
    samples = read_for(model, written("a.txt", "".join(f"{k}\n" for k in range(20))))
    assert samples.window == 12
    assert samples.form == Form(1)
