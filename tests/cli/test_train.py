"""`rnn-tui train`: one line to a model of one's own."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.network.storage import load
from tests.cli.conftest import ROOT

QUICK = ("--quiet", "--epochs", "2")


@pytest.fixture
def reviews(tmp_path):
    """160 different short texts; whether they are good is said by one word, at any place."""
    rng = random.Random(1)
    texts = {}
    while len(texts) < 160:
        word = rng.choice(("great", "lovely", "awful", "boring"))
        words = rng.choices(("the", "film", "was", "and", "story", "i", "saw"), k=4)
        words.insert(rng.randrange(5), word)
        texts[" ".join(words)] = "Positive" if word in ("great", "lovely") else "Negative"
    path = tmp_path / "reviews.csv"
    path.write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in texts.items()), encoding="utf-8")
    return path


def trained(data, *options, output="out.safetensors"):
    """Train in this process; returns the exit code and where the model would be."""
    path = data.parent / output
    return main(["train", str(data), "-o", str(path), *options]), path


def test_it_learns_what_chance_can_t_and_opens_at_once(reviews, capsys):
    code, path = trained(reviews, "--learning-rate", "0.01", "--validation", "0.25")
    streams = capsys.readouterr()
    model = load(path)
    assert code == 0
    assert model.provenance["n"] == 40
    assert model.provenance["figure"] >= 0.9  # 36 of 40; the majority has about half
    assert streams.out.splitlines()[-1] == f"rnn-tui -m {path}"
    assert main(["trace", "-m", str(path)]) == 0  # on an example that it brings along


def test_a_line_an_epoch_where_there_is_no_terminal(reviews, capsys):
    trained(reviews, "--epochs", "3")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith("reviews.csv: columns: text (text), label (label); delimiter ,")
    assert lines[1].endswith("--task labels, 144 texts to train on, 16 held out, 12 words known, 2 labels")
    assert [line.split(":")[0] for line in lines[2:]] == ["epoch 1 of 3", "epoch 2 of 3", "epoch 3 of 3"]
    assert "validation accuracy 0." in lines[2]
    assert "(best so far)" in lines[2]


def test_quiet_says_nothing_of_how_it_is_going(reviews, capsys):
    trained(reviews, *QUICK)
    assert capsys.readouterr().err == ""


def test_json_is_the_history_and_only_json(reviews, capsys):
    _, path = trained(reviews, "--epochs", "4", "--json")
    fields = json.loads(capsys.readouterr().out)
    assert (fields["format"], fields["model"], fields["interrupted"]) == (1, str(path), False)
    assert [epoch["epoch"] for epoch in fields["history"]] == [1, 2, 3, 4]
    best = max(fields["history"], key=lambda epoch: (epoch["validation_accuracy"], -epoch["validation_loss"]))
    assert fields["epoch"] == best["epoch"]
    assert fields["figure"] == pytest.approx(best["validation_accuracy"], abs=1e-4)


def test_the_same_seed_gives_the_same_bytes_wherever_the_files_lie(reviews, tmp_path, command):
    made = []
    for folder, seed in (("one", "5"), ("two", "5"), ("three", "6")):
        (tmp_path / folder).mkdir()
        data = tmp_path / folder / "reviews.csv"
        data.write_bytes(reviews.read_bytes())
        path = tmp_path / folder / "out.safetensors"
        assert command("train", str(data), "-o", str(path), *QUICK, "--seed", seed).returncode == 0
        made.append(path.read_bytes())
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_the_file_says_which_command_made_it(reviews):
    _, path = trained(reviews, *QUICK, "--name", "our class", "--title", "Ours", "--summary", "What we made.")
    model = load(path)
    assert (model.name, model.title, model.summary) == ("our class", "Ours", "What we made.")
    assert model.provenance["command"] == (
        "rnn-tui train reviews.csv -o out.safetensors --quiet --epochs 2 "
        "--name 'our class' --title Ours --summary 'What we made.'"
    )


@pytest.mark.parametrize(
    ("content", "options", "kind"),
    [
        ("the dog\tD N\na cat\tD N\ndogs bark\tN V\ncats sleep\tN V\n", (), ("each", "words", "elman")),
        ("Anna\nBert\nCarl\nDora\n", ("--cell", "gru"), ("each", "characters", "gru")),
        ("one two\ntwo three\nthree one\n", ("--tokenizer", "words"), ("each", "words", "elman")),
        ("\n".join(str(k * k % 7) for k in range(60)), ("--window", "4"), ("last", "numbers", "elman")),
        ("text,label\n1 2,up\n2 1,down\n3 4,up\n4 3,down\n", ("--tokenizer", "numbers"), ("last", "numbers", "elman")),
        ("text,label\nab,x\nba,y\naab,x\nbba,y\n", ("--tokenizer", "characters"), ("last", "characters", "elman")),
        (
            "text,label\na b,x\nb a,y\na a b,x\nb b a,y\n",
            ("--cell", "lstm", "--readout", "attention", "--embedding", "0", "--every-word"),
            ("attention", "words", "lstm"),
        ),
    ],
)
def test_every_kind_of_file_gives_its_kind_of_model(tmp_path, content, options, kind):
    data = tmp_path / "data.txt"
    data.write_text(content, encoding="utf-8")
    code, path = trained(data, *QUICK, *options)
    model = load(path)
    assert code == 0
    assert (model.readout.kind, model.tokenizer.kind, model.cell.kind) == kind


def complaint(capsys):
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("rnn-tui: ")
    assert streams.err.count("\n") == 1
    return streams.err


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        (b"text,mark\na,1\n", ("--task", "labels"), "row 1: no column is called “label”"),
        (b"text,label\na,1\nb,1\n", (), "has one label only, “1”"),
        (b"text,label\na,1\na,2\n", (), "has fewer than two different texts"),
        (b"a b\tX X\nc d\tX X\n", (), "has one tag only, “X”"),
        (b"", (), "is empty"),
        (b"text,label\ncaf\xe9,1\n", (), "row 2: byte 0xe9 is not UTF-8"),
        (b"text,label\na,1\nb\n", (), "row 3: has 1 field where the header has 2"),
        (b"1\n2\nx\n4\n", (), "row 3: “x” is no number"),
        (b"text,label\n1 2,a\n1 b,c\n", ("--tokenizer", "numbers"), "row 3: “b” is no number"),
        (b"1\n2\n1\n2\n", ("--window", "12"), "has 4 numbers, too few"),
        (None, (), "no such file"),
    ],
)
def test_faults_of_the_file_are_one_line_and_nothing_is_written(tmp_path, capsys, content, options, says):
    data = tmp_path / "data.txt"
    if content is not None:
        data.write_bytes(content)
    code, _ = trained(data, *options)
    line = complaint(capsys)
    assert code == 1
    assert line.startswith(f"rnn-tui: {data}: ")
    assert says in line
    assert sorted(tmp_path.iterdir()) == ([data] if content is not None else [])


def test_word_vectors_that_can_t_be_used(reviews, tmp_path, capsys):
    vectors = tmp_path / "vectors.txt"
    vectors.write_text("great 1 2\nawful 1\n", encoding="utf-8")
    assert trained(reviews, "--quiet", "--vectors", str(vectors))[0] == 1
    assert "vectors.txt: row 2: has 1 numbers, expected 2" in complaint(capsys)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--epochs", "0"), "“0” is no whole number of at least 1"),
        (("--hidden", "many"), "“many” is no whole number"),
        (("--learning-rate", "-1"), "“-1” is no number above 0"),
        (("--validation", "1"), "“1” is no share between 0 and 1"),
        (("--cell", "transformer"), "--cell transformer: no cell is called “transformer”; there are elman, gru, lstm"),
        (("--cell", "gru", "--activation", "relu"), "--activation is for an Elman cell"),
        (("--embedding", "0", "--vectors", "x.txt"), "--vectors needs an embedding"),
        (
            ("--readout", "each"),
            "--readout each doesn't go with --task labels, which takes last, last_step, mean, max or attention",
        ),
        (("--task", "next", "--tokenizer", "numbers"), "--tokenizer numbers doesn't go with --task next"),
        (("--task", "next", "--every-word"), "--every-word is for texts with one label"),
        (("--tokenizer", "numbers", "--embedding", "4"), "numbers are read as they are"),
        (("--window", "4"), "--window is for a series"),
        (("--task", "labels", "--column", "text"), "--column is for a series"),
        (("-o", "model.bin"), "a model file's name ends in .safetensors"),
    ],
)
def test_a_call_that_is_wrong(reviews, capsys, options, says):
    code, path = trained(reviews, *options)
    assert code == 2
    assert says in complaint(capsys)
    assert not path.exists()


def test_no_output_is_a_wrong_call(reviews, capsys):
    assert main(["train", str(reviews)]) == 2
    assert "-o/--output" in complaint(capsys)


def test_a_folder_that_is_not_there_is_said_before_the_training(reviews, capsys):
    assert trained(reviews, output="nowhere/out.safetensors")[0] == 1
    assert "nowhere is not there; make it first" in complaint(capsys)


def test_a_model_that_came_with_the_program_is_never_replaced(reviews, capsys):
    shipped = shelf.folders()[0] / "kicking-and-screaming.safetensors"
    before = shipped.read_bytes()
    assert main(["train", str(reviews), "-o", str(shipped), *QUICK]) == 1
    assert "the shipped models stay as they are" in complaint(capsys)
    assert shipped.read_bytes() == before


def test_one_s_own_model_is_replaced(reviews):
    _, path = trained(reviews, *QUICK)
    before = path.read_bytes()
    assert trained(reviews, *QUICK, "--seed", "1")[0] == 0
    assert path.read_bytes() != before


def started(data, output, *options):
    """A training in a process of its own, that can be interrupted."""
    return subprocess.Popen(
        [sys.executable, "-m", "rnn_tui", "train", str(data), "-o", str(output), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_ctrl_c_keeps_the_best_so_far(reviews):
    output = reviews.parent / "out.safetensors"
    # given a training that would take hours
    training = started(reviews, output, "--epochs", "1000000", "--patience", "1000000")
    # when it is interrupted after a few epochs
    for line in training.stderr:
        if line.startswith("epoch 5 "):
            break
    training.send_signal(signal.SIGINT)
    out, _ = training.communicate(timeout=30)
    # then the model is there, and says that it was
    assert training.returncode == 0
    assert out.startswith("stopped after ")
    assert out.splitlines()[-1] == f"rnn-tui -m {output}"
    assert load(output).provenance["interrupted"] is True


def test_ctrl_c_before_the_first_epoch_writes_nothing(reviews):
    # given texts so long that an epoch takes a while
    long = "".join(f"{'the film was ' * 1500}{k},{'ab'[k % 2]}\n" for k in range(40))
    reviews.write_text("text,label\n" + long, encoding="utf-8")
    output = reviews.parent / "out.safetensors"
    training = started(reviews, output, "--hidden", "256")
    # when it is interrupted once it has said what it trains on
    assert "delimiter ," in training.stderr.readline()
    assert "texts to train on" in training.stderr.readline()
    time.sleep(0.1)
    training.send_signal(signal.SIGINT)
    out, err = training.communicate(timeout=30)
    # then nothing is written, and nothing but the exit code says so
    assert (training.returncode, out, err) == (130, "", "")
    assert [path.name for path in reviews.parent.iterdir()] == ["reviews.csv"]


def read_until_closed(terminal):
    """What a terminal shows, until the program at its other end is gone."""
    while True:
        try:
            shown = os.read(terminal, 1 << 16)
        except OSError:  # Linux's way to say that nobody is there any more
            break
        if not shown:
            break
        yield shown
    os.close(terminal)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_bar_at_a_terminal(reviews):
    import pty

    controller, terminal = pty.openpty()
    training = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "rnn_tui",
            "train",
            str(reviews),
            "-o",
            str(reviews.parent / "o.safetensors"),
            "--epochs=3",
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120"},
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b"".join(read_until_closed(controller)).decode()
    assert training.wait(timeout=30) == 0
    assert "epoch 3 of 3" in shown
    assert "validation accuracy" in shown
    assert "left" in shown


@pytest.mark.parametrize("name", ["train", "evaluate", "generate"])
def test_help_has_an_example(name, capsys):
    assert main([name, "--help"]) == 0
    assert f"\n  rnn-tui {name} " in capsys.readouterr().out


def test_help_imports_no_numbers(command):
    code = "import sys; from rnn_tui.cli import main; main(['train', '--help']); sys.exit('numpy' in sys.modules)"
    assert command(python=("-c", code)).returncode == 0


def test_paths_are_taken_as_they_are_typed(reviews, monkeypatch):
    monkeypatch.chdir(reviews.parent)
    assert main(["train", "./reviews.csv", "--output=./my model.safetensors", *QUICK]) == 0
    assert (
        load(Path("my model.safetensors"))
        .provenance["command"]
        .startswith("rnn-tui train reviews.csv '--output=my model.safetensors'")
    )
