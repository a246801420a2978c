"""docs/python.md says what is so: its examples give what stands under them, and nothing that is public is left out."""

from __future__ import annotations

import doctest
import re
from importlib.util import find_spec

import numpy as np
import pytest

import rnn_tui
from rnn_tui.lenses import LENSES
from tests.markdown import names, read, rows, section

PAGE = read("docs/python.md")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
BORROWED = re.compile(r"\btorch\b")


def run(examples):
    """Run examples one after the other as one session; the failures, as doctest prints them."""
    told = []
    session = doctest.DocTestParser().get_doctest("\n".join(examples), {}, "docs/python.md", "docs/python.md", 0)
    assert session.examples
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(session, out=told.append)
    return result.failed, "".join(told)


def test_every_example_gives_what_stands_under_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    examples = [example for example in EXAMPLES if not BORROWED.search(example) or find_spec("torch")]
    failed, told = run(examples)
    assert not failed, told


def test_an_example_that_gives_something_else_is_found():
    failed, told = run([">>> 1 + 1\n3\n"])
    assert failed == 1
    assert "Got:\n    2" in told


def test_every_public_name_has_an_example():
    code = "\n".join(line for example in EXAMPLES for line in example.splitlines() if line[:3] in (">>>", "..."))
    assert set(re.findall(r"rnn_tui\.(\w+)", code)) == set(rnn_tui.__all__)


def test_every_option_is_on_the_page_in_its_order():
    listed = [name for cell, _ in rows(section(PAGE, "Options")) for name in names(cell)]
    assert listed == list(rnn_tui.Options.__annotations__)


@pytest.mark.parametrize("name", LENSES)
def test_the_fields_of_every_lens_are_on_the_page(name):
    found = rnn_tui.lens(name, "sentiment-attention" if name == "attention" else "sentiment", "this movie is good")
    listed = {lens: names(fields) for cell, fields in rows(section(PAGE, "Lenses")) for lens in names(cell)}
    assert list(listed) == list(LENSES)
    assert listed[name] == list(found)
    assert any(isinstance(value, np.ndarray | list) for value in found.values()) or name == "diagram"  # it has none
