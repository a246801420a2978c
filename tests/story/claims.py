"""What a told sentence claims, and whether a trace bears it out: the register of claims, and how a text is read.

Nothing here or in the modules of claims imports `rnn_tui.story`: a claim is computed anew, from the text and the trace.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

NUMBER = r"([+−]?\d+\.\d\d|[+−]?\d\.\de\d+|[+−]?∞|no number)"
ABOUT = r"(≈ )?"
SHARE = r"([<>]?\d+%)"
WORD = r"“([^”]*)”"
NAME = r"(.{1,16}?)"
UNIT = r"(word|character|number|timestep)"
GATES = {"gru": {"reset": "r", "keep": "z", "new": "n"}, "lstm": {"write": "i", "keep": "f", "new": "g", "show": "o"}}

NEXT = "Cut|Limit|Pass on|the hidden layer"
GOES_ON = rf"(?:the outputs read that|that goes on to ({NEXT}))"
TITLES = {"relu": "Cut", "tanh": "Limit", "sigmoid": "Limit", "identity": "Pass on"}
NOT_NOW = rf"(?:, not the {NUMBER} that it is now)?"


@dataclass
class Claim:
    """A sentence's pattern and its checker, which is given what the sentence is told of, and the pattern's groups."""

    pattern: re.Pattern
    check: Callable
    seen: int = 0


CLAIMS: list[Claim] = []


def claim(pattern: str):
    """Register a checker for the sentences that match."""

    def register(check):
        CLAIMS.append(Claim(re.compile(pattern), check))
        return check

    return register


def verify(sentence: str, at) -> None:
    """Check a sentence by every claim that it makes; fails where none knows it, or one is not borne out."""
    known = False
    for one in CLAIMS:
        match = one.pattern.fullmatch(sentence)
        if match is not None:
            known, one.seen = True, one.seen + 1
            assert one.check(at, *match.groups()), (sentence, at, one.pattern.pattern)
    assert known, f"nobody checks: {sentence}"


def sentences(text: str) -> list[str]:
    """The sentences of a line."""
    return re.split(r"(?<=[.?!]) (?=[A-Z“+−0-9<>→←])", text)


@dataclass(frozen=True)
class At:
    """A unit (from 0) at a timestep of a trace, in a phase."""

    trace: object
    t: int
    phase: str
    unit: int
    hidden: bool = False

    def __repr__(self):
        said = [token.surface for token in self.trace.tokens]
        return f"{self.trace.model.name} {said} t={self.t} {self.phase} unit={self.unit}"

    @property
    def model(self):
        return self.trace.model

    @property
    def cell(self):
        return self.trace.model.cell

    @property
    def step(self):
        return self.trace[self.t]

    @property
    def token(self):
        return self.trace.tokens[self.t]

    @property
    def has_bias_alone(self):
        """Tell whether the input is all zeros, so that ih is the bias, in a network that has one."""
        return not np.any(self.step.x) and bool(np.any(self.cell.bias_ih))

    @property
    def floor(self):
        return self.trace.model.floor

    @property
    def so_far(self):
        """The timesteps that the lane has read, in the order in which it read them."""
        return [*range(len(self.trace) - 1, self.t - 1, -1)] if self.floor.backward else [*range(self.t + 1)]

    @property
    def first(self):
        return len(self.so_far) == 1

    @property
    def last(self):
        """Tell whether this is the last word that is read here."""
        return len(self.so_far) == len(self.trace)

    @property
    def entries(self):
        """The entries of the head on this floor."""
        return [self.model.head[index] for index in self.floor.entries]

    @property
    def attends(self):
        return self.model.readout.kind == "attention"

    @property
    def pools(self):
        """Tell whether the outputs are made of all hidden states so far."""
        return self.model.readout.kind in ("attention", "mean", "max")

    @property
    def pools_here(self):
        """Tell whether they are put together on this floor."""
        return bool({"pool", "attend"} & set(self.floor.names))

    @property
    def reads(self):
        """What the output nodes read, (hidden_size,)."""
        name = f"head.{self.floor.entries[-1]}" if self.floor.entries else "context" if self.pools else "h"
        return self.step[name]

    @property
    def row(self):
        """The vocabulary's word that is read."""
        return self.model.vocabulary.words[self.token.index]

    @property
    def next_title(self):
        """The title of the head's phase, by its last function; None where there is no head."""
        if self.model.head and self.model.head[0].linear is not None:
            return "the hidden layer"
        return TITLES[self.model.head[-1].activation] if self.model.head else None

    def value(self, name, gate=None):
        """The unit's number in a value of the step."""
        letters = [known.letter for known in self.cell.gates]
        block = letters.index(gate) if gate else 0
        return float(self.step[name][block * self.cell.hidden_size + self.unit])

    def rows(self, gate=None):
        """The unit's row in stacked weights."""
        letters = [known.letter for known in self.cell.gates]
        return (letters.index(gate) if gate else 0) * self.cell.hidden_size + self.unit

    def memory(self, gate=None):
        """weight_hh·h_prev of the unit, computed anew."""
        with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow
            return float(self.cell.weight_hh[self.rows(gate)] @ self.trace.before(self.t)["h"])

    def bias(self, gate=None):
        return float(self.cell.bias_hh[self.rows(gate)])

    def is_called(self, name):
        """Tell whether a name is the unit's."""
        full = self.model.unit_names[self.unit] if self.model.unit_names else f"unit {self.unit + 1}"
        top = self.model.layers[-1]
        if "meet" in self.floor.names and top.merge == "concat":
            lane, unit = divmod(self.unit, top.hidden_size)
            full = f"{'→←'[lane]} unit {unit + 1}"
        return name.lower() == clip(full).lower()

    def is_read(self, quoted):
        return quoted == clip(self.token.surface)

    def was_read(self, quoted):
        """Tell whether words are those read before: all of three, else the last two."""
        words = [clip(token.surface) for token in self.trace.tokens[: self.t]]
        space = "" if self.model.tokenizer.unit == "character" else " "
        if self.floor.backward:
            words = [clip(token.surface) for token in self.trace.tokens[self.t + 1 :]]
            return quoted == (space.join(words) if len(words) <= 3 else f"{space.join(words[:2])}{space or ' '}…")
        return quoted == (space.join(words) if len(words) <= 3 else f"…{space or ' '}{space.join(words[-2:])}")


