"""A new kind of file is one record, and no other place knows of it."""

from __future__ import annotations

from rnn_tui.cli import main
from rnn_tui.learning import kinds, reading
from rnn_tui.learning.kinds.kind import Kind
from rnn_tui.learning.samples import Sample
from rnn_tui.learning.source import Found, first
from rnn_tui.network.storage import load
from tests.markdown import names, rows, section
from tests.markdown import read as read_document

ARROWS = "a fine day => pos\na grey day => neg\n"


def _shows(source):
    return first(source.head, all(" => " in row.text for row in source.head))


def _read(source):
    pairs = [(row.number, *row.text.split(" => ")) for row in source.filled]
    return Found(tuple(Sample(row, text, (label,)) for row, text, label in pairs), "a text, =>, its label")


ARROW = Kind("texts with an arrow before their labels", "labels", _shows, _read)


def test_a_kind_is_read_once_it_is_registered(written, monkeypatch, capsys):
    path = written("arrows.txt", ARROWS)
    # given a file that is prose
    assert reading.read(path).task == "next"
    # when its kind is registered before prose
    monkeypatch.setattr(reading, "KINDS", (ARROW, *kinds.KINDS))
    # then it is trained on, and what was taken is said
    output = path.with_suffix(".safetensors")
    assert main(["train", str(path), "-o", str(output), "--epochs", "1", "--hidden", "2"]) == 0
    assert capsys.readouterr().err.startswith(f"{path}: a text, =>, its label\n")
    assert load(output).labels == ("neg", "pos")
    # and a model for something else names it
    assert main(["evaluate", "-m", "names", str(path)]) == 1
    assert "row 1: looks like texts with an arrow before their labels (“a fine day => pos”)" in capsys.readouterr().err


def test_every_option_and_every_task_is_on_the_page():
    page = read_document("docs/data.md")
    listed = rows(section(page, "What is read"))
    for kind in kinds.KINDS:
        if kind.task is not None:
            options = {f"--{option.replace('_', '-')}" for option in kind.takes}
            tasks = [options_of for task, _, options_of in listed if task == f"`{kind.task}`"]
            named = set(names(" ".join([*tasks, page])))
            assert tasks
            assert options <= named | {"--delimiter"}
    assert {task for task, *_ in listed} == {f"`{task}`" for task in kinds.USUAL}
