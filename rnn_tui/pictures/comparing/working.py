"""The phase at work on a side, and its answer as bars; above all, what is compared."""

from __future__ import annotations

from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment

from rnn_tui.comparison import Comparison
from rnn_tui.pair import SIDES
from rnn_tui.pictures import phases
from rnn_tui.pictures.check import SIDE_BY_SIDE, votes
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.outputs import caption, outputs
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.phases import phase_panel
from rnn_tui.pictures.picks import UnitPick
from rnn_tui.pictures.prose import prose
from rnn_tui.pictures.rows import Row, fit, over, sized, width_of
from rnn_tui.pictures.table import lay_out
from rnn_tui.scene import Position
from rnn_tui.story.comparing import compared
from rnn_tui.story.comparing_floors import level_name, waiting
from rnn_tui.text import quoted

MOST_BARS = 6
ANSWER, OTHERS = 2, 1
"""The rows that the answer takes below the votes at least, and that of the units out of sight."""


def working_panel(side: Side, width: int, height: int, palette: Palette) -> list[Row]:
    """The phase at work, or that this side waits."""
    if not side.waits and side.bars and side.phase.name == "check":
        return _voting_panel(side, width, height, palette)
    if not side.waits:
        side = _fitting(side, width, height)
        return phase_panel(side, side.titled_phase(side.phase), width, height, palette)
    rows = prose((waiting(side.comparison, side.which, side.at),), width - 4, height - 2, palette)
    title = [Segment(f"{SIDES[side.which]} waits", palette.muted)]
    return framed([[Segment(" "), *row] for row in rows], width, height, title, palette.frame_dim)


def pick_at(side: Side, width: int, height: int, x: int, y: int) -> UnitPick | None:
    """The unit at a cell of the panel that `working_panel` draws."""
    side = side if side.bars else _fitting(side, width, height)
    pick = None if side.waits else phases.pick_at(side, side.phase, width, height, x, y)
    return pick if isinstance(pick, UnitPick) else None


def _fitting(side: Side, width: int, height: int) -> Side:
    """The side with as many units in sight as there is room for where the answer stands below their votes.

    The picked one is among them, and the others have a row.
    """
    inner = height - 2
    if side.phase.name != "check" or width - 4 >= SIDE_BY_SIDE or 1 + side.count * side.pitch + ANSWER <= inner:
        return side
    if 1 + side.count + ANSWER <= inner:
        return replace(side, pitch=1)
    return replace(side, count=max(1, min(side.count, inner - 1 - OTHERS - ANSWER)), pitch=1)


def _voting_panel(side: Side, width: int, height: int, palette: Palette) -> list[Row]:
    """Check without the output nodes, which have a panel of their own."""
    placed = lay_out(side, side.phase, width - 4)
    rows: list[Row] = [[Segment(" "), *row] for row in votes(side, side.phase, placed, width - 4, palette)]
    title = [Segment(side.titled(side.phase.heading), palette.accent)]
    return framed(rows, width, height, title, palette.frame_now, heavy=True)


def answer_panel(side: Side, width: int, height: int, palette: Palette) -> list[Row]:
    """The output nodes as bars."""
    style = palette.accent if side.final else palette.muted
    rows: list[Row] = [[Segment(fit(_caption(side, width - 4), width - 4), style)]]
    most = height - 3 if side.model.output_size <= MOST_BARS else min(height - 3, MOST_BARS)
    rows += outputs(side, width - 4, most, palette)
    title = [Segment(side.titled("Answer"), palette.text)]
    return framed([[Segment(" "), *row] for row in rows], width, height, title, palette.frame)


def _caption(side: Side, width: int) -> str:
    """After which word the answer is."""
    if side.answered is None or side.final:
        return caption(side, width)
    return f"after {quoted(side.trace.tokens[side.answered].surface)}"


def header(side: Side, width: int, palette: Palette) -> list[Row]:
    """The program, what is compared, and the position."""
    comparison, at = side.comparison, side.at
    right: Row = [Segment(f" {comparison.a.model.tokenizer.unit} {at.t + 1} of {len(comparison)} ", palette.bar)]
    if side.scene.lens is None:  # through a lens there are no phases to see
        right += [Segment("· ", palette.bar), Segment(f"{stage(comparison, at)} ", palette.accent)]
    badge = Segment(" rnn-tui ", palette.badge)
    room = max(0, width - width_of(right) - badge.cell_length)
    texts = (f" compare: {compared(comparison)}", " compare")
    said = Segment(fit(next((text for text in texts if cell_len(text) <= room), ""), room), palette.strong)
    return [over(sized([badge, said, *right], width), palette.bar)]


def stage(comparison: Comparison, at: Position) -> str:
    """The heading of a stage: the lane's and the phase's, or the phases of both sides."""
    spots = comparison.level.phases[at.phase].spots
    headings = [
        trace.model.phases[spot.phase].heading
        for trace, spot in zip(comparison.traces, spots, strict=True)
        if spot is not None
    ]
    lane = level_name(comparison)
    return f"{f'{lane} · ' if lane else ''}{' | '.join(dict.fromkeys(headings))}"