def clip(text: str) -> str:
    return text if len(text) <= 16 else text[:15].rstrip() + "…"


def read(text: str) -> float:
    """The number of a text."""
    return float(text.replace("−", "-").replace("∞", "inf"))


def shown(value: float) -> float:
    """A number as it is shown with two digits."""
    return float(f"{value:.2f}") + 0.0


def is_shown(text: str, value: float) -> bool:
    """Tell whether a text shows a value, rounded to two digits, with its sign or without a plus."""
    if "." not in text or "e" in text:  # beyond what two digits show
        return np.isclose(read(text), value, rtol=0.06, equal_nan=True)
    return abs(read(text) - value) <= 0.005 + 1e-5 and (text.startswith("−") == (read(text) < 0))


def share(text: str) -> float:
    """The share of a text in per cent; what is less than 1 % counts as none, what is more than 99 % as all."""
    return 0.0 if text[0] == "<" else 1.0 if text[0] == ">" else int(text[:-1]) / 100


def is_share(text: str, p: float) -> bool:
    """Tell whether a text shows a share."""
    if text[0] == "<":
        return 0 < p <= 0.00501
    if text[0] == ">":
        return 0.99499 <= p < 1
    return abs(share(text) - p) <= 0.005 + 1e-6


def holds(about: str | None, result: str, computed: float) -> bool:
    """Tell whether ≈ stands before a result if, and only if, the shown numbers don't give it."""
    if not math.isfinite(read(result)) or "e" in result:
        return about is None
    return (about is None) == (abs(read(result) - computed) <= 0.005 * (1 + 1e-6))


def percent(p: float) -> str:
    """A share as it is shown."""
    if 0 < p <= 0.005:
        return "<1%"
    return ">99%" if 0.995 <= p < 1 else f"{float(p):.0%}"


def tied(probs) -> bool:
    """Tell whether the two largest shares are shown alike."""
    first, second = sorted(map(float, probs), reverse=True)[:2]
    return percent(first) == percent(second)


def equations_hold(text: str) -> int:
    """Check every equation of numbers in a text by the rule of = and ≈; return how many there were."""
    parts = re.split(r" ([=≈]) ", text)
    found = 0
    for left, sign, right in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        expression, result = left.split("; ")[-1].split(" = ")[-1], right.split("; ")[0]
        numbers = re.match(r"−?\d+(\.\d+)?(e−?\d+)?(, −?\d+\.\d\d)*$", result)
        written = re.sub(r"tanh|σ|max|softmax", "", expression)
        if numbers is None or re.search(r"[^\d.,+−×/()e ]", written) or not re.search(r"[×/+(]", expression):
            assert sign == "=", text
            continue
        python = expression.replace("×", "*").replace("−", "-").replace("σ", "sigma")
        computed = np.atleast_1d(eval(python, {"__builtins__": {}}, FUNCTIONS))
        results = [read(one) for one in result.split(", ")]
        lasts = map(_last_digit, result.split(", "))
        close = all(abs(a - b) <= last / 2 * (1 + 1e-6) for a, b, last in zip(results, computed, lasts, strict=True))
        assert (sign == "=") == close, text
        found += 1
    return found


def _last_digit(text):
    """The size of the last digit of a number that is shown."""
    mantissa, _, power = text.replace("−", "-").partition("e")
    return 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))


def _softmax(*logits):
    powers = [math.exp(logit - max(logits)) for logit in logits]
    return [power / sum(powers) for power in powers]


FUNCTIONS = {"tanh": math.tanh, "sigma": lambda z: 1 / (1 + math.exp(-z)), "max": max, "softmax": _softmax}
