"""Numbers and words as a reader takes them off a told sentence, and the way from a sentence to what it claims of."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

WORD = r"“([^”]*)”"
NUMBER = r"([+−]?[0-9.]+(?:e−?[0-9]+)?|0|∞)"
SHARE = r"([<>]?[0-9]+%)"
STEP = 1e-6
SEEN = 0.005
"""The least change that is one."""
UNIT = r"(?:word|character|number|timestep)"
LABEL = r"(.+?)"


def share(p):
    """A probability as it is shown."""
    if 0 < p <= 0.005:
        return "<1%"
    return ">99%" if 0.995 <= p < 1 else f"{p:.0%}"


def side(p, labels=2):
    """A probability as it is shown where its side of one half matters."""
    if share(p) != "50%" or p == 0.5 or labels != 2:
        return share(p)
    return f"just {'under' if p < 0.5 else 'over'} 50%"


SIDE = r"((?:just (?:under|over) )?[<>]?[0-9]+%)"


def two(value):
    """A number without a plus, as it is shown with two digits."""
    text = f"{value:.2f}"
    return ("0.00" if not text.strip("-0.") else text).replace("-", "−")


def signed(value):
    """A number with its sign."""
    text = two(value)
    return text if text.startswith("−") or text == "0.00" else f"+{text}"


def size(log10):
    """A size from its power of ten, with two digits, or as a power of ten where that is small or large."""
    if math.isinf(log10):
        return "∞" if log10 > 0 else "0"
    if -2 <= log10 < 4:
        return two(10**log10)
    exponent = math.floor(log10)
    mantissa = f"{10 ** (log10 - exponent):.1f}"
    text = f"1.0e{exponent + 1}" if mantissa == "10.0" else f"{mantissa}e{exponent}"
    return text.replace("-", "−")


def read(text):
    """The number that is read off a text."""
    return float(text.replace("−", "-"))


def least_step(text):
    """The size of the last digit of a shown number."""
    mantissa, _, exponent = text.partition("e")
    return 10.0 ** (int(exponent.replace("−", "-") or 0) - len(mantissa.partition(".")[2]))


@dataclass(frozen=True, eq=False)
class Told:
    """What was told: of which result, of which trace, at which word and phase (from 0), with notation or not."""

    measured: object
    trace: object
    t: int
    unit: int
    notation: bool = False
    phase_index: int = 0

    @property
    def phase(self):
        """The phase at work."""
        return self.trace.model.phases[self.phase_index]

    @cached_property
    def words(self):
        """The words as they are quoted."""
        surfaces = [token.surface for token in self.trace.tokens]
        return [text if len(text) <= 16 else text[:15].rstrip() + "…" for text in surfaces]

    @property
    def last(self):
        """The last word's timestep."""
        return len(self.trace) - 1

    @property
    def name(self):
        """One token's name."""
        return self.trace.model.tokenizer.unit

    @property
    def gated(self):
        """Whether the cell has gates."""
        return bool(self.trace.model.cell.gates)

    def label(self, index):
        """A label, cut where it is long."""
        text = self.trace.model.labels[index]
        return text if len(text) <= 20 else text[:19].rstrip() + "…"


def sentences(text, claims):
    """Take a text apart into the sentences that some claims describe: (claim, match) each; fails on what none does."""
    at, found = 0, []
    while at < len(text):
        matches = [(claim, match) for claim in claims if (match := claim.pattern.match(text, at))]
        assert matches, f"nothing checks “{text[at:]}”"
        claim, match = max(matches, key=lambda pair: pair[1].end())
        found.append((claim, match))
        at = match.end()
    return found


@dataclass(frozen=True)
class Claim:
    """A kind of sentence, and the function of (groups, told) that is true where the sentence is."""

    pattern: re.Pattern
    holds: object

    @classmethod
    def of(cls, pattern, holds):
        """One sentence, up to its end and the space after it."""
        return cls(re.compile(pattern + r"(?: |$)"), holds)


@cache
def reached(trace, t):
    """How much each state up to t reaches what is handed on after t, by its own way alone, (t + 1,): spectral norms.

    By central differences in float64, with all other states held as they are, so nothing goes through the memory.
    """
    h = np.asarray(trace.values["h"][: t + 1], np.float64)
    readout, size = trace.model.readout, h.shape[1]
    found = np.zeros(t + 1)
    for k in range(t + 1):
        jacobian = np.zeros((size, size))
        for unit in range(size):
            handed = []
            for step in (STEP, -STEP):
                moved = h.copy()
                moved[k, unit] += step
                handed.append(readout.read(moved).get(readout.reads, moved)[-1])
            jacobian[:, unit] = (handed[0] - handed[1]) / (2 * STEP)
        found[k] = np.linalg.norm(jacobian, 2)
    return found


def labels(told):
    """The number of labels."""
    return len(told.trace.model.labels)
