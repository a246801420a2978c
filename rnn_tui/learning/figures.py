"""The figure of a model in words that a class understands, made of what its metadata says of it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from rnn_tui.learning.digits import written
from rnn_tui.network.storage.metadata import Metadata

_RIGHT = re.compile(r"(?:(?P<part>test|validation) )?accuracy(?: an? (?:word|character|number))?(?P<where> at .+)?")
_BITS = re.compile(r"(?:(?:test|validation) )?bits an? (?P<unit>word|character)")
_OFF = re.compile(r"(?:(?P<part>test|validation) )?mean absolute error")
_AGREES = re.compile(r"agreement with (?P<other>[^,]+), of all \d+ (?P<what>\w+).*")
_KEPT_OUT = {"test": " it never saw", "validation": " kept out of its training", None: ""}
_ASKED = {"words": "sentences", "characters": "texts", "numbers": "series"}
"""The things that a model answers once each, by the kind of its tokenizer."""
_RULES = {"last value": "the last value again", "mean": "always the mean"}
"""The rules that a number is measured against, in words."""
COUNTED = 100
"""Up to so many answers their number is said as it is; of more, how many of a hundred are right."""


def figure_of(provenance: Mapping[str, Any]) -> float | None:
    """The figure that a provenance states, or None where it has none that is a number."""
    figure = provenance.get("figure")
    usable = isinstance(figure, int | float) and not isinstance(figure, bool) and math.isfinite(figure)
    return float(figure) if usable else None  # type: ignore[arg-type]


def figure_in_words(metadata: Metadata, *, rules: bool = True) -> str:
    """The figure and what the model was compared with, in words; nothing where there is neither.

    Without `rules`, an error stands without those of the rules that anybody could follow, and takes one line.
    """
    said = (measured_in_words(metadata, rules=rules), verified_in_words(metadata.provenance))
    return " · ".join(filter(None, said))


def verified_in_words(provenance: Mapping[str, Any]) -> str:
    """The words for what an imported model was compared with: "verified against its own forward, 3e-7".

    The number is the largest difference of two probabilities. Nothing where the provenance doesn't say.
    """
    said = provenance.get("verified")
    if not isinstance(said, Mapping):
        return ""
    against, reason, largest = said.get("against"), said.get("reason"), said.get("largest_difference")
    if against is None:
        return f"not verified: {reason}" if isinstance(reason, str) and reason else "not verified"
    if not isinstance(against, str) or isinstance(largest, bool) or not isinstance(largest, int | float):
        return ""
    return f"verified against {against}, {_power_of_ten(largest)}" if math.isfinite(largest) else ""


def _power_of_ten(number: float) -> str:
    """One digit and the power of ten: 3e-7."""
    digit, _, power = f"{number:.0e}".partition("e")
    return f"{digit}e{int(power)}" if number else "no difference"


def measured_in_words(metadata: Metadata, *, rules: bool = True) -> str:
    """The figure in words: "right on 84 of 100 sentences it never saw"; nothing where there is none.

    What is counted is called by the provenance's `counted` where it has that, such as "years". A metric that no words
    are known for stands as it is: "error: 0.25". For `rules` see `figure_in_words`.
    """
    known = metadata.provenance
    figure, metric = figure_of(known), known.get("metric")
    if figure is None or not isinstance(metric, str) or not metric:
        return ""
    if (found := _RIGHT.fullmatch(metric)) and 0 <= figure <= 1:
        return _right(metadata, figure, found)
    if (found := _BITS.fullmatch(metric)) and 0 <= figure < 1000:
        return _narrowed(metadata, figure, found["unit"])
    if (found := _OFF.fullmatch(metric)) and figure >= 0:
        return _off(metadata, figure, found) + (_beside(known) if rules else "")
    if (found := _AGREES.fullmatch(metric)) and 0 <= figure <= 1:
        return f"agrees with {found['other']} on {_of_a_hundred(figure)} {found['what']}"
    return f"{metric}: {known['figure']}"


def _off(metadata: Metadata, figure: float, found: re.Match[str]) -> str:
    """How far off a number is on average, in its unit where that is known."""
    known = metadata.provenance
    counted, of = known.get("counted"), known.get("unit")
    unit = f" {of}" if isinstance(of, str) and of else ""
    what = counted if isinstance(counted, str) and counted else _ASKED[metadata.tokenizer.kind]
    kept_out = _KEPT_OUT[found["part"]]
    where = f", in {what}{kept_out}" if kept_out or isinstance(counted, str) else ""
    return f"off by {written(figure)}{unit} on average{where}"


def _beside(known: Mapping[str, Any]) -> str:
    """How far off the rules are that anybody could follow, in brackets; nothing where none is known."""
    baselines = known.get("baselines")
    found = baselines if isinstance(baselines, Mapping) else {}
    said = ", ".join(f"{said}: {written(found[name])}" for name, said in _RULES.items() if _is_error(found.get(name)))
    return f" ({said})" if said else ""


def _is_error(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _right(metadata: Metadata, figure: float, found: re.Match[str]) -> str:
    known = metadata.provenance
    baselines = known.get("baselines")
    guessing = baselines.get("guessing") if isinstance(baselines, Mapping) else None
    if found["where"]:
        told = isinstance(guessing, int | float) and not isinstance(guessing, bool) and 0 <= guessing <= 1
        beside = f" (guessing: {100 * float(guessing or 0):.0f})" if told else ""
        return f"right on {_of_a_hundred(figure)}{found['where']}{beside}"
    each = metadata.readout == "each"
    counted = known.get("counted")
    what = counted if isinstance(counted, str) else ""
    what = what or (f"{metadata.tokenizer.unit}s" if each else _ASKED[metadata.tokenizer.kind])
    kept_out = _KEPT_OUT[found["part"]]
    if each and kept_out:
        kept_out = f" in {_ASKED[metadata.tokenizer.kind]}{kept_out}"
    return f"right on {_share(figure, known.get('n_test', known.get('n')))} {what}{kept_out}"


def _share(figure: float, n: object) -> str:
    """The right ones of all where those are few, else of a hundred."""
    if isinstance(n, int) and 0 < n <= COUNTED and abs(round(figure * n) - figure * n) < 0.01:
        return f"{round(figure * n)} of {n}"
    return _of_a_hundred(figure)


def _of_a_hundred(figure: float) -> str:
    """The share of a hundred, and no certainty that is none."""
    if 0.995 <= figure < 1:
        return "more than 99 of 100"
    return "fewer than 1 of 100" if 0 < figure < 0.005 else f"{100 * figure:.0f} of 100"


def _narrowed(metadata: Metadata, bits: float, unit: str) -> str:
    """How many equally likely ones so many bits are, of how many there are."""
    labels = metadata.labels
    shown = unit if unit != "character" or not all(label.isalpha() for label in labels if len(label) == 1) else "letter"
    as_many, chance = max(1, round(2**bits)), math.log2(len(labels))
    return f"narrows the next {shown} down to about {as_many} of {len(labels)} ({bits:.2f} bits; chance: {chance:.2f})"
