"""`rnn-tui train` of deep and two-way networks, with a head of layers, for classes, yes or no, and numbers."""

from __future__ import annotations

import json
import math
import random

import pytest

from rnn_tui.cli import main
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.storage import load
from tests.cli.test_train import QUICK, complaint, reviews, trained  # noqa: F401  # a fixture


@pytest.fixture
def weather(tmp_path):
    rng = random.Random(3)
    path = tmp_path / "weather.csv"
    rows = ((15 + 8 * math.sin(t / 5) + rng.gauss(0, 0.2), math.cos(t / 5)) for t in range(160))
    path.write_text("warm,wet\n" + "".join(f"{warm:.2f},{wet:.3f}\n" for warm, wet in rows), encoding="utf-8")
    return path


def kinds(model):
    return [
        (layer.forward.kind, layer.forward.activation, layer.bidirectional, layer.merge, layer.hidden_size)
        for layer in model.layers
    ]


@pytest.mark.parametrize(
    ("options", "layers", "width"),
    [
        (("--layers", "2"), [("elman", "tanh", False, "concat", 16)] * 2, 16),
        (
            ("--layers", "3", "--cell", "gru", "--bidirectional", "--hidden", "5"),
            [("gru", None, True, "concat", 5)] * 3,
            10,
        ),
        (
            ("--cell", "lstm", "--bidirectional", "--merge", "sum", "--hidden", "5"),
            [("lstm", None, True, "sum", 5)],
            5,
        ),
        (("--activation", "relu", "--layers", "8", "--hidden", "2"), [("elman", "relu", False, "concat", 2)] * 8, 2),
    ],
)
@pytest.mark.parametrize("readout", ["last", "last_step", "mean", "max", "attention"])
def test_layers_and_directions(reviews, options, layers, width, readout):  # noqa: F811
    code, path = trained(reviews, *QUICK, *options, "--readout", readout)
    model = load(path)
    assert code == 0
    assert kinds(model) == layers
    assert model.readout.kind == readout
    assert model.fc.weight.shape == (2, width)
    again = trained(reviews, *QUICK, *options, "--readout", readout, output="out.safetensors")[1]
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("head", "kinds_of_entries", "sizes"),
    [
        ("32,relu", [(True, "relu")], [32]),
        ("8, relu, 4, tanh", [(True, "relu"), (True, "tanh")], [8, 4]),
        ("8,4", [(True, "identity"), (True, "identity")], [8, 4]),
        ("relu,8,relu,sigmoid", [(False, "relu"), (True, "relu"), (False, "sigmoid")], [8]),
        ("TANH", [(False, "tanh")], []),
    ],
)
def test_a_head_of_layers_and_functions(reviews, head, kinds_of_entries, sizes):  # noqa: F811
    code, path = trained(reviews, *QUICK, "--head", head)
    model = load(path)
    assert code == 0
    assert [entry.kind for entry in model.head] == [EntryKind(*kind) for kind in kinds_of_entries]
    assert [len(entry.linear.bias) for entry in model.head if entry.linear is not None] == sizes
    assert model.fc.weight.shape == (2, sizes[-1] if sizes else 16)


@pytest.mark.parametrize("options", [("--bidirectional", "--cell", "gru"), ("--layers", "2", "--head", "8,relu")])
@pytest.mark.parametrize("answers", ["classes", "yes_no"])
def test_it_learns_what_chance_can_t(reviews, capsys, options, answers):  # noqa: F811
    taught = ("--quiet", "--epochs", "30", "--learning-rate", "0.02")
    code, path = trained(reviews, *taught, *options, "--output", answers)
    model = load(path)
    assert (code, model.output.kind, model.labels) == (0, answers, ("Negative", "Positive"))
    assert model.provenance["figure"] >= 0.9
    assert len(model.fc.bias) == (2 if answers == "classes" else 1)
    capsys.readouterr()
    assert main(["evaluate", "-m", str(path), str(reviews), "--json"]) == 0
    fields = json.loads(capsys.readouterr().out)
    assert fields["accuracy"] >= 0.9
    assert sum(map(sum, fields["confusion"])) == 160


