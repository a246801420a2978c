"""What is to be written is checked before the work, and what could be lost is never replaced by mistake."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from rnn_tui import shelf
from rnn_tui.cli import main
from rnn_tui.learning import making
from rnn_tui.network import storage
from tests.builders import build


@pytest.fixture
def reviews(tmp_path):
    """A small table of texts with labels."""
    path = tmp_path / "reviews.csv"
    rows = [f"{word} {k},{label}" for k in range(8) for word, label in (("great", "pos"), ("awful", "neg"))]
    path.write_text("\n".join(["text,label", *rows]), encoding="utf-8")
    return path


@pytest.fixture
def untrained(monkeypatch):
    """A training that must not begin."""

    def begin(*_, **__):
        raise AssertionError("the training has begun")

    monkeypatch.setattr(making, "make", begin)


def complaint(capsys):
    """The one line on stderr."""
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    return text.removeprefix("rnn-tui: ").rstrip()


def train(data, output, *options):
    return main(["train", str(data), "-o", str(output), "--epochs", "1", "--quiet", *options])


def test_a_folder_a_pipe_and_a_place_that_is_not_there(reviews, tmp_path, capsys, untrained):
    folder, pipe = tmp_path / "folder.safetensors", tmp_path / "pipe.safetensors"
    folder.mkdir()
    os.mkfifo(pipe)
    for path, says in {
        folder: "is a folder; give the name of a file",
        pipe: "is a pipe or a device, no file",
        tmp_path / "no" / "a.safetensors": f"the folder {tmp_path / 'no'} is not there; make it first",
        tmp_path / ("x" * 300 + ".safetensors"): "File name too long",
    }.items():
        assert train(reviews, path) == 1
        line = complaint(capsys)
        assert line.startswith(f"{path}: ")
        assert says in line


def test_a_full_disk_is_found_before_the_training(reviews, tmp_path, capsys, untrained, monkeypatch):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    assert train(reviews, tmp_path / "a.safetensors") == 1
    assert complaint(capsys).endswith("a.safetensors: can't be written: No space left on device; give another place")


def test_a_working_folder_that_is_gone(reviews, tmp_path, capsys, untrained, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    for argv in (["train", str(reviews), "-o", "a.safetensors"], ["export", "-o", "a.json"]):
        assert main(argv) == 1
        assert complaint(capsys).startswith(f"{argv[-1]}: can't be written: the working folder is gone; ")
    assert main(["models"]) == 0
    assert main(["trace", "-m", "a.safetensors"]) == 1
    monkeypatch.undo()


def test_what_is_read_is_not_replaced(reviews, tmp_path, capsys, untrained, shelf_of):
    data = tmp_path / "data.safetensors"
    data.symlink_to(reviews)
    assert train(reviews, data) == 1
    assert complaint(capsys) == f"{data}: would replace what is read, {reviews}; give another name"

    model = shelf_of(mine=build()) / "mine.safetensors"
    before = model.read_bytes()
    assert main(["export", "-m", "mine", "-s", "dog", "--edit", "forget", "-o", str(model), "--force"]) == 1
    assert complaint(capsys) == f"{model}: would replace what is read, {model}; give another name"
    assert model.read_bytes() == before

    sentence = tmp_path / "sentence.json"
    sentence.write_text("dog", encoding="utf-8")
    call = ["export", "-m", "mine", "--sentence-file", str(sentence), "-o", str(sentence), "--force"]
    assert main(call) == 1
    assert complaint(capsys) == f"{sentence}: would replace what is read, {sentence}; give another name"
    assert sentence.read_text(encoding="utf-8") == "dog"


def test_a_model_is_replaced_and_weights_of_another_program_are_not(reviews, tmp_path, capsys):
    path = tmp_path / "a.safetensors"
    storage.save(build(name="before"), path)
    assert train(reviews, path) == 0
    assert storage.load(path).name == "a"
    path.write_bytes(b"")  # as mktemp makes it
    assert train(reviews, path) == 0
    assert storage.load(path).name == "a"
    capsys.readouterr()

    save_file({"rnn.weight_ih_l0": np.zeros((2, 2), np.float32)}, path)
    before = path.read_bytes()
    assert train(reviews, path) == 1
    assert complaint(capsys).startswith(f"{path}: the file that is there holds weights of another program")
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such name")
def test_names_and_titles_that_are_no_utf_8(reviews, tmp_path, capsys):
    data = reviews.rename(tmp_path / "caf\udce9.csv")
    path = tmp_path / "mod\udce8le.safetensors"
    assert train(data, path, "--title", "titl\udce9", "--summary", "s\udcff") == 0
    assert f"rnn-tui -m $'{tmp_path}/mod\\350le.safetensors'" in capsys.readouterr().out
    model = storage.load(path)
    assert (model.name, model.title, model.summary) == ("mod�le", "titl�", "s�")
    assert model.provenance["data"] == "caf�.csv"
    assert "$'mod\\350le.safetensors'" in model.provenance["command"]
    assert train(data, path, "--json") == 0
    assert json.loads(capsys.readouterr().out)["model"] == str(path)


def test_a_label_that_no_file_can_hold_is_refused_before_the_training(
    reviews, tmp_path, capsys, untrained, monkeypatch
):
    from rnn_tui.learning import reading
    from rnn_tui.learning.samples import Sample, Samples

    samples = tuple(Sample(k, f"great {k}", ("a\ud800" if k % 2 else "b",)) for k in range(20))
    monkeypatch.setattr(reading, "read", lambda path, *_, **__: Samples(path, "labels", samples))
    assert train(reviews, tmp_path / "a.safetensors") == 1
    assert complaint(capsys) == f"{reviews}: a label, “a�”, holds half a character, which no file can hold; mend it"


@pytest.mark.parametrize("option", ["--labels", "--unit-names"])
def test_a_label_that_is_no_utf_8_is_refused_by_import(tmp_path, capsys, option):
    weights, words = tmp_path / "w.safetensors", tmp_path / "words.txt"
    model = build(inputs="embedding")
    save_file(model.tensors(), weights)
    words.write_text("\n".join(model.vocabulary.words), encoding="utf-8")
    options = {"--labels": "no,yes", "--unit-names": "a,b,c"}
    options[option] = options[option].replace(",", "\udcff,", 1)
    given = [word for pair in options.items() for word in pair]
    output = tmp_path / "o.safetensors"
    assert main(["import", str(weights), "--vocabulary", str(words), *given, "-o", str(output)]) == 1
    assert "expected Unicode text" in complaint(capsys)
    assert not output.exists()


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", None)])
def test_a_signal_that_comes_while_it_saves_waits_for_the_file(reviews, tmp_path, command, number):
    path = tmp_path / "a.safetensors"
    interrupting = (
        "import os, signal, sys; from rnn_tui.cli import main; from rnn_tui.network.storage import writing; "
        "replace = os.replace; "
        f"os.replace = lambda *both: (os.kill(os.getpid(), {int(number)}), os.kill(os.getpid(), 2), replace(*both)); "
        "sys.exit(main())"
    )
    import subprocess

    arguments = ["train", str(reviews), "-o", str(path), "--epochs", "1", "--quiet"]
    done = subprocess.run([sys.executable, "-c", interrupting, *arguments], capture_output=True, check=False)
    assert done.returncode == -number
    assert storage.load(path).labels == ("neg", "pos")
    assert sorted(os.listdir(tmp_path)) == ["a.safetensors", "reviews.csv"]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", None), signal.SIGINT])
def test_a_signal_that_comes_while_it_tries_the_folder_leaves_nothing(reviews, tmp_path, number):
    interrupting = (
        "import os, signal, sys, tempfile; from rnn_tui.__main__ import start; mkstemp = tempfile.mkstemp; "
        f"tempfile.mkstemp = lambda **asked: (mkstemp(**asked), os.kill(os.getpid(), {int(number)}))[0]; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); sys.exit(start())"
    )
    import subprocess

    arguments = ["train", str(reviews), "-o", str(tmp_path / "a.safetensors"), "--epochs", "1", "--quiet"]
    done = subprocess.run([sys.executable, "-c", interrupting, *arguments], capture_output=True, check=False)
    assert done.returncode == (130 if number == signal.SIGINT else -number)
    assert done.stderr == b""
    assert os.listdir(tmp_path) == ["reviews.csv"]


def test_the_home_of_nobody_is_said(capsys, monkeypatch):
    def nobody(_):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", nobody)
    for argv in (["trace", "-m", "~nobody/x"], ["export", "-o", "~nobody/x.json"]):
        assert main(argv) == 1
        assert complaint(capsys) == f"{argv[-1]}: nobody has such a home folder; give the whole path"


def test_a_path_that_is_nowhere_is_not_shipped(tmp_path, monkeypatch):
    monkeypatch.setattr(os.path, "realpath", lambda _: (_ for _ in ()).throw(FileNotFoundError()))
    assert not shelf.is_shipped(tmp_path / "a")


@pytest.mark.parametrize("rate", ["1e30", "1e38", "1e300"])
def test_a_training_that_diverges_says_so_and_writes_nothing(reviews, tmp_path, command, rate):
    path = tmp_path / "a.safetensors"
    for options in ((), ("--activation", "identity"), ("--cell", "lstm"), ("--batch", "1000", "--epochs", "1")):
        arguments = ["train", str(reviews), "-o", str(path), "--quiet", "--learning-rate", rate, *options]
        done = command(*arguments, encoding="utf-8")
        assert done.returncode == 1, options
        assert done.stdout == ""
        assert done.stderr.startswith("rnn-tui: the ")
        assert done.stderr.endswith(" in epoch 1; a smaller learning rate mends it\n")
        assert done.stderr.count("\n") == 1
    assert os.listdir(tmp_path) == ["reviews.csv"]


def test_an_evaluation_in_which_numbers_overflow_is_told_in_words(tmp_path, capsys):
    from tests.builders import wired

    path, data = tmp_path / "m.safetensors", tmp_path / "d.csv"
    storage.save(wired([[1e30, 1e30]], weight_hh=[[1e30]], activation="identity", words=("a", "b")), path)
    data.write_text("text,label\na b,Negative\nb,Positive\n", encoding="utf-8")
    assert main(["evaluate", str(data), "-m", str(path)]) == 0
    assert "; no loss: in 1 answers the numbers grew beyond all bounds\n" in capsys.readouterr().out
    assert main(["evaluate", str(data), "-m", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["loss"] is None


@pytest.mark.parametrize("ending", ["safetensors", "npz", "h5", "keras", "pt"])
def test_weights_that_are_a_pipe_are_refused_at_once(tmp_path, command, ending):
    pipe, words = tmp_path / f"pipe.{ending}", tmp_path / "words.txt"
    os.mkfifo(pipe)
    words.write_text("a\nb\n", encoding="utf-8")
    given = ["--vocabulary", str(words), "--labels", "no,yes", "-o", str(tmp_path / "o.safetensors")]
    done = command("import", str(pipe), *given, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr == f"rnn-tui: {pipe}: is a pipe or a device, no file; give a file\n"
