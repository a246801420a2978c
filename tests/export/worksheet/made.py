"""Worksheets for tests, and what is printed on them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from rnn_tui.export.trace_json import lines
from rnn_tui.export.worksheet.making import sheets_of
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene

ALL = (1, 2, 3, 4, 5)


def sheets(model, text=None, levels=ALL, seed=0, count=1, **options):
    """Worksheets of a model."""
    text = model.examples[0].text if text is None else text
    return sheets_of(Scene(Reading(model.name, text)), model, levels, seed, count, **options)


def sheet(model, text=None, levels=ALL, seed=0):
    """One worksheet."""
    return sheets(model, text, levels, seed)[0]


def traced(model, page):
    """The trace of what stands on a sheet, whose weights are the model's."""
    return run(model, model.tokens_of(page.sentence))


def as_json(trace):
    """The object that `trace --json` prints."""
    return json.loads("\n".join(lines(trace)))


def at(printed, path):
    """The value that a path such as steps[2].h[0] leads to."""
    for name, index in re.findall(r"(\w+)|\[(-?\d+)\]", path):
        printed = printed[name] if name else printed[int(index)]
    return printed


def read(text):
    """A number as it is printed."""
    return float(text.replace("−", "-"))


class Page(HTMLParser):
    """The texts and tables of a page; a cell is its text without tags, a table is its rows."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.tags, self.attributes, self._cell, self.texts = [], [], [], None, []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append(" ".join(self._cell))
            self._cell = None

    def handle_data(self, data):
        if data.strip():
            self.texts.append(data.strip())
            if self._cell is not None:
                self._cell.append(data.strip())
