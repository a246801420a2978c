"""Mutated model files: each ends in one clear line, within time and memory, or opens whole."""

from __future__ import annotations

import math
import os
import re

import numpy as np
import pytest

from rnn_tui import shelf
from rnn_tui.network.storage import load
from tests.hardening.cases import Fault
from tests.hardening.model_files import hostile
from tests.hardening.model_parts import wholes
from tests.hardening.oracles import SECONDS, check, json_of
from tests.hardening.running import MIB, call, call_apart

pytestmark = pytest.mark.hardening
KIND, TOTAL, CHUNK = "model file", 2000, 50
APART = 0.05
"""The share of the files that is opened by a process of its own, whose memory is limited."""
SECONDS_PER_MIB = 1.0
"""What it may take beside opening: a walk through an example of 3,000 words prints 40,000 lines, 3 MiB."""
CALLS = (
    *[["trace", "--json"]] * 6, ["trace"], ["trace"], ["walk"], ["walk"], ["generate", "--count", "2"], [],
    ["lens", "memory"], ["lens", "gradient"], ["lens", "recency"], ["lens", "units"], ["lens", "path", "--json"],
    ["compare", "-s", "the dog", "-s", "a cat"], ["models"], ["models", "--json"],
)  # fmt: skip
NOT_A_NUMBER = re.compile(r"(?<![\w’'“])[+−-]?(?:NaN|nan)(?!\w)")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A shelf of its own, on which the file lies beside a whole one, in the current folder."""
    (tmp_path / "a-whole-one.safetensors").write_bytes(wholes()[0])
    monkeypatch.setattr(shelf, "folders", lambda: [tmp_path])
    monkeypatch.setenv("RNN_TUI_MODELS", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", os.devnull)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_model_file_opens_whole_or_is_refused_in_one_line(cases, folder):
    path = folder / "hostile.safetensors"

    def one(chance):
        file = hostile(chance)
        path.write_bytes(file.content)
        asked = chance.choice(CALLS)
        listed = asked[:1] == ["models"]
        words = asked if listed else [*asked, "-m", str(path)]
        if not listed and asked[:1] != ["compare"] and chance.random() < 0.5:
            words += ["-s", chance.choice(["the dog barked", "1 2.5 -3", "obcdf"])]
        apart = chance.random() < APART
        try:
            ended = (call_apart if apart else call)(*words)
            check(ended, seconds=SECONDS + len(ended.out) * SECONDS_PER_MIB / MIB, apart=apart)
            if listed:
                check_listed(ended)
            else:
                check_opened(ended, file, path)
        except Fault as fault:
            raise Fault(*(f"[{file.done}] {line}" for line in str(fault).splitlines())) from fault

    cases.each(one)


def check_listed(ended):
    """Raise Fault where one file on the shelf keeps the list from being printed."""
    if ended.code != 0:
        raise Fault(f"models ends with {ended.code}: {ended.complaint}")
    if "--json" in ended.arguments:
        json_of(ended.text)


def check_opened(ended, file, path):
    """Raise Fault where a file was opened that must not be, or one that was opened isn't shown whole."""
    refused = file.refused
    if refused and ended.code == 0:
        raise Fault(f"{ended.arguments[0]} opens it")
    if refused and ended.arguments[0] in ("trace", "walk", "lens", "compare") and path.name not in ended.complaint:
        raise Fault(f"the error line doesn't name the file: {ended.complaint[:200]}")
    if ended.code == 0 and ended.arguments[:2] == ("trace", "--json"):
        check_whole(json_of(ended.text), load(path).tensors().values())
    elif ended.code == 0 and NOT_A_NUMBER.search(ended.text) and b"nan" not in path.read_bytes().lower():
        raise Fault("prints NaN")


def check_whole(trace, weights=()):
    """Raise Fault where a trace, as its JSON says it, lacks a step or holds something that is no number.

    null stands for what grew beyond all bounds, which it can do only where numbers or `weights` are large, and for what
    comes of that at the steps behind.
    """
    if len(trace["steps"]) != len(trace["tokens"]):
        raise Fault(f"{len(trace['steps'])} steps of {len(trace['tokens'])} tokens")
    growth = math.prod(max(1.0, float(np.abs(array).astype(float).sum(axis=-1).max())) for array in weights)
    largest, beyond = 1.0, False
    for step in trace["steps"]:
        lists = dict(lists_in(step))
        largest = max(largest, *(abs(value) for values in lists.values() for value in values if is_number(value)))
        # Each weight multiplies what it gets once; attention multiplies two of what comes of that.
        beyond = beyond or largest * growth > math.sqrt(np.finfo(np.float32).max)
        wrong = [
            name for name, values in lists.items() if not all(is_number(v) or (beyond and v is None) for v in values)
        ]
        if wrong:
            raise Fault(f"step {step['t']} has {', '.join(wrong)} that are no numbers")
        if step.get("probs") and None not in step["probs"] and not math.isclose(sum(step["probs"]), 1, abs_tol=1e-4):
            raise Fault(f"the probabilities of step {step['t']} add up to {sum(step['probs'])}")


def lists_in(value, name=""):
    """The lists of numbers in a step, floor by floor, with their names."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists_in(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value):
        for index, inner in enumerate(value):
            yield from lists_in(inner, f"{name}[{index}]")
    elif isinstance(value, list):
        yield name, value


def is_number(value):
    """True for a finite number."""
    return isinstance(value, float | int) and math.isfinite(value)
