"""The picture for TeX holds the values of the trace, and no text of a word or a label is a command."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from rnn_tui.export import tex
from rnn_tui.network.trace import run
from rnn_tui.text import percent
from tests.deep import deep_model
from tests.export.traced_models import ALL, request, shipped, trace_of

TEX = shutil.which("lualatex") or shutil.which("pdflatex")
compiled = pytest.mark.skipif(TEX is None, reason="no TeX here, so that nothing compiles the picture")
NASTY = ["\\input{x}", "50%", "a_b", "{", "}", "$", "&", "#", "~", "^", "|", '"', "🙂", "日本", "\\end{document}", "--"]


def source(trace):
    return "\n".join(tex.lines(trace))


@pytest.mark.parametrize("kind", ALL, ids=" ".join)
def test_it_holds_the_memory_of_every_word_that_is_drawn(kind):
    trace = trace_of(kind)
    text = source(trace)
    first = max(0, len(trace) - tex.MOST_WORDS)
    row = 0
    for layer in trace.layers:
        for lane in filter(None, (layer.forward, layer.backward)):
            row += 1
            for t in range(first, len(trace)):
                (node,) = re.findall(rf"\(h{row}x{t}\) at \([^)]*\) \{{(.*)\}};", text)
                shown = [float(value) for value in re.findall(r"\$([+-][\d.]+)\$", node)]
                assert shown == [float(f"{value:.2f}") for value in lane.at(t)["h"][: tex.MOST_UNITS]]
                assert ("more" in node) == (len(lane.at(t)["h"]) > tex.MOST_UNITS)
    assert ("before" in text) == (first > 0)


@pytest.mark.parametrize("kind", ALL, ids=" ".join)
def test_every_arrow_leads_from_node_to_node(kind):
    text = source(trace_of(kind))
    named = set(re.findall(r"\\node[^(]*\((\w+)\)", text))
    arrows = re.findall(r"\\draw\[[^]]*\] \((\w+)\) (?:--|to(?: \[[^]]*\])?) \((\w+)\);", text)
    assert len(arrows) == text.count("\\draw")
    assert {node for arrow in arrows for node in arrow} <= named
    into = {after for _, after in arrows}
    assert {node for node in named if node.startswith(("h", "a"))} <= into


def test_the_answer_is_there():
    trace = shipped("sentiment")
    label = trace.model.labels[trace.prediction()[0]]
    assert f"{label}\\\\{tex.escaped(percent(trace.prediction()[1]))}" in source(trace)


def nasty():
    model = deep_model(layers=1, words=("<unk>", *NASTY), labels=("100%_\\x", "{b}"))
    return [run(model, model.tokens_of(NASTY[start : start + 8])) for start in (0, 8)]


def test_no_text_is_a_command():
    for trace in nasty():
        text = source(trace)
        assert text.count("\\end{document}") == 1
        assert "\\input" not in text
        assert text.isascii() or all(sign <= "\u024f" for sign in text)


@compiled
def test_it_compiles_to_one_page(tmp_path):
    kinds = [("shipped", "kicking-and-screaming"), ("shipped", "sentiment-deep"), ("drawn", "two-way stack, summed")]
    for number, trace in enumerate([*map(trace_of, kinds), *nasty()]):
        path = tmp_path / f"{number}.tex"
        tex.write(request(trace, path))
        done = subprocess.run(
            [TEX, "-interaction=nonstopmode", "-halt-on-error", path.name],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout.decode(errors="replace")[-1500:]
        assert b"(1 page" in done.stdout
        assert b"Missing character" not in done.stdout


def test_the_answer_of_two_lanes_is_made_where_each_has_read_all():
    trace = shipped("sentiment-deep")
    last = len(trace) - 1
    assert last < tex.MOST_WORDS
    into = re.findall(rf"\\draw\[->, gray\] \((\w+)\) to[^(]*\(a{last}\);", source(trace))
    assert into == [f"h3x{last}", "h4x0"]
