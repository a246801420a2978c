"""Numbers as a person has them: rounded as they are shown, and rounded again after every operation by hand.

Whatever somebody gets who computes with the numbers as shown, and rounds what comes out of an operation to two digits
or more, lies in a `Span`; a tolerance is made from it, so that nobody who computes right is called wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rnn_tui.network.cells.activations import FUNCTIONS
from rnn_tui.network.cells.expressions import Applied, Expression, Plus, Rest, Times
from rnn_tui.questions.place import CannotAskError, check_finite
from rnn_tui.questions.question import Slip

HALF = 0.005
"""Half of the last digit that is shown: the most that rounding once changes a number."""
EDGE = 1e-9
"""The difference that binary numbers make, where decimals are compared."""
LEAST, MOST = 0.01, 0.1
"""The smallest tolerance, and the largest with which there is still something to compute."""
LARGEST = 1000.0
"""Numbers above this are not asked for by hand."""
SIGN = "The number is right, but its sign is the wrong way round."
"""Said of a number with the wrong sign in front, whatever it is made of."""


class Span(NamedTuple):
    """The least and the largest number that somebody gets."""

    low: float
    high: float

    def rounded(self) -> Span:
        """The same after what came out was rounded."""
        return Span(self.low - HALF, self.high + HALF)

    def plus(self, other: Span) -> Span:
        """The sum. Adding two numbers of two digits rounds nothing; what was rounded before is in both spans."""
        return Span(self.low + other.low, self.high + other.high)

    def times(self, other: Span) -> Span:
        """The product, rounded unless it is one with 0 or with ±1."""
        ends = [one * two for one in self for two in other]
        whole = Span(min(ends), max(ends))
        return (
            whole
            if any(side.low == side.high and abs(side.low) in (0, 1) for side in (self, other))
            else (whole.rounded())
        )


def exactly(value: float) -> Span:
    """The span of a number that is given."""
    return Span(value, value)


def spanned(
    expression: Expression,
    given: Callable[[Expression], Span | None],
    apply: Callable[[str, Span], Span] | None = None,
) -> Span:
    """The span of an expression, of which some parts are `given`, the others None.

    `apply` is the span of a function of one: `applied`, unless it is looked up otherwise.
    """
    known = given(expression)
    if known is not None:
        return known
    if isinstance(expression, Plus):
        return spanned(expression.left, given, apply).plus(spanned(expression.right, given, apply))
    if isinstance(expression, Times):
        return spanned(expression.left, given, apply).times(spanned(expression.right, given, apply))
    if isinstance(expression, Rest):
        of = spanned(expression.of, given, apply)
        return Span(1 - of.high, 1 - of.low)
    assert isinstance(expression, Applied)
    return (apply or applied)(expression.function, spanned(expression.of, given, apply))


def applied(function: str, of: Span) -> Span:
    """The span of a function, all of which only rise; those that keep two digits as they are round nothing."""
    span = Span(FUNCTIONS[function].at(of.low), FUNCTIONS[function].at(of.high))
    return span if function in ("identity", "relu") else span.rounded()


def tolerance_of(answer: float, span: Span) -> float:
    """The tolerance with which everything in the span is right, when it is rounded once more; two digits.

    Raises CannotAskError where it would be so large that there is nothing left to compute.
    """
    furthest = max(answer - span.low, span.high - answer) + HALF
    tolerance = max(LEAST, math.ceil(furthest * 100 - 1e-6) / 100)
    if tolerance > MOST:
        raise CannotAskError(
            f"with numbers of two digits this can't be computed to within {MOST}; ask for another value, or at another "
            "word"
        )
    return tolerance


def as_given(*values: float) -> None:
    """Raise CannotAskError where a number that is to be given, or to be found, is none that a person computes with."""
    check_finite(*values)
    if any(abs(value) > LARGEST for value in values):
        raise CannotAskError(f"a number here is beyond {LARGEST:g}, too large to compute with by hand")


def telling(slips: Iterable[Slip], answer: float, tolerance: float) -> tuple[Slip, ...]:
    """The slips that lead to a number which isn't right, each once; the others can't be told from right.

    Where the sign of a part turns that of the whole, that is one slip: it is told of the whole.
    """
    wrong = [slip for slip in slips if math.isfinite(slip.value) and abs(slip.value - answer) > tolerance + EDGE]
    turned = {round(slip.value, 6) for slip in wrong if slip.said == SIGN}
    told = (slip for slip in wrong if slip.name != "sign" or slip.said == SIGN or round(slip.value, 6) not in turned)
    return tuple({(slip.said, round(slip.value, 6)): slip for slip in told}.values())
