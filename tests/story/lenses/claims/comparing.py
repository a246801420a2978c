"""Every kind of line that compares the results of a lens on two sides, and what must be true where it is told."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_tui.comparison import Comparison
from tests.story.lenses.reading import NUMBER, SHARE, UNIT, Claim, share, size

ALL_STATES = ("mean", "max", "attention")
FIRST = r"(?:“([^”]*)”|the first \w+)"


@dataclass(frozen=True, eq=False)
class Both:
    """The results of both sides, and their comparison."""

    a: object
    b: object
    comparison: Comparison

    @property
    def first(self):
        """The first word as it is quoted where both have the same one."""
        a, b = (trace.tokens[0] for trace in self.comparison.traces)
        return a.surface if a.text == b.text else None

    @property
    def gated(self):
        """Whether the cell of each has gates."""
        return tuple(bool(trace.model.cell.gates) for trace in self.comparison.traces)

    @property
    def left(self):
        """The share of the first word that is left at the end, of each."""
        return tuple(float(result.influence[0, -1] / result.influence[0, 0]) for result in (self.a, self.b))

    @property
    def norms(self):
        """The most that is left of a change after the first word, as powers of ten, of each."""
        return tuple(float(result.log10_norm[0]) for result in (self.a, self.b))


def _part(result):
    """The share of the first word that is left at the end, after ≈ where the two shown figures give another."""
    off, left = (float(result.influence[0, t]) for t in (0, -1))
    by_hand, p = float(f"{left:.2f}") / float(f"{off:.2f}"), left / off
    closes = share(by_hand) == share(p) or abs(round(p, 2) - by_hand) <= 0.005 + 1e-8
    return share(p) if closes else f"≈ {share(p)}"


def _same(groups, both):
    parts = [_part(both.a), _part(both.b)]
    about = next((part for part in parts if part.startswith("≈")), parts[0])
    return groups == (both.first, about) and share(both.left[0]) == share(both.left[1])


def _left(groups, both, *, why):
    in_a, first, in_b, *named = groups
    more = int(both.left[1] > both.left[0])
    return (in_a, first, in_b) == (_part(both.a), both.first, _part(both.b)) and why(both, more, *named)


def _gates_keep(both, more, keeps, loses):
    return (keeps, loses) == ("AB"[more], "BA"[more]) and both.gated[more] and not both.gated[1 - more]


def _gates_let_go(both, more, loses):
    return loses == "BA"[more] and both.gated[1 - more] and not both.gated[more]


def _other_weights(both, more):
    same_words = [token.text for token in both.comparison.a.tokens] == [
        token.text for token in both.comparison.b.tokens
    ]
    return same_words and both.comparison.a.model is not both.comparison.b.model and both.gated[0] == both.gated[1]


def _same_network(both, more):
    return both.comparison.a.model is both.comparison.b.model


def _heard(groups, both, *, holds):
    first, in_a, in_b, through, *named, directly = groups
    pooled = [s for s, t in zip("AB", both.comparison.traces, strict=True) if t.model.readout.kind in ALL_STATES]
    expected = (
        f"; {' and '.join(pooled)} read{'s' * (len(pooled) == 1)} earlier states directly, too" if pooled else None
    )
    right = (first, in_a, in_b, directly) == (both.first, *map(size, both.norms), expected)
    return right and bool(through) == bool(pooled) and holds(both.norms, *named)


def _faintly(norms, faint):
    return min(norms) >= -3 and abs(norms[0] - norms[1]) >= 1 and norms["AB".index(faint)] == min(norms)


def _only(norms, side):
    return norms["AB".index(side)] >= -3 and norms[1 - "AB".index(side)] < -3


PART = rf"((?:≈ )?{SHARE[1:-1]})"
IN_THE_END = rf"So what\? In the end {PART} of {FIRST} is left in A, {PART} in B"
AT_MOST = rf"So what\? Of a change after {FIRST} at most {NUMBER} is left at the end in A, {NUMBER} in B: "
THROUGH = r"(through the memory )?"
DIRECTLY = r"(; (?:[AB]|A and B) reads? earlier states directly, too)?"
COMPARED = {
    "memory": (
        Claim.of(rf"So what\? In the end as much of {FIRST} is left in A as in B: {PART}\.", _same),
        Claim.of(
            rf"{IN_THE_END}: ([AB]) has gates that carry it along, ([AB]) mixes every {UNIT} into all it has\.",
            lambda g, o: _left(g, o, why=_gates_keep),
        ),
        Claim.of(
            rf"{IN_THE_END}: gates keep what they were trained to keep, and those of ([AB]) let it go\.",
            lambda g, o: _left(g, o, why=_gates_let_go),
        ),
        Claim.of(
            rf"{IN_THE_END}: the {UNIT}s after it decide what becomes of it\.",
            lambda g, o: _left(g, o, why=_same_network),
        ),
        Claim.of(rf"{IN_THE_END}: the same {UNIT}s, other weights\.", lambda g, o: _left(g, o, why=_other_weights)),
        Claim.of(rf"{IN_THE_END}\.", lambda g, o: _left(g, o, why=lambda *_: True)),
    ),
    "gradient": (
        Claim.of(
            rf"{AT_MOST}{THROUGH}in both training hears the first {UNIT}{DIRECTLY}\.",
            lambda g, o: _heard(g, o, holds=lambda norms: min(norms) >= -3 and abs(norms[0] - norms[1]) < 1),
        ),
        Claim.of(
            rf"{AT_MOST}{THROUGH}training hears the first {UNIT} in both, but faintly in ([AB]){DIRECTLY}\.",
            lambda g, o: _heard(g, o, holds=_faintly),
        ),
        Claim.of(
            rf"{AT_MOST}{THROUGH}in neither training hears the first {UNIT}{DIRECTLY}\.",
            lambda g, o: _heard(g, o, holds=lambda norms: max(norms) < -3),
        ),
        Claim.of(
            rf"{AT_MOST}{THROUGH}only in ([AB]) training hears the first {UNIT}{DIRECTLY}\.",
            lambda g, o: _heard(g, o, holds=_only),
        ),
    ),
}
"""All lines of the lenses that compare."""
