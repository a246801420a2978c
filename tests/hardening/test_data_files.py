"""Damaged and unusual data files: each is learned from, or refused in one line, and no half model is left."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.network.storage import load, save
from rnn_tui.network.trace import run
from tests.builders import build
from tests.hardening import data_files, texts
from tests.hardening.cases import Fault
from tests.hardening.oracles import check, json_of
from tests.hardening.running import call, call_apart

pytestmark = pytest.mark.hardening
KIND, TOTAL, CHUNK = "data file", 500, 20
OUTPUT = Path("out.safetensors")
APART = 0.04
SECONDS = 6.0
"""Seconds of the processor that a training of one or two epochs may take."""
SUFFIXES = (".csv", ".csv", ".tsv", ".txt", ".jsonl", ".conll", ".conllu", "", ".CSV", ".json", ".xlsx")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, with a model to evaluate and weights to import."""
    save(build("gru", None, labels=("good", "bad")), tmp_path / "judge.safetensors")
    weights = dict(build().tensors())
    np.savez(tmp_path / "weights.npz", **weights)
    monkeypatch.setattr(shelf, "folders", lambda: [tmp_path / "shelf"])
    monkeypatch.setenv("XDG_DATA_HOME", os.devnull)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_data_file_is_learned_from_or_refused_in_one_line(cases, folder):
    there = set(os.listdir())

    def one(chance):
        path = Path(f"data{chance.choice(SUFFIXES)}")
        path.write_bytes(data_files.hostile(chance))
        try:
            chance.choice((trained, trained, trained, trained, evaluated, with_vectors, vocabulary, read_as_settings))(
                chance, path
            )
        finally:
            path.unlink()
            OUTPUT.unlink(missing_ok=True)
        if left := set(os.listdir()) - there:
            for name in left:
                os.unlink(name)
            raise Fault(f"leaves {sorted(left)}")

    cases.each(one)


def trained(chance, path):
    """Learn from it, with options of any kind."""
    words = ["train", str(path), "-o", str(OUTPUT), "--quiet", "--hidden", "2", "--epochs", str(chance.choice([1, 2]))]
    options = (
        ["--task", chance.choice(["labels", "next", "tags", "series"])], ["--cell", chance.choice(["gru", "lstm"])],
        ["--tokenizer", chance.choice(["words", "characters", "numbers"])], ["--min-count", "2"], ["--max-words", "5"],
        ["--embedding", "0"], ["--learning-rate", chance.choice(["1", "1e4", "1e30"])], ["--validation", "0.5"],
        [f"--title={texts.argument(chance)[:200]}"], [f"--name={texts.argument(chance)[:200]}"], ["--json"],
        ["--readout", "attention"], ["--column", "value"], ["--window", "3"], ["--batch", "1"], ["--every-word"],
        ["--activation", "relu"], ["--clip", "1e30"],
    )  # fmt: skip
    for option in chance.sample(options, chance.choice([0, 0, 1, 1, 2])):
        words += option
    apart = chance.random() < APART
    ended = check(call_apart(*words, folder=Path.cwd()) if apart else call(*words), seconds=SECONDS, apart=apart)
    if ended.code == 0:
        check_learned(OUTPUT)
        if "--json" in words:
            json_of(ended.text)
    elif OUTPUT.exists():
        raise Fault(f"ends with {ended.code} and leaves a model")


def check_learned(path):
    """Raise Fault where a model that was learned doesn't open, or answers with what is no number."""
    model = load(path)
    texts_of_it = [example.text for example in model.examples] or ["1 2 3"]
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        trace = run(model, model.tokenize(texts_of_it[0]))
    if not np.isfinite(trace.values["probs"]).all():
        raise Fault("the model that was learned answers NaN")


def evaluated(chance, path):
    """See how well a model does on it."""
    words = ["evaluate", "-m", "./judge.safetensors", str(path), *chance.choice([[], ["--json"], ["--column", "text"]])]
    ended = check(call(*words), seconds=SECONDS)
    if ended.code == 0 and "--json" in words:
        json_of(ended.text)


def with_vectors(chance, path):
    """Take it for word vectors."""
    Path("good.csv").write_text("text,label\n" + "a dog,good\nno cat,bad\n" * 8)
    try:
        words = [
            "train",
            "good.csv",
            "-o",
            str(OUTPUT),
            "--quiet",
            "--hidden",
            "2",
            "--epochs",
            "1",
            "--vectors",
            str(path),
        ]
        ended = check(call(*words), seconds=SECONDS)
    finally:
        os.unlink("good.csv")
    if ended.code == 0:
        check_learned(OUTPUT)


def vocabulary(chance, path):
    """Take it for a vocabulary, or for labels."""
    asked = chance.choice([["--vocabulary", str(path), "--labels", "a,b"], ["--labels", f"@{path}"]])
    ended = check(call("import", "weights.npz", *asked, "-o", str(OUTPUT)), seconds=SECONDS)
    if ended.code == 0:
        load(OUTPUT)


def read_as_settings(chance, path):
    """Take it for settings, keys, weights, answers to check, a model or a sentence."""
    name = str(path)
    check(call(*chance.choice((
        ["walk", "--settings", name], ["--settings", name], ["--keys", name], ["walk", "--sentence-file", name],
        ["import", name, "--labels", "a,b", "-o", str(OUTPUT)], ["trace", "-m", f"./{name}"],
        ["import", "weights.npz", "--labels", "a,b", "--vocabulary", name, "--check", name, "-o", str(OUTPUT)],
    ))), seconds=SECONDS)  # fmt: skip