def test_a_tagger_may_read_in_both_directions(tmp_path):
    # given words whose tag is told by the word behind them alone
    rng = random.Random(1)
    rows = []
    for _ in range(120):
        words = rng.choices(("a", "b"), k=5)
        rows.append(f"{' '.join(words)}\t{' '.join('Y' if word == 'a' else 'N' for word in [*words[1:], 'b'])}\n")
    path = tmp_path / "tags.tsv"
    path.write_text("".join(rows), encoding="utf-8")
    figures = {}
    for options in ((), ("--bidirectional",)):
        taught = ("--quiet", "--epochs", "15", "--learning-rate", "0.02", "--embedding", "4")
        code, out = trained(path, *taught, *options)
        figures[options] = load(out).provenance["figure"]
        assert code == 0
    assert figures[()] < 0.8
    assert figures["--bidirectional",] == 1.0


def test_the_next_value_of_several_columns(weather, capsys):
    options = ("--columns", "warm,wet", "--window", "8", "--output", "number", "--learning-rate", "0.02")
    code, path = trained(weather, *options, "--cell", "gru", "--epochs", "20")
    streams = capsys.readouterr()
    model = load(path)
    origin = model.provenance
    assert code == 0
    assert (model.output.kind, model.labels, model.tokenizer.features) == ("number", ("warm",), 2)
    assert origin["figure"] < origin["baselines"]["last value"] < origin["baselines"]["mean"]
    assert "columns: warm, wet (numbers), warm (what is asked); delimiter ,\n" in streams.err
    assert streams.err.splitlines()[1].endswith("--task series, 129 texts to train on, 15 held out, a number: warm")
    assert ": loss " in streams.err.splitlines()[2]
    assert ", validation error " in streams.err.splitlines()[2]
    assert streams.out.startswith(f"validation mean absolute error {origin['figure']:g}, n 15 (mean ")


def test_json_of_a_number_has_no_accuracy(weather, capsys):
    options = ("--target", "wet", "--output", "number", "--json")
    _, path = trained(weather, *QUICK, *options)
    fields = json.loads(capsys.readouterr().out)
    assert fields["metric"] == "validation mean absolute error"
    assert fields["figure"] == load(path).provenance["figure"]
    assert [epoch["validation_accuracy"] for epoch in fields["history"]] == [None, None]
    assert set(fields["baselines"]) == {"mean", "last value"}


def test_numbers_of_a_table_are_learned_as_numbers_and_it_says_so(tmp_path, capsys):
    path = tmp_path / "rated.csv"
    path.write_text("text,stars\n" + "".join(f"word{k % 7} film,{k % 7}.5\n" for k in range(40)), encoding="utf-8")
    for options, output, said in (
        ((), "number", "the labels are 7 different numbers, not all of them whole, so a number is learned"),
        (("--output", "classes"), "classes", "7 labels"),
    ):
        code, out = trained(path, "--epochs", "1", *options)
        assert (code, load(out).output.kind) == (0, output)
        assert said in capsys.readouterr().err


@pytest.mark.parametrize("quote", ['"', ""])
def test_texts_of_numbers_with_several_at_each_timestep(tmp_path, capsys, quote):
    rng = random.Random(4)
    sign = "," if quote else "\t"
    lines = []
    for _ in range(80):
        pairs = [(rng.random(), rng.random()) for _ in range(4)]
        text = " ".join(f"{a:.2f},{b:.2f}" for a, b in pairs)
        lines.append(f"{quote}{text}{quote}{sign}{sum(a - b for a, b in pairs):.2f}\n")
    path = tmp_path / "pairs.csv"
    path.write_text(f"text{sign}label\n" + "".join(lines), encoding="utf-8")
    code, out = trained(path, "--features", "2", "--epochs", "20", "--learning-rate", "0.02")
    model = load(out)
    assert (code, model.output.kind, model.tokenizer.features) == (0, "number", 2)
    assert model.provenance["figure"] < 0.5 * model.provenance["baselines"]["mean"]
    capsys.readouterr()
    assert trained(path, "--epochs", "1")[0] == 0
    assert "the texts are numbers, each of which is read as a word; --features 2 reads them" in capsys.readouterr().err


