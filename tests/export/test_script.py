"""The scripts run by themselves, and print the numbers of the trace."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest

from rnn_tui.export import script
from rnn_tui.export.csv import rows
from rnn_tui.export.script import weights_path, write
from rnn_tui.network.errors import UserError
from rnn_tui.network.trace import run
from tests.deep import deep_model
from tests.export.traced_models import ALL, edited, request, shipped, trace_of

ABOVE = ("context", "logits", "probs", "outputs")


def expected(trace):
    """What a script prints, from the trace: by word and name."""
    found = {}
    for t, _, layer, direction, named, _, value in chain.from_iterable(rows(trace, at) for at in range(len(trace))):
        name = named.replace("head-", "head.")
        if name == "h" and layer == "":  # the sum of two lanes, both of which are printed
            continue
        lane = f"h_l{layer}" + ("_reverse" if direction == "backward" else "")
        if name == "h" or name in ABOVE or name.startswith("head."):
            found.setdefault((t, lane if name == "h" else name), []).append(float(value))
    return found


APART = "-- the next script"
RUNNER = f"""
import runpy, sys
for path in sys.argv[1:]:
    runpy.run_path(path, run_name="__main__")
    print({APART!r})
"""


def printed(*paths):
    """What each script prints when it is run, by word and name; all in one process, since libraries load slowly."""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-W", "ignore::ResourceWarning", "-c", RUNNER, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    *outputs, rest = done.stdout.split(f"{APART}\n")
    assert rest == ""
    for output in outputs:
        lines = [line.split(" ") for line in output.splitlines()]
        yield {(int(t), name): [float(number) for number in numbers] for t, name, *numbers in lines}


def check(folder, *traces, **options):
    """Compare what the scripts of some traces print with the traces."""
    paths = [folder / f"walk-{n}.py" for n in range(len(traces))]
    for trace, path in zip(traces, paths, strict=True):
        write(request(trace, path, **options))
    for trace, path, found in zip(traces, paths, printed(*paths), strict=True):
        wanted = expected(trace)
        assert set(found) == set(wanted), trace.model.name
        for key, numbers in wanted.items():
            message = f"{trace.model.name} {key}"
            np.testing.assert_allclose(found[key], numbers, rtol=1e-5, atol=1e-5, err_msg=message)
        if not any(token.held for token in trace.tokens):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_the_scripts_print_the_numbers_of_the_traces(library, tmp_path):
    if library == "torch":
        pytest.importorskip("torch")
    check(tmp_path, *map(trace_of, ALL), library=library)


def test_what_is_held_is_held_in_the_script(tmp_path):
    traces = []
    for kind in (kind for kind in ALL if kind[0] == "drawn"):
        trace = trace_of(kind)
        cell = trace.model.layers[0].forward.kind
        edits = ["silence 1", "hold h[2] 0.5 at 2", "hold h[3] -0.25 at 1"]
        if cell != "elman":
            edits.append({"gru": "hold z[1] 0.5 at 2", "lstm": "hold c[1] 0.5 at 2"}[cell])
        if trace.model.layers[0].bidirectional:
            edits.append("hold h[3] 0.75 at 2 backward")
        traces.append(edited(trace, *edits))
    check(tmp_path, *traces)


def test_the_sentence_stands_in_it_and_is_never_code(tmp_path):
    model = deep_model(words=("<unk>", "the", '"); raise SystemExit("', "'''", "\\", "日本"), layers=1)
    model = replace(model, title='A """ title\n\nraise SystemExit')
    trace = run(model, model.tokens_of(['"); raise SystemExit("', "the", "'''", "\\", "日本", "zebra"]))
    check(tmp_path, trace)
    lines = ast.parse((tmp_path / "walk-0.py").read_text(encoding="utf-8")).body
    said = {line.targets[0].id: line.value for line in lines if isinstance(line, ast.Assign)}
    assert ast.literal_eval(said["tokens"]) == [token.text for token in trace.tokens]
    assert ast.literal_eval(said["ids"]) == [token.index for token in trace.tokens]


@pytest.mark.parametrize("name", ["sentiment-deep", "el-nino"])
def test_only_what_is_needed_is_in_it(name, tmp_path):
    write(request(shipped(name), tmp_path / "walk.py"))
    text = (tmp_path / "walk.py").read_text(encoding="utf-8")
    names = {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    assert names == {"sentiment-deep": {"sigmoid", "softmax", "gru", "show"}, "el-nino": {"elman", "show"}}[name]


def test_what_pytorch_has_no_module_for_is_said(tmp_path):
    plain = shipped("small-sums")
    for trace in (edited(plain, "activation identity"), edited(plain, "hold h[1] 0 at 1")):
        with pytest.raises(UserError, match="--with numpy"):
            write(request(trace, tmp_path / "walk.py", library="torch"))
    assert os.listdir(tmp_path) == []


def test_both_are_written_or_none(tmp_path, monkeypatch):
    path, whole = tmp_path / "walk.py", script.write_whole

    def fails_at_the_script(to, content, mend):
        if to == path:
            raise UserError("the disk is full")
        whole(to, content, mend)

    weights_path(path).write_bytes(b"mine")
    with pytest.raises(UserError, match="there is such a file already"):
        write(request(shipped("small-sums"), path))
    path.write_bytes(b"old")
    monkeypatch.setattr(script, "write_whole", fails_at_the_script)
    with pytest.raises(UserError, match="full"):
        write(request(shipped("small-sums"), path))
    assert weights_path(path).read_bytes() == b"mine"
    weights_path(path).unlink()
    with pytest.raises(UserError, match="full"):
        write(request(shipped("small-sums"), path))
    assert os.listdir(tmp_path) == ["walk.py"]
