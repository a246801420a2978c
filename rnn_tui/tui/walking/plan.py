"""The regions of the panels: a pure function of the screen's size, the network's size and the phase at work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from textual.geometry import Region

from rnn_tui.network.phases import CHECK, Phase
from rnn_tui.tui.panels.notice import LEAST
from rnn_tui.tui.walking.sizes import Sizes

WIDE = (116, 140, 160, 180)  # from these widths on five, six, seven, or more phases stand side by side
MAX_PITCH, MAX_MEMORY_PITCH = 6, 4
FRAME = 4  # the cells that a panel is wider than what is in it
TALL = 22  # from here on a story has all the rows that it needs
ROOM_FOR_EDITS = 30  # from here on the panel of edits has a frame
ROOM_FOR_QUESTION = 30  # from here on there is room for the answers under the words beside a question
LEAST_STRIP = 6  # the rows that the strips of the lanes keep below what stands above them
LEAST_PICTURE = 10  # the rows above a question that the picture keeps
LANES = ("lane-forward", "lane-backward")
"""The panels of the strips of both lanes, the one that reads forward first."""
ENOUGH = 5  # with so many units in sight the other phases may have a line each


@dataclass(frozen=True)
class Plan:
    """The region of each panel by its name (one without a region is not drawn), and how rows are shared out.

    `count` hidden units are visible, each `pitch` lines in the phases and `memory_pitch` lines in the memory strip.
    """

    regions: Mapping[str, Region]
    count: int = 1
    pitch: int = 1
    memory_pitch: int = 1
    wide: bool = False

    def inner_widths(self, phases: Sequence[Phase]) -> tuple[tuple[str, int], ...]:
        """The name of each phase, and the cells inside its frame, where they stand side by side."""
        regions = ((phase.name, self.regions.get(f"phase-{phase.name}")) for phase in phases if self.wide)
        return tuple((name, region.width - FRAME) for name, region in regions if region is not None)


def plan(width: int, height: int, sizes: Sizes) -> Plan:
    """Lay the screen out in `width` by `height` cells."""
    if width < LEAST.width or height < LEAST.height:
        return Plan({"notice": Region(0, 0, width, height)})
    if height < TALL or (sizes.question and height < ROOM_FOR_QUESTION) or (sizes.what_if and height < ROOM_FOR_EDITS):
        sizes = replace(sizes, answers=False, low=True)
    if sizes.presenting:
        return _presenting(width, height, sizes)
    if sizes.large:
        return _asking(width, height, sizes)
    if sizes.lines and not sizes.low:
        sizes = _with_building(width, height, sizes)
        lanes = [
            replace(floor, building=sizes.building, lines=sizes.lines) for floor in sizes.floors if not floor.apart
        ]
        airy = (_drawn(width, height, lane, wide=_is_wide(width, lane), airy=True).count for lane in lanes)
        sizes = replace(sizes, airy=all(count == lane.hidden_size for count, lane in zip(airy, lanes, strict=True)))
    return _overview(width, height, sizes)


def _with_building(width: int, height: int, sizes: Sizes) -> Sizes:
    """The sizes with the building above the words, if on every floor there is room enough for units below it.

    Where there is none for a line a lane, both lanes of a layer share one.
    """
    for lines in dict.fromkeys((sizes.lines, sizes.compact)):
        built = [replace(floor, lines=lines, building=True, arithmetic=False, full=False) for floor in sizes.floors]
        if all(_overview(width, height, one).count >= min(one.hidden_size, ENOUGH) for one in built):
            return replace(sizes, building=True, lines=lines)
    return sizes


def _overview(width: int, height: int, sizes: Sizes) -> Plan:
    """The plan with as much air as there is room for."""
    wide = _is_wide(width, sizes)
    drawn = _drawn(width, height, sizes, wide=wide, airy=True)
    if drawn.count < sizes.hidden_size and not sizes.airy:
        drawn = _drawn(width, height, sizes, wide=wide, airy=False)
    if drawn.count < sizes.hidden_size and sizes.answers:  # rather all units than the answer after each word
        without = _drawn(width, height, replace(sizes, answers=False), wide=wide, airy=False)
        return without if without.count == sizes.hidden_size else drawn
    return drawn


def _is_wide(width: int, sizes: Sizes) -> bool:
    """True where the phases stand side by side: those of a lane need as much room as with a Check."""
    cells = len(sizes.phases) + all(phase.name != CHECK.name for phase in sizes.phases)  # a lane has no Check
    return width >= WIDE[min(max(cells - 5, 0), len(WIDE) - 1)]


def _presenting(width: int, height: int, sizes: Sizes) -> Plan:
    """The presenter view in all rows but those of the keys and of the edits; the header where there is room for it."""
    header, panel = height >= ROOM_FOR_EDITS, _panel_rows(height) if sizes.what_if else 0
    regions = {"header": Region(0, 0, width, 1)} if header else {}
    regions["present"] = Region(0, header, width, height - 1 - header - panel)
    if panel:
        regions["what-if"] = Region(0, height - 1 - panel, width, panel)
    return Plan(regions | {"footer": Region(0, height - 1, width, 1)}, sizes.hidden_size)


def _asking(width: int, height: int, sizes: Sizes) -> Plan:
    """A question in all rows but those of the header, the words and the keys."""
    words = 2 + sizes.curve
    regions = {
        "header": Region(0, 0, width, 1),
        "ribbon": Region(0, 1, width, words),
        "question": Region(0, 1 + words, width, height - 2 - words),
        "footer": Region(0, height - 1, width, 1),
    }
    return Plan(regions, sizes.hidden_size)


def _panel_rows(height: int) -> int:
    """The rows of the panel of edits."""
    return 5 if height >= ROOM_FOR_EDITS else 3


def _drawn(width: int, height: int, sizes: Sizes, *, wide: bool, airy: bool) -> Plan:
    """The plan with blank lines between its parts, or without them, so that more units are visible."""
    story = _story_rows(width, height, sizes)
    airy = airy and not sizes.full  # a lens on the whole screen takes all the room there is
    story_gap = 1 if airy and height >= 32 else 0
    above = 1 if airy and height >= 30 else 0
    words = 1 if _tells_in_full(height, sizes) else 2  # the line below them gives the story its row
    ribbon = (1 + sizes.lines if sizes.building else words) + sizes.curve + sizes.under
    top = 1 + above + ribbon + (1 if airy and height >= 36 else 0)
    bottom = 1 + story + story_gap
    regions = {
        "header": Region(0, 0, width, 1),
        "ribbon": Region(0, 1 + above, width, ribbon),
        "question" if sizes.question else "story": Region(0, height - 1 - story, width, story),
        "footer": Region(0, height - 1, width, 1),
    }
    if sizes.what_if:
        panel = _panel_rows(height)
        bottom += panel
        regions["what-if"] = Region(0, height - bottom, width, panel)
    body = Region(0, top, width, height - top - bottom)
    if sizes.full:
        return Plan(regions | {"lens": body}, sizes.hidden_size, wide=wide)
    if sizes.arithmetic:
        return Plan(regions | {"arithmetic": body}, sizes.hidden_size, wide=wide)
    return _wide(body, regions, sizes) if wide else _narrow(body, regions, sizes)


def _story_rows(width: int, height: int, sizes: Sizes) -> int:
    """The rows in which what is told stands whole: the story of a phase, or the four sentences of a lens."""
    if sizes.question:
        return min(sizes.question, height - LEAST_PICTURE)
    if sizes.low:
        return 3 + _tells_in_full(height, sizes) if height >= TALL or sizes.notation else 2
    if sizes.full:
        return 6 if height >= 34 and width < 100 else 5
    if width < 100:
        return 6 if sizes.notation else 4
    return 5 if sizes.notation else 4


def _tells_in_full(height: int, sizes: Sizes) -> bool:
    """True where there is room for units alone, and the story needs a row more: of several floors, or of numbers."""
    return sizes.low and sizes.what_if and (bool(sizes.floors) or sizes.curve) and height >= TALL


def _share(room: int, units: int) -> tuple[int, int, int]:
    """The number of units that fit into `room` lines, phases above and memory below, and their pitches.

    Where not all fit, a line above and one below are left for the others, which stand in it as a row of heat.
    """
    count = max(1, min(units, room // 2))
    if count < units:
        count = max(1, (room - 2) // 2)
    pitch = memory_pitch = 1
    spare = room - 2 * count - 2 * (count < units)
    while spare >= count and (pitch < MAX_PITCH or memory_pitch < MAX_MEMORY_PITCH):
        if memory_pitch >= MAX_MEMORY_PITCH or (pitch < MAX_PITCH and pitch <= memory_pitch + 1 and pitch != 2):
            pitch += 1
        else:
            memory_pitch += 1
        spare -= count
    return count, pitch, memory_pitch


def _share_apart(room: int, units: int) -> tuple[int, int, int]:
    """The same where there is no memory below: all lines are the phase's."""
    count = max(1, min(units, room))
    if count < units:
        count = max(1, room - 1)
    return count, max(1, min(MAX_PITCH, (room - (count < units)) // count)), 1


def _wide(body: Region, regions: Mapping[str, Region], sizes: Sizes) -> Plan:
    """All phases side by side, the memory strip and the arithmetic below them."""
    extra = max(2, min(sizes.labels, 4)) + 1  # lines below the units: the output bars and their caption
    if sizes.apart and len(sizes.phases) == 1 and sizes.phases[0].name != CHECK.name:
        extra = 1  # a phase that stands alone says in its title what it does
    least = 2 if sizes.hidden_size == 1 else 4  # a unit has its line above and below in any case, and the others one
    extra = max(0, min(extra, body.height - 3 - 3 - sizes.answers - least))
    room = body.height - 3 - extra - 3 - sizes.answers
    count, pitch, memory_pitch = _share(room, sizes.hidden_size)
    if sizes.apart and count < sizes.hidden_size:  # what is below shows other units, and can do with fewer rows
        more = min(sizes.hidden_size, max(count, room - LEAST_STRIP), room)
        count, pitch, memory_pitch = more, 1, 1
    upper = 3 + count * pitch + extra + (count < sizes.hidden_size)
    memory_height = min(body.height - upper, _strip_rows(sizes, count, memory_pitch))
    placed = dict(regions)
    x = body.x
    for phase, size in zip(sizes.phases, _phase_widths(body.width, sizes.phases), strict=True):
        placed[f"phase-{phase.name}"] = Region(x, body.y, size, upper)
        x += size
    strip = body.width * 58 // 100
    lower_height = max(memory_height, min(body.height - upper, 10))
    if len(sizes.states) > 1 or sizes.apart:
        strip = strip * 120 // 100
    names = LANES[: sizes.lanes] if sizes.apart else [strip_name(state) for state in sizes.states]
    placed |= _strips(Region(body.x, body.y + upper, strip, lower_height), names)
    placed["lens" if sizes.lens else "why"] = Region(body.x + strip, body.y + upper, body.width - strip, lower_height)
    return Plan(placed, count, pitch, memory_pitch, wide=True)


def _strip_rows(sizes: Sizes, count: int, pitch: int) -> int:
    """The lines of a memory strip: its frame and head, its units, the row of the others, and the answers."""
    return 3 + count * pitch + (count < sizes.hidden_size) + sizes.answers


def strip_name(state: str) -> str:
    """The name of the panel that shows a state after each word, by the state's name."""
    return "memory" if state == "h" else f"memory-{state}"


def _strips(room: Region, names: Sequence[str]) -> dict[str, Region]:
    """The memory strips side by side, by the names of their panels, which share the room."""
    edges = [room.x + room.width * index // len(names) for index in range(len(names) + 1)]
    return {
        name: Region(left, room.y, right - left, room.height)
        for name, (left, right) in zip(names, pairwise(edges), strict=True)
    }


_ROOMY = 155  # from here on a phase is as wide as it wants to be on a wide screen


def _phase_widths(width: int, phases: Sequence[Phase]) -> list[int]:
    """The width of each phase's panel: by what it has to show, together exactly `width`."""
    shares = [phase.roomy if phase.roomy and width >= _ROOMY else phase.width for phase in phases]
    widths = [width * share // sum(shares) for share in shares]
    widths[min(1, len(widths) - 1)] += width - sum(widths)
    return widths


def _narrow(body: Region, regions: Mapping[str, Region], sizes: Sizes) -> Plan:
    """The phase at work in full width, each of the others in one line or all in one, the memory strip below."""
    lines = len(sizes.phases) - 1
    frames = 3 if sizes.apart else 3 + 3 + sizes.answers
    steps = body.height < lines + frames + 2 * min(sizes.hidden_size, ENOUGH) + 2 * (sizes.hidden_size > ENOUGH)
    if steps:  # no room for a line each: then all their names in one
        lines, steps = 0, not sizes.low
    least = sizes.labels + 1 if "logits" in sizes.phases[sizes.current].shows else 0
    shared = _share_apart if sizes.apart and not sizes.lens else _share
    count, pitch, memory_pitch = shared(body.height - lines - steps - frames, sizes.hidden_size)
    strip = 0 if sizes.apart else _strip_rows(sizes, count, memory_pitch)
    tall = 3 + count * pitch + (count < sizes.hidden_size)
    tall = max(tall, min(2 + least, body.height - lines - steps - strip))
    placed = dict(regions)
    y = body.y
    if steps:
        placed["steps"] = Region(body.x, y, body.width, 1)
        y += 1
    for index, phase in enumerate(sizes.phases):
        size = tall if index == sizes.current else min(1, lines)
        if size:
            placed[f"phase-{phase.name}"] = Region(body.x, y, body.width, size)
            y += size
    rest = body.bottom - y
    if sizes.lens:  # in place of the memory strip
        return Plan(placed | {"lens": Region(body.x, y, body.width, rest)}, count, pitch, memory_pitch)
    if not sizes.apart:
        strips = Region(body.x, y, body.width, min(rest, strip))
        placed |= _strips(strips, [strip_name(state) for state in sizes.states])
    return Plan(placed, count, pitch, memory_pitch)


def bars(width: int, height: int) -> dict[str, Region]:
    """The header and the footer, over the whole width."""
    return {"header": Region(0, 0, width, 1), "footer": Region(0, height - 1, width, 1)}


def moved(walk: Plan, by: tuple[int, int], size: tuple[int, int], own: dict[str, Region]) -> Plan:
    """The walk's plan with its panels further right and down, the bars over the whole width, and panels beside it."""
    regions = {name: region.translate(by) for name, region in walk.regions.items()}
    return replace(walk, regions=regions | bars(*size) | own)
