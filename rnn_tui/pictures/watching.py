"""A training that goes on: how far it has come, and the answers that it has just come to get right or wrong."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from rnn_tui.learning.watching.messages import Answered, EpochEnded
from rnn_tui.pictures.frames import framed
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, fit, sized, width_of
from rnn_tui.text import printable

WAITS, TRAINS, PAUSED, STOPS, OVER, FAILED = "waits", "trains", "paused", "stops", "over", "failed"


@dataclass(frozen=True)
class Progress:
    """The place that a training has come to.

    `epoch` is the last that has ended, of at most `planned`; `seconds` is the time of an epoch, None before the first,
    `pace` the least time that is asked for. `best` is the epoch that was the best so far. `step` is the epoch and the
    number of the batch that was last taken alone. `said` is what it has said at its end.
    """

    doing: str
    epoch: int
    planned: int
    seconds: float | None = None
    pace: float = 0.0
    best: int | None = None
    step: tuple[int, int] | None = None
    said: str = ""


def progress(view: Progress, width: int, palette: Palette) -> Row:
    """One row: what it does, and as much more as there is room for, the most important first."""
    alarming = view.doing in (FAILED, PAUSED)
    style = (palette.negative if view.doing == FAILED else palette.accent) + Style(bold=True)
    row: Row = [Segment(f" {view.doing}", style if alarming or view.doing != OVER else palette.strong)]
    for part in _parts(view):
        text = f"  {part}" if len(row) == 1 else f" · {part}"
        if len(row) == 1 or width_of(row) + cell_len(text) <= width:
            row.append(Segment(text, palette.text))
    if width_of(row) > width:  # what it has said may be longer than any screen
        said = fit("".join(segment.text for segment in row[1:]), width - cell_len(row[0].text))
        row = [row[0], Segment(said, palette.text)]
    return sized(row, width)


def _parts(view: Progress) -> list[str]:
    best = [] if view.best is None else [f"best so far: epoch {view.best}"]
    if view.doing in (OVER, FAILED):
        return [printable(view.said)]
    if view.doing == STOPS:
        return ["it keeps the best so far"]
    if view.doing == PAUSED and view.step is not None and view.step[0] > view.epoch:
        return [f"after batch {view.step[1]} of epoch {view.step[0]} of at most {view.planned}", *best]
    parts = [
        f"epoch {view.epoch + 1} of at most {view.planned}" if view.epoch < view.planned else "all epochs are done"
    ]
    if view.seconds is not None:
        lasts = max(view.seconds, view.pace)
        parts.append(f"{duration(lasts)} an epoch" + (", held back" if view.pace > view.seconds else ""))
        if view.doing == TRAINS:
            parts.append(f"at most {duration((view.planned - view.epoch) * lasts)} left")
    return [*parts, *best]


def duration(seconds: float) -> str:
    """A time in words: "0.03 s", "12 s", "3 min 20 s", "2 h 5 min"."""
    if seconds < 9.95:
        return f"{seconds:.2f} s" if seconds < 0.995 else f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 100:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


@dataclass(frozen=True)
class ChangedView:
    """An epoch, and what became of its answers, None where nothing is known of it."""

    epoch: int
    ended: EpochEnded | None = None


def changed_answers(view: ChangedView, width: int, height: int, palette: Palette) -> list[Row]:
    """The texts whose answer has become right in an epoch, and those that it got right before and no more."""
    ended = view.ended
    if ended is None:
        nothing = "  nothing before training" if view.epoch == 0 else f"  epoch {view.epoch} was not watched"
        title: Row = [Segment("Just learned", palette.strong), Segment(nothing, palette.muted)]
        return framed([], width, height, title, palette.frame)
    title = [
        Segment("Just learned", palette.strong),
        Segment(f"  in epoch {ended.told.epoch}: ", palette.muted),
        Segment(f"{ended.gains} more right", palette.positive),
        Segment(", ", palette.muted),
        Segment(f"{ended.losses} no more", palette.negative),
    ]
    if ended.looked:
        room = width - 6 - width_of(title)
        among = (f", of {ended.looked} short texts", f" of {ended.looked}")
        title.append(Segment(next((said for said in among if cell_len(said) <= room), ""), palette.muted))
    inner, lines = width - 4, height - 2
    fair = max(lines - min(len(ended.lost), lines // 2), 0)
    gained = ended.gained[:fair]
    lost = ended.lost[: lines - len(gained)]
    rows = [_line(answer, "right now", palette.positive, inner, palette) for answer in gained]
    rows += [_line(answer, "no more", palette.negative, inner, palette) for answer in lost]
    return framed([[Segment(" "), *row] for row in rows], width, height, title, palette.frame)


MARK = 10
"""The cells of the words that say which way an answer has changed."""


def _line(answer: Answered, mark: str, style: Style, width: int, palette: Palette) -> Row:
    is_now = printable(answer.right)
    said = is_now if answer.given == answer.right else f"{is_now}, and now it says {printable(answer.given)}"
    where = f"{printable(answer.word)} in “{printable(answer.text)}”" if answer.word else printable(answer.text)
    told = f"  {said}"
    room = max(8, width - MARK - cell_len(told))
    return sized(
        [Segment(fit(mark, MARK), style), Segment(_cut(where, room), palette.text), Segment(told, palette.muted)], width
    )


def _cut(text: str, room: int) -> str:
    return fit(text, room).rstrip() if cell_len(text) > room else text
