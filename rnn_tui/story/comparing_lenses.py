"""A lens on both sides of a comparison, told: what it shows in each, and what the difference means."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnn_tui.comparison import Comparison
from rnn_tui.lenses.gradient import EXPLODES, VANISHES, Gradient
from rnn_tui.lenses.memory import Memory
from rnn_tui.pair import SIDES
from rnn_tui.scene import Scene
from rnn_tui.story.lenses import tell_lens
from rnn_tui.story.spans import Line, Span, line, strong, word
from rnn_tui.text import magnitude, percent

FAINT = 10
"""From how many times as much on one side is said to hear the first word, and the other to hear it faintly."""


def tell_lenses(
    name: str, measured: Sequence[Any], comparison: Comparison, scenes: Sequence[Scene | None], focus: int
) -> tuple[Line, ...]:
    """The first that the lens says of each side, and one so-what; with notation one line more, the definition.

    `measured` is what was found for each side, None where there is nothing (yet); each of the scenes is where its side
    is, None where that has read nothing. The so-what compares the two where the lens's figures can be
    compared; else it is that of both or, where they differ, that of the side in focus.
    """
    told: dict[int, tuple[Line, ...]] = {}
    for side, (trace, scene) in enumerate(zip(comparison.traces, scenes, strict=True)):
        if measured[side] is not None and scene is not None:
            told[side] = tell_lens(name, measured[side], trace, scene)
    if not told:
        return ()
    lines = _first(told)
    notation = any(scene is not None and scene.notation for scene in scenes)
    last = -2 if notation else -1
    compare = _COMPARED.get(name)
    meaning: Line = ()
    if compare is not None and None not in measured:
        meaning = compare(measured[0], measured[1], comparison)
    lines.append(meaning or _so_what({side: said[last] for side, said in told.items()}, focus))
    if notation:
        lines.append(next(iter(told.values()))[-1])
    return tuple(lines)


def _first(told: Mapping[int, Sequence[Line]]) -> list[Line]:
    """The first line of each side; one line where they say the same."""
    if len(told) == len(SIDES) and told[0][0] == told[1][0]:
        return [line(strong("A and B"), ": ", *told[0][0])]
    return [line(strong(SIDES[side]), ": ", *said[0]) for side, said in told.items()]


def _so_what(said: Mapping[int, Line], focus: int) -> Line:
    """What both sides' so-whats say, or that of the side in focus."""
    if len(set(said.values())) == 1 and len(said) == len(SIDES):
        return said[0]
    side = focus if focus in said else next(iter(said))
    question, *rest = said[side]
    return line(Span(f"{question.text.removesuffix('?')}, {SIDES[side]}?", question.role), *rest)


def _first_word(comparison: Comparison) -> Line:
    """The first word of both, or the words that say so."""
    if comparison.same_word(0):
        return line(word(comparison.a.tokens[0].surface))
    return line(f"the first {comparison.a.model.tokenizer.unit}")


def _memory(a: Memory, b: Memory, comparison: Comparison) -> Line:
    """How much of the first word is left in the end, on both sides, and why the one keeps more."""
    left = (a.left(0), b.left(0))
    if not all(map(math.isfinite, left)) or min(map(len, comparison.traces)) == 1:  # nothing comes after an only word
        return ()
    first, shares = _first_word(comparison), [percent(share) for share in left]
    if shares[0] == shares[1]:
        return line(
            strong("So what?"), " In the end as much of ", *first, " is left in A as in B: ", strong(shares[0]), "."
        )
    more = int(left[1] > left[0])
    return line(
        strong("So what?"),
        " In the end ",
        strong(shares[0]),
        " of ",
        *first,
        " is left in A, ",
        strong(shares[1]),
        f" in B{_why(comparison, more)}.",
    )


def _why(comparison: Comparison, more: int) -> str:
    """Why one side keeps more of the first word."""
    unit = comparison.a.model.tokenizer.unit
    gated = [bool(trace.model.cell.gates) for trace in comparison.traces]
    keeps, loses = SIDES[more], SIDES[1 - more]
    if gated[more] and not gated[1 - more]:
        return f": {keeps} has gates that carry it along, {loses} mixes every {unit} into all it has"
    if gated[1 - more] and not gated[more]:
        return f": gates keep what they were trained to keep, and those of {loses} let it go"
    if comparison.same_network:
        return f": the {unit}s after it decide what becomes of it"
    return f": the same {unit}s, other weights" if comparison.same_words else ""


def _gradient(a: Gradient, b: Gradient, comparison: Comparison) -> Line:
    """What a change after the first word still changes in the end, on both sides, and what training hears of it."""
    first = (float(a.log10_norm[0]), float(b.log10_norm[0]))
    if any(map(math.isnan, first)) or min(len(trace) for trace in comparison.traces) == 1:
        return ()
    in_a, in_b = (strong(magnitude(log10)) for log10 in first)
    heard = _heard(first, comparison.a.model.tokenizer.unit)
    begins = line(strong("So what?"), " Of a change after ", *_first_word(comparison), " at most ")
    return line(*begins, in_a, " is left at the end in A, ", in_b, f" in B: {heard}.")


def _heard(log10: tuple[float, float], unit: str) -> str:
    """On which side training hears the first word."""
    exploded = [side for side, size in zip(SIDES, log10, strict=True) if size > math.log10(EXPLODES)]
    if exploded:
        return f"{' and '.join(exploded)} can't be trained without clipping it"
    hears = [side for side, size in zip(SIDES, log10, strict=True) if size >= math.log10(VANISHES)]
    if len(hears) == 1:
        return f"only in {hears[0]} training hears the first {unit}"
    if not hears:
        return f"in neither training hears the first {unit}"
    if abs(log10[0] - log10[1]) >= math.log10(FAINT):
        return f"training hears the first {unit} in both, but faintly in {SIDES[log10[0] > log10[1]]}"
    return f"in both training hears the first {unit}"


_COMPARED: Mapping[str, Callable[[Any, Any, Comparison], Line]] = {"memory": _memory, "gradient": _gradient}
