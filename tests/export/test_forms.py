"""The tables of a model and of a trace in a notebook: true, short, and with nothing in them that is markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import rnn_tui
from rnn_tui.export import forms
from rnn_tui.network.trace import run
from rnn_tui.text import number
from tests.builders import build
from tests.notebooks import html_of

HOSTILE = "</td><script>alert(1)</script>&amp;\"'"
TAGS = {"table", "caption", "tbody", "tr", "th", "td", "b", "i", "div"}


class Read(HTMLParser):
    """The tags of a piece of HTML, their attributes, and the text of each row."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.rows, self.open = set(), set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)
        if tag in ("tr", "caption"):
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "caption" in self.open:
            self.rows[-1].append(data)
        else:
            self.rows[-1][-1] += data


def facts(model):
    return {row[0]: row[1] for row in Read(html_of(model)).rows[1:]}


def traced(model, text):
    return run(model, model.tokenize(text))


@pytest.mark.parametrize("name", [entry.name for entry in rnn_tui.models()])
def test_every_shipped_model_says_its_layers_its_labels_and_its_figure(name):
    entry = next(entry for entry in rnn_tui.models() if entry.name == name)
    model = rnn_tui.load(name)
    said = facts(model)
    assert said["layers"].startswith(entry.cell)
    assert said["figure"]
    assert said["summary"] == entry.summary
    assert said["answers"].split(", ")[0] == entry.labels[0]
    assert said["hidden units"].startswith(str(entry.hidden_size))


@pytest.mark.parametrize("name", ["kicking-and-screaming", "sentiment-deep", "tagger-two-way", "el-nino", "digits"])
def test_a_trace_has_every_word_with_the_answer_that_is_there_after_it(name):
    model = rnn_tui.load(name)
    trace = traced(model, model.examples[0].text)
    rows = Read(html_of(trace)).rows
    words = [row for row in rows if len(row) == 3 and row[0].isdigit()]
    assert [row[1].removesuffix(" (unknown)") for row in words] == [token.surface for token in trace.tokens]
    answered = trace.answered_from
    assert [row[2] for row in words] == [
        answer.in_short() if t >= answered else "" for t, answer in enumerate(trace.answers)
    ]


def test_the_last_state_stands_in_bars_to_the_side_of_its_sign_and_in_numbers():
    trace = traced(build(unit_names=("dog", "cat", "not")), "the dog barked")
    html = html_of(trace)
    units = [row for row in Read(html).rows if len(row) == 3 and row[0] in ("dog", "cat", "not")]
    assert [row[2] for row in units] == [number(value) for value in trace[-1].h]
    bars = re.findall(r"width:(\d+)%;margin-left:(\d+)%;height:.7em;background:(#\w+)", html)
    for (width, left, colour), value in zip(bars, trace[-1].h, strict=True):
        assert int(width) == pytest.approx(50 * abs(value), abs=0.6)
        assert colour == (forms.POSITIVE if value >= 0 else forms.NEGATIVE)
        assert int(left) == 50 if value >= 0 else int(left) + int(width) == pytest.approx(50, abs=1.1)


def test_both_lanes_of_the_top_layer_are_there():
    html = html_of(rnn_tui.run("sentiment-deep", "this movie is not good"))
    captions = [row[0] for row in Read(html).rows if len(row) == 1]
    assert captions == ["h of layer 2 after “good”", "h of layer 2, read backward, after “this”"]


def test_long_ones_are_cut_and_say_how_many_there_are():
    trace = traced(build(hidden=40, labels=[f"label {k}" for k in range(30)]), "dog " * 100)
    rows = Read(html_of(trace)).rows
    assert f"… {100 - forms.MOST_WORDS} more" in [row[1] for row in rows if len(row) == 3]
    assert "… (40 in all)" in [row[0] for row in rows if row]
    assert [row[0] for row in rows if len(row) == 3 and row[0].isdigit()][-1] == "100"
    assert "… (30 in all)" in facts(trace.model)["answers"]
    assert len(html_of(trace)) < 20_000


def test_nothing_is_markup_whoever_wrote_it():
    plain = build(words=("<unk>", HOSTILE), unit_names=(HOSTILE, "a", "b"), labels=(HOSTILE, "b"))
    model = replace(plain, name=HOSTILE, title=HOSTILE, summary=HOSTILE)
    trace = run(model, model.tokens_of([HOSTILE, "<img src=x onerror=alert(1)>"]))
    for html in (html_of(model), html_of(trace)):
        read = Read(html)
        assert read.tags <= TAGS
        assert read.attributes <= {"style", "class"}
        assert any(HOSTILE in cell for row in read.rows for cell in row)


def test_numbers_beyond_all_bounds_have_no_bar_but_their_sign():
    trace = traced(build(activation="identity", scale=60.0), "the dog barked and slept " * 30)
    html = html_of(trace)
    assert {"+∞", "−∞", "?"} & {row[2] for row in Read(html).rows if len(row) == 3}
    assert "nan" not in html


def test_a_model_that_no_file_can_hold_has_a_table_too():
    assert "figure" not in facts(replace(build(), name=""))
