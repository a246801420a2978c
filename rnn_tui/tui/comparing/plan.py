"""The regions of a comparison's panels: a pure function of the screen's size and of the two networks' sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.geometry import Region

from rnn_tui.comparison import Comparison
from rnn_tui.pictures.amounts import rows_of
from rnn_tui.pictures.comparing.side import FIGURES, LONGEST_NAME, MARGIN, least_cell, names_width
from rnn_tui.text import printable
from rnn_tui.tui.panels.notice import LEAST

BESIDE = 140
"""From this width on the sides stand beside each other, if the words of each fit into half of it."""
FRAMED = 30
"""From this height on a side has a frame."""
WITH_BARS = 108
"""From this width on there is room for the answer as bars beside the columns and the phase."""
LENS_STORY = 22
"""From this height on there are four lines: one about the lens on each side, and two about what it means."""
LENS_FRAMED = 12
"""From this height on a lens has a frame."""
LENS_WITH_WORDS = 24
"""The lines that must be left for the lenses for both sentences to stand above them."""
MAX_PITCH = 4
COMFORTABLE, NARROW = 10, 4
"""The cells of a column that is easy to read, with figures and without."""
LEAST_PHASE, LEAST_BARS = 27, 18


@dataclass(frozen=True)
class CompareSizes:
    """The sizes of a comparison that its plan depends on."""

    hidden_size: int  # the larger of both
    labels: int
    label_width: int  # of the longest label, as far as it is shown
    same_units: bool
    same_labels: bool
    columns: int  # the least cells that all columns take, with the names in front
    comfortable: int  # the cells with which they are easy to read
    words: int = 1  # of the longer sentence
    lens: bool = False  # the sides are seen through one

    @classmethod
    def of(cls, comparison: Comparison, *, lens: bool = False) -> CompareSizes:
        """The sizes of both networks and their words."""
        least, names = least_cell(comparison), names_width(comparison)
        easy = max(least, COMFORTABLE if least >= FIGURES else NARROW)
        models = [trace.model for trace in comparison.traces]
        return cls(
            hidden_size=max(model.hidden_size for model in models),
            labels=max(map(rows_of, models)),
            label_width=min(LONGEST_NAME, max(len(printable(label)) for model in models for label in model.labels)),
            same_units=comparison.same_units,
            same_labels=comparison.same_labels,
            columns=names + len(comparison) * least,
            comfortable=names + len(comparison) * easy,
            words=max(map(len, comparison.traces)),
            lens=lens,
        )


@dataclass(frozen=True)
class ComparePlan:
    """The region of each panel by its name; those of a side end in -a or -b.

    `count` units of each side are visible, each `pitch` lines in its phase and `memory_pitch` lines in its columns.
    `framed` says whether sides have a frame, `words` whether both sentences stand together above the sides.
    """

    regions: Mapping[str, Region]
    count: int = 1
    pitch: int = 1
    memory_pitch: int = 1
    framed: bool = False
    words: bool = False


def compare_plan(width: int, height: int, sizes: CompareSizes) -> ComparePlan:
    """Lay a comparison out in `width` by `height` cells."""
    if width < LEAST.width or height < LEAST.height:
        return ComparePlan({"notice": Region(0, 0, width, height)})
    story = 3 if height >= 26 else 2
    if sizes.lens and height >= LENS_STORY:
        story = 4
    above = 1 if height >= 34 else 0
    regions = {
        "header": Region(0, 0, width, 1),
        "story": Region(0, height - 1 - story, width, story),
        "footer": Region(0, height - 1, width, 1),
    }
    body = Region(0, 1 + above, width, height - 2 - story - 2 * above)
    if sizes.lens:
        return _lenses(body, regions, sizes)
    if width >= BESIDE and height >= FRAMED and sizes.columns <= width // 2 - 3:
        return _beside(body, regions, sizes)
    return _stacked(body, regions, sizes, framed=height >= FRAMED)


def _lenses(body: Region, regions: Mapping[str, Region], sizes: CompareSizes) -> ComparePlan:
    """The lens of each side; on a wide screen beside each other, and above them both sentences where they fit.

    On a narrow one they stand above each other, unless there would not be a row for each word: that the first word
    stays in sight is worth more than wide columns.
    """
    placed = dict(regions)
    each = body.height // 2
    framed = each >= LENS_FRAMED
    if body.width < BESIDE and sizes.words + 1 <= each - (2 if framed else 1):
        placed["lens-a"] = Region(body.x, body.y, body.width, each)
        placed["lens-b"] = Region(body.x, body.bottom - each, body.width, each)
        return ComparePlan(placed, framed=framed)
    top = 5 + sizes.same_labels
    words = body.width >= BESIDE and body.height - top >= LENS_WITH_WORDS
    if words:
        placed["between"] = Region(body.x, body.y, body.width, top)
        body = Region(body.x, body.y + top, body.width, body.height - top)
    half = body.width // 2
    placed["lens-a"] = Region(body.x, body.y, half, body.height)
    placed["lens-b"] = Region(body.x + half, body.y, body.width - half, body.height)
    return ComparePlan(placed, framed=True, words=words)


def _stacked(body: Region, regions: Mapping[str, Region], sizes: CompareSizes, *, framed: bool) -> ComparePlan:
    """One side above the other; their columns, and those of the difference between them, stand above each other."""
    around = 2 + (2 if framed else 1)  # a side's words, its answers, and its frame or its title
    fixed = 1 + sizes.same_labels
    room = body.height - 2 * around - fixed
    between = 0
    if sizes.same_units:
        between = sizes.hidden_size if room >= 3 * sizes.hidden_size else max(1, min(sizes.hidden_size, room // 5))
    count = max(1, min(sizes.hidden_size, (room - between) // 2))
    pitch = max(1, min(MAX_PITCH, (room - between) // (2 * count)))
    side = around + count * pitch
    spare = body.height - 2 * side - fixed - between
    above = min(1, spare // 2)  # a blank line above the difference and one below it
    upper = Region(body.x, body.y, body.width, side)
    middle = Region(body.x, upper.bottom + above, body.width, fixed + between)
    lower = Region(body.x, middle.bottom + above, body.width, side)
    placed = dict(regions) | {"between": middle}
    bars = LEAST_BARS + sizes.label_width if body.width >= WITH_BARS else 0
    strip = min(body.width * 62 // 100, MARGIN + 1 + sizes.comfortable, body.width - bars - LEAST_PHASE)
    strip = max(strip, body.width * 45 // 100)
    phase = body.width - bars - strip
    placed["between"] = Region(middle.x, middle.y, strip, middle.height)
    for name, region in (("a", upper), ("b", lower)):
        placed[f"side-{name}"] = Region(region.x, region.y, strip, region.height)
        placed[f"phase-{name}"] = Region(region.x + strip, region.y, phase, region.height)
        if bars:
            placed[f"answer-{name}"] = Region(region.x + strip + phase, region.y, bars, region.height)
    return ComparePlan(placed, count, pitch, pitch, framed)


def _beside(body: Region, regions: Mapping[str, Region], sizes: CompareSizes) -> ComparePlan:
    """Both sentences and the difference over the whole width; below them one side at the left, one at the right."""
    fixed = 2 + 3 + sizes.same_labels  # the frame, both sentences and the marks, the answers
    room = body.height - fixed - 4 - 3 - 1  # a line for what the phase does
    between = 0
    if sizes.same_units:
        between = sizes.hidden_size if room >= 3 * sizes.hidden_size else max(1, min(sizes.hidden_size, room // 5))
    count = max(1, min(sizes.hidden_size, (room - between) // 2))
    pitch = max(1, min(MAX_PITCH, (room - between) // (2 * count)))
    memory_pitch = max(1, min(MAX_PITCH, (room - between) // count - pitch))
    top = Region(body.x, body.y, body.width, fixed + between)
    half = body.width // 2
    strip = 4 + count * memory_pitch
    lower = min(body.bottom - top.bottom - strip, max(5 + count * pitch, 3 + min(sizes.labels, 6)))
    placed = dict(regions) | {"between": top}
    for name, x, width in (("a", body.x, half), ("b", body.x + half, body.width - half)):
        y = top.bottom
        answer = width * 36 // 100
        placed[f"side-{name}"] = Region(x, y, width, strip)
        placed[f"phase-{name}"] = Region(x, y + strip, width - answer, lower)
        placed[f"answer-{name}"] = Region(x + width - answer, y + strip, answer, lower)
    return ComparePlan(placed, count, pitch, memory_pitch, framed=True, words=True)