def test_pictures(tmp_path, capsys):
    rng = random.Random(2)
    rows = [[*(rng.randint(4, 9) if k % 4 == label else 0 for k in range(16)), label] for label in (0, 1, 2) * 40]
    path = tmp_path / "strokes.csv"
    path.write_text("".join(f"{','.join(map(str, row))}\n" for row in rows), encoding="utf-8")
    code, out = trained(path, "--rows", "4", "--label-column", "17", "--epochs", "10", "--learning-rate", "0.02")
    said = capsys.readouterr().err
    assert code == 0
    assert "column: 17 (label); 4 rows of 4 numbers; delimiter ,\n" in said
    assert "the labels are 3 different whole numbers, so each is a class; --output number" in said
    assert load(out).provenance["figure"] == 1.0
    assert main(["evaluate", "-m", str(out), str(path), "--label-column", "17", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == 1.0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--layers", "0"), "“0” is no whole number from 1 to 8"),
        (("--layers", "9"), "“9” is no whole number from 1 to 8"),
        (("--merge", "sum"), "--merge says how two directions become one; --bidirectional reads in both"),
        (("--bidirectional", "--merge", "mul"), "invalid choice: 'mul' (choose from concat, sum)"),
        (("--bidirectional", "--every-word"), "--every-word asks for an answer at every word"),
        (("--bidirectional", "--task", "next"), "--bidirectional would read what comes next"),
        (("--output", "numbers"), "-o numbers: a model file's name ends in .safetensors"),
        (("--task", "next", "--output", "number"), "--output number doesn't go with --task next, which takes classes"),
        (("--output", "number"), "row 2: the label “"),
        (("--columns", "a,,b"), "“a,,b” lacks a name at a comma"),
        (("--columns", "a,b"), "no column is called “a”"),
        (("--columns", "a", "--column", "b"), "--column is for a series with one column, --columns for one with"),
        (("--target", "a", "--text-column", "b"), "--target is for a series of numbers, --text-column for texts"),
        (("--target", "a", "--task", "labels"), "--target is for a series of numbers, not for --task labels"),
        (("--rows", "2", "--columns", "a"), "--rows reads all columns but the label's as a picture, so there"),
        (("--rows", "2", "--text-column", "a"), "so there is no --text-column; give one"),
        (("--rows", "2", "--features", "2"), "--rows says how many numbers a timestep has"),
        (("--features", "2", "--tokenizer", "words"), "--features is for texts of numbers"),
        (("--features", "2", "--task", "next"), "--features is for texts of numbers with labels, and"),
        (("--features", "2"), "has 1 number, and a timestep of this model has 2"),
        (("--features", "2", "--embedding", "4"), "numbers are read as they are"),
    ],
)  # fmt: skip
def test_what_can_t_be_trained_is_said_in_a_line(reviews, capsys, options, says):  # noqa: F811
    code, path = trained(reviews, *options)
    assert code in (1, 2)
    said = complaint(capsys)
    assert says in said
    assert not path.exists()


def test_the_words_of_pictures_are_no_words(tmp_path, capsys):
    path = tmp_path / "p.csv"
    path.write_text("a,b,label\n1,2,x\n3,4,y\n", encoding="utf-8")
    assert trained(path, "--rows", "1", "--tokenizer", "words")[0] == 2
    assert "--tokenizer words doesn't go with --rows, which reads numbers" in complaint(capsys)


def test_what_no_model_file_has_room_for_is_said_before_the_training(tmp_path, reviews, capsys):  # noqa: F811
    path = tmp_path / "p.csv"
    path.write_text("".join(f"{label},{'1,' * 4096}1\n" for label in ("x", "y")), encoding="utf-8")
    assert trained(path, "--rows", "1", "--label-column", "1")[0] == 2
    assert "a timestep would have 4,097 numbers, and at most 4,096 are read; more --rows" in complaint(capsys)
    assert trained(reviews, "--head", ",".join(["2"] * 17))[0] == 2
    assert "--head has 17 entries, and at most 16 are read; leave some out" in complaint(capsys)


def test_the_kind_of_answer_is_no_file(reviews, capsys):  # noqa: F811
    assert main(["train", str(reviews), "--output", "number"]) == 2
    assert "-o/--output is missing: -o OUT.safetensors names the model file to write" in complaint(capsys)
