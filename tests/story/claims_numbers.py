"""The claims about numbers: those that a network reads, and those that it answers with."""

from __future__ import annotations

import numpy as np

from tests.story.claims import NUMBER, WORD, claim, clip, is_shown, read

AMOUNT = r"([+−]?\d+(?:\.\d+)?(?:e−?\d+)?)"
SAID = r"(\S.*?: .+?)"


def four(value: float) -> str:
    """A number with four digits and all before the point, computed apart from the program."""
    value = float(value)
    if value and not 1e-4 <= abs(value) < 1e9:
        mantissa, exponent = f"{value:.3e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    digits = max(0, 3 - int(np.floor(np.log10(abs(value))))) if value else 0
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−") if text.strip("-0.") else "0"


def read_numbers(at, feature=0):
    """The numbers of a feature as they were typed."""
    return [read(token.surface.split(",")[feature]) for token in at.trace.tokens]


def target(at):
    """The feature that is asked for; None where nothing of a series is."""
    known = at.model.provenance
    if known.get("task") != "series":
        return None
    return known["columns"].index(known["target"]) if "columns" in known else 0


def is_said(at, said, t):
    """Tell whether a text names the numbers of an answer, each with its label and its unit."""
    outputs, unit = at.trace.values["outputs"][t], at.model.provenance.get("unit")
    listed, _, others = said.partition(" and ")
    found = listed.split(", ")
    for one, label, value in zip(found, at.model.labels, outputs, strict=False):
        assert one == f"{label}: {four(value)}{f' {unit}' if unit else ''}", (one, value)
    left = len(outputs) - len(found)
    return others == ("" if not left else "1 other" if left == 1 else f"{left} others")


@claim(rf"If the (series|sentence|picture) ended here, it would say {SAID}\.")
def _if_it_ended(at, whole, said):
    rows = at.model.provenance.get("rows")
    assert whole == ("picture" if rows else "sentence" if at.model.tokenizer.unit == "word" else "series")
    return not at.last and is_said(at, said, at.t)


@claim(rf"After {WORD} it says ([^:]+: .+?)\.")
def _after(at, quoted, said):
    return at.model.readout.kind == "each" and at.is_read(quoted) and is_said(at, said, at.t)


@claim(r"The answer is ([^:]+: .+?)\.")
def _is(at, said):
    return at.last and is_said(at, said, at.t)


@claim(rf"What comes next is {AMOUNT}, (?:{AMOUNT} (less|more) than it says|exactly what it says)\.")
def _comes_next(at, true, off, way):
    following = read_numbers(at, target(at))[at.t + 1]
    says = float(at.trace.values["outputs"][at.t, 0])
    assert true == four(following)
    far = read(four(says)) - read(four(following))
    if off is None:
        return four(says) == four(following)
    return off == four(abs(far)) and way == ("less" if far > 0 else "more")


@claim(rf"After {WORD} it expected {SAID}\.")
def _expected(at, quoted, said):
    return quoted == clip(at.trace.tokens[at.t - 1].surface) and is_said(at, said, at.t - 1)


@claim(rf"Then {AMOUNT} came\.")
def _came(at, came):
    return came == four(read_numbers(at, target(at))[at.t])


@claim(
    rf"(.+?)'s (?:(mixed|average|largest) )?{NUMBER} times its weight {NUMBER} "
    rf"(?:(adds|takes) (≈ )?{NUMBER} (to|from)|adds (next to )?nothing to) the score of ([^;]+?)"
    rf"(?:; {WORD} (?:moved the answer from {AMOUNT} to {AMOUNT}|leaves the answer at {AMOUNT}))?\."
)
def _vote(at, name, called, held, weight, does, about, size, way, nearly, label, quoted, before, after, stays):
    row = 0
    speaks = at.model.labels[1 if at.model.output.kind == "yes_no" else 0]
    if at.model.output.kind == "classes":
        return True  # those have a claim of their own
    assert at.is_called(name)
    assert label == speaks
    assert is_shown(held, float(at.reads[at.unit]))
    assert is_shown(weight, float(at.model.fc.weight[row, at.unit]))
    product = float(at.reads[at.unit]) * float(at.model.fc.weight[row, at.unit])
    assert (does == "takes") == (product < -0.005)
    if quoted is None or not at.model.output.is_number:
        return True
    was, now = (four(at.trace.values["outputs"][t, 0]) for t in (at.t - 1, at.t))
    assert at.is_read(quoted)
    return (was, now) == (before, after) and was != now if before else was == now == stays


@claim(r"No output node has a (?:(probability)|number)\.|The numbers grew beyond all bounds, so there is no answer\.")
def _no_answer(at, probability):
    assert not (probability and at.model.output.is_number)
    return bool(np.isnan(at.step.answer).any())


@claim(r"Which number do you think it answers with \((.+)\)\?")
def _which(at, names):
    return at.hidden and names == ", ".join(at.model.labels[:4])


# What is read


HOW = r"(as they are|each divided by [\d.]+|each less its mean and divided by its spread)"


def _is_scaled(at, how):
    scaling = {at.model.tokenizer.scaling(k) for k in range(at.model.tokenizer.features)}
    if how.startswith("each divided by "):
        return scaling == {(0.0, float(how.rpartition(" ")[2]))}
    return (how == "as they are") == (scaling == {(0.0, 1.0)})


def _x(at, feature):
    mean, scale = at.model.tokenizer.scaling(feature)
    return (read_numbers(at, feature)[at.t] - mean) / scale


@claim(rf"The network reads (\d+) numbers, {HOW}: (.+)\.")
def _numbers(at, count, how, listed):
    names = at.model.tokenizer.feature_names
    found = listed.split(", ")
    assert len(found) == int(count) == at.model.tokenizer.features
    for feature, one in enumerate(found):
        name, _, number = one.rpartition(" ")
        assert name == names[feature]
        assert is_shown(number, _x(at, feature))
    return _is_scaled(at, how)


@claim(rf"The network reads (\d+) numbers, {HOW}\.")
def _many_numbers(at, count, how):
    return int(count) == at.model.tokenizer.features and _is_scaled(at, how)


@claim(rf"Furthest from 0 is number (\d+), {NUMBER}\.")
def _furthest(at, which, number):
    sizes = [abs(_x(at, feature)) for feature in range(at.model.tokenizer.features)]
    return int(np.argmax(np.array(sizes, np.float32))) == int(which) - 1 and is_shown(number, _x(at, int(which) - 1))
