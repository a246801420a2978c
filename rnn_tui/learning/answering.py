"""The kind of answer that is learned from samples: one label of several, no or yes, or a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample, Samples
from rnn_tui.network.tokens import as_number
from rnn_tui.text import cited, clipped

OUTPUTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("labels", "series"), ("classes", "yes_no", "number")),
    "tags": ("classes", "yes_no"),
    "next": ("classes",),
}
"""The kinds of answer that can be learned for a task, the usual one first."""
FEW_NUMBERS = 20
"""Labels that are at most so many different whole numbers are rather classes: stars, digits, 0 and 1."""


def answered(samples: Samples, output: str | None = None) -> Samples:
    """The samples with the kind of their answers: the one that is asked for (of OUTPUTS), or the one that suits.

    Numbers are then written as Python writes them.

    Labels that are numbers are learned as numbers, unless they are at most 20 different whole numbers. Raises RowError
    for a label that the kind of answer can't be.
    """
    found = samples if output is not None or samples.task != "labels" else _suiting(samples)
    found = replace(found, output=output or found.output)
    if found.output == "number":
        return replace(found, samples=tuple(_with_number(found, sample) for sample in found.samples))
    if found.output == "yes_no":
        _check_two(found)
    return found


def _suiting(samples: Samples) -> Samples:
    """The samples of texts with labels with the kind of answer that suits, and why it does."""
    labels = {answer for sample in samples.samples for answer in sample.answers}
    numbers = [as_number(label) for label in labels]
    if None in numbers or not labels:
        return samples
    whole = all(number is not None and number.is_integer() for number in numbers)
    if whole and len(labels) <= FEW_NUMBERS:
        said = f"the labels are {len(labels)} different whole numbers, so each is a class"
        return replace(samples, noted=f"{said}; --output number learns a number")
    held = "different whole numbers" if whole else "different numbers, not all of them whole"
    said = f"the labels are {len(labels):,} {held}, so a number is learned; --output classes takes each as a class"
    return replace(samples, output="number", noted=said)


def _with_number(samples: Samples, sample: Sample) -> Sample:
    """The sample with its answer as Python writes it; raises RowError where that is no number."""
    for answer in sample.answers:
        if as_number(answer) is None:
            said = f"the label {cited(answer)} is no number, which --output number needs (with a point: 2.5)"
            raise RowError(samples.path, f"{said}; --output classes takes it as a class", sample.row)
    return replace(sample, answers=tuple(answer.replace("\N{MINUS SIGN}", "-") for answer in sample.answers))


def _check_two(samples: Samples) -> None:
    labels = sorted({answer for sample in samples.samples for answer in sample.answers})
    if len(labels) > 2:
        few = ", ".join(clipped(label, 20) for label in labels[:4]) + (", …" if len(labels) > 4 else "")
        said = f"has {len(labels)} different labels ({few}), and --output yes_no is for two"
        raise RowError(samples.path, f"{said}; --output classes takes them all")
