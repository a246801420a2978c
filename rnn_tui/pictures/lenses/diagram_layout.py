"""The rows and columns of the unrolled chain: a box a word, what goes in below it, and what comes out above."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rich.cells import cell_len

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.lenses.diagram_parts import HEAD, POOL, Live, widest
from rnn_tui.pictures.naming import gate_head
from rnn_tui.text import printable

START, MORE = "start", "‹"
PADS = 4
"""The cells of a box beside its number: its sides, and a space at each."""
LEAST_GAP = 3
"""The cells of an arrow beside the number that stands in it."""
TIGHT, TIGHT_FRAMED = (2, 2), (2, 1)
"""The same of boxes and arrows that stand as near as they can, the arrows with their numbers in them, or above them."""
ENOUGH = 3
"""The words that are to be seen at least, where there is room for them."""
WIDEST_GAP = 16
LONGEST_NAME = 12
AFTER = 3
"""The cells right of the last box, where more words follow."""


@dataclass(frozen=True)
class Rows:
    """The row of each part, from the top; -1 for a part that there is no room for.

    `rise` are the rows of the arrows to the answers, `reach` those of the arrows to the head where there is one,
    `below` those between the boxes and what pools them, `enter` those between the words and the boxes. The boxes take
    the rows from `top` to `bottom`, with sides above and below where they are `framed`, and a name in the first row
    inside where they are `named`.
    """

    answer: int
    head: int
    pool: int
    rise: range
    reach: range
    below: range
    top: int
    bottom: int
    enter: range
    word: int
    framed: bool
    named: bool
    lanes: tuple[int, ...]

    @property
    def lane(self) -> int:
        """The row of the arrow of the memory."""
        return self.lanes[-1]


@dataclass(frozen=True)
class Layout:
    """The visible timesteps, `count` from `first` on: boxes `node` cells wide, after arrows of `gap` cells each."""

    rows: Rows
    first: int
    count: int
    total: int
    left: int
    node: int
    gap: int
    crowded: bool = False
    """True where what a word brings stands left of its arrow, since there is no room right of the last one."""
    mirror: int | None = None
    """For a lane that reads backward twice the middle of the chain: its first word stands at the right.

    Then `first` and `left` are counted from there: `first` is the place of a word in the order in which it reads.
    """

    @property
    def timesteps(self) -> range:
        """The visible timesteps, from 0, in the order in which they are read."""
        if self.mirror is None:
            return range(self.first, self.first + self.count)
        return range(self.total - 1 - self.first, self.total - 1 - self.first - self.count, -1)

    def box(self, t: int) -> int:
        """The first cell of the box of a timestep."""
        at = t if self.mirror is None else self.total - 1 - t
        x = self.left + (at - self.first) * (self.node + self.gap) + self.gap
        return x if self.mirror is None else self.mirror - x - self.node

    def arrow(self, t: int) -> int:
        """The first cell of the arrow into the box of a timestep."""
        return self.box(t) - self.gap if self.mirror is None else self.box(t) + self.node

    def middle(self, t: int) -> int:
        """The cell in the middle of the box of a timestep, on which the arrows up stand."""
        return self.box(t) + self.node // 2

    @property
    def pitch(self) -> int:
        """The cells from one box to the next."""
        return self.node + self.gap


def rows_for(live: Live, height: int, top: int = 0) -> Rows:
    """Share out at most `height` rows (at least two) from row `top` on; the least important part is left out first."""
    lanes = len(live.lanes)
    sizes = {
        "answer": 1, "rise": 0, "head": int(HEAD in live.parts), "reach": 0,
        "pool": int(POOL in live.parts), "below": 0,
        "frame": 0, "name": 0, "boxes": lanes, "enter": 1, "word": 1,
    }  # fmt: skip
    for part in ("head", "pool", "answer", "enter"):
        if sum(sizes.values()) > height:
            sizes[part] = 0
    if lanes > 1 and sum(sizes.values()) > height:
        sizes["boxes"] = 1
    wanted = [("rise", 1), ("reach", 1), ("frame", 2), ("below", 1), ("name", 1), ("enter", 1), ("rise", 1)]
    wanted += [("below", 1), ("reach", 1), ("enter", 1), ("rise", 1)]
    possible = {"below": sizes["pool"], "reach": sizes["head"], "name": lanes == 1}
    for part, more in wanted:
        if possible.get(part, True) and sum(sizes.values()) + more <= height and sizes["answer"]:
            sizes[part] += more
    return _placed(sizes, top)


def _placed(sizes: dict[str, int], top: int) -> Rows:
    """The rows, from how many each part has."""
    y = top
    begins: dict[str, int] = {}
    for part in ("answer", "rise", "head", "reach", "pool", "below", "box", "enter", "word"):
        begins[part] = y
        y += sizes["frame"] + sizes["name"] + sizes["boxes"] if part == "box" else sizes[part]
    inside = begins["box"] + sizes["frame"] // 2 + sizes["name"]
    return Rows(
        answer=begins["answer"] if sizes["answer"] else -1,
        head=begins["head"] if sizes["head"] else -1,
        pool=begins["pool"] if sizes["pool"] else -1,
        rise=range(begins["rise"], begins["rise"] + sizes["rise"]),
        reach=range(begins["reach"], begins["reach"] + sizes["reach"]),
        below=range(begins["below"], begins["below"] + sizes["below"]),
        top=begins["box"],
        bottom=begins["enter"] - 1,
        enter=range(begins["enter"], begins["word"]),
        word=begins["word"],
        framed=bool(sizes["frame"]),
        named=bool(sizes["name"]),
        lanes=tuple(range(inside, inside + sizes["boxes"])),
    )


def start_names(live: Live, *, first: int) -> list[str]:
    """The names at the left of the arrows into the first box that is seen, a lane each."""
    lanes = live.lanes
    if len(lanes) > 1:
        return [live.lane_name(lane) for lane in lanes]
    if first:
        return [MORE]
    return ["h_0" if live.notation else START]


def laid_out(live: Live, rows: Rows, left: int, width: int) -> Layout:
    """The columns in `width` cells from cell `left` on, with the current word among them, and not at the end of them.

    Where there is room for all words the arrows are longer.
    """
    number, arrow, brought = widest(live.trace, live.view.unit)
    margin = max(map(cell_len, [*start_names(live, first=0), MORE])) + 2
    room, total = width - margin - 1, len(live.trace)
    longest = _longest_word(live.trace) + 2 + 4 * live.notation
    for node, gap, enough in _sizes(live, rows, number, arrow):
        beside = 2 + brought - (node - node // 2) if node >= number + PADS else 0
        overhang = max(0, beside, min(longest, node + gap) // 2 - node // 2)
        count = max(1, min(total, (room - overhang) // (node + gap)))
        if count < total:
            overhang = max(overhang, AFTER)
            count = max(1, min(total, (room - overhang) // (node + gap)))
        if count >= min(total, enough):
            break
    room -= overhang
    spare = max(0, room - count * (node + gap))
    if node < number + PADS and spare >= 2 * count:  # the boxes were tight, and need not be
        node, spare = node + 2, spare - 2 * count
    longer = min(spare // count, WIDEST_GAP - gap) if gap < WIDEST_GAP else 0
    gap += longer
    before = min(1, count - 1) if count < ENOUGH else count - 2
    at = total - 1 - live.view.t if live.backward else live.view.t
    first = max(0, min(at - before, total - count))
    begin = left + margin + max(0, (room - count * (node + gap)) // 2)
    mirror = 2 * left + width if live.backward else None
    laid = Layout(rows, first, count, total, begin, node, gap, mirror=mirror)
    touches = mirror is None and laid.middle(first + count - 1) + 2 + brought >= left + width - 1
    return replace(laid, crowded=touches)


def _sizes(live: Live, rows: Rows, number: int, arrow: int) -> Iterator[tuple[int, int, float]]:
    """The cells of a box and of an arrow, the largest first, each with how many words have to fit so."""
    keep = live.model.cell.keep_gate
    named = number + PADS if not rows.named else max(number, cell_len(box_name(live, 0, LONGEST_NAME))) + PADS
    arrow_named = arrow if keep is None else arrow + 1 + len(gate_head(live.view, keep))
    yield named, arrow_named + LEAST_GAP, math.inf
    yield number + PADS, arrow_named + LEAST_GAP, math.inf
    yield number + PADS, arrow + LEAST_GAP, ENOUGH
    pads, beside = TIGHT_FRAMED if rows.framed else TIGHT
    yield number + pads, arrow + beside, 0


@lru_cache(maxsize=4)
def _longest_word(trace: Trace) -> int:
    """The cells of the longest word of a sentence."""
    return max(cell_len(printable(token.surface)) for token in trace.tokens)


def box_name(live: Live, t: int, room: int) -> str:
    """The name in a box, in at most `room` cells: the picked unit's, in notation that of the hidden state."""
    number = f"{live.view.unit + 1}"
    names = [f"h_{t + 1}[{number}]", f"h_{t + 1}"] if live.notation else [live.unit_name, f"unit {number}"]
    return next((name for name in names if cell_len(name) <= room), "")
