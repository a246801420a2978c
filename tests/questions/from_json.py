"""The answers of questions that are read off `trace --json` in the same way for every network."""

import re

import pytest


def followed(path, content):
    """The value that a path leads to in what `trace --json` prints."""
    for name, index in re.findall(r"([a-z_]+)|\[(-?\d+)\]", path):
        content = content[name] if name else content[int(index)]
    return content


def beside(path, content):
    """The values that stand beside the one that a path leads to: those of the step, or of the lane."""
    return followed(path[: path.rindex(".")], content)


def value(question, content, run):
    assert followed(question["target"], content) == pytest.approx(question["answer"], abs=1e-6)


def direction(question, content, run):
    name, index = re.search(r"\.(\w+)\[(\d+)\]$", question["target"]).groups()
    change = followed(question["target"], content) - beside(question["target"], content)[f"{name}_prev"][int(index)]
    assert question["answer"] == ("about the same" if abs(change) < 0.05 else "up" if change > 0 else "down")


def sign(question, content, run):
    number = followed(question["target"], content)
    assert question["answer"] == ("about zero" if abs(number) < 0.05 else "positive" if number > 0 else "negative")


def largest(question, content, run):
    paths = question["text"].split()[1:]
    numbers = [followed(path, content) for path in paths]
    assert question["target"] == paths[numbers.index(max(numbers))]
    assert question["answer"] == question["choices"][numbers.index(max(numbers))]


def verbatim(question, content, run):
    assert followed(question["target"], content) == question["answer"]


def higher(question, content, run):
    number = followed(question["target"], content)
    than = float(re.search(r"higher or lower than (\S+?)[ ,]", question["ask"])[1].replace("−", "-"))
    assert question["answer"] == ("higher" if number > than else "lower")


CHECKS = {
    "reading": verbatim,
    "direction": direction,
    "sign": sign,
    "largest": largest,
    "label": verbatim,
    "probability": value,
    "value": value,
    "higher": higher,
    "number": value,
}
"""The check of each kind whose answer stands in what is printed of its own scene; `run` prints another."""
