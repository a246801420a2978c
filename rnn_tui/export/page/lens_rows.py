"""The picture of a lens for a page: the rows that the terminal would show, each run of signs with its style's name.

The page colours them by these names, in light and in dark, so that a picture is written down once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from rnn_tui.lenses import lens
from rnn_tui.lenses.measuring import measure, question, slide, swept_already

if TYPE_CHECKING:
    from rich.segment import Segment
    from rich.style import Style

    from rnn_tui.network.trace import Trace
    from rnn_tui.pictures.palette import Palette
    from rnn_tui.scene import Scene

SIZES = {"wide": (84, 24), "narrow": (44, 28)}
"""The cells of a picture on a large screen and on a phone."""
ROLES = ("muted", "faint", "accent", "badge", "bar", "positive", "positive_dark", "negative", "negative_dark", "answer")
FRAMES = ("frame", "frame_now", "frame_dim")
RAMP = 5
"""The steps of a colour of heat."""

Run = tuple[str, str]


def lens_rows(scene: Scene, trace: Trace) -> dict[str, Any]:
    """The picture of a scene's lens in each of the sizes, with its heading and its sentences.

    Raises UserError where the lens has nothing to show for this network.
    """
    from rnn_tui.pictures.lenses import picture_of
    from rnn_tui.pictures.view import Measurement, View
    from rnn_tui.story import plain
    from rnn_tui.story.lenses import tell_lens

    assert scene.lens is not None
    record, floor, t = lens(scene.lens), trace.on(scene.position.floor), scene.position.t
    found = measure(question(record.name, floor, t, scene.unit_in(floor)), trace)
    alone = record.slides and not swept_already(record.name, found)
    swept = measure(slide(record.name, trace, t), trace) if alone else None
    view = View(trace, scene, count=floor.model.hidden_size, measurement=Measurement(record.name, found, swept=swept))
    pictures = {
        size: _named(picture_of(record.name).draw(found, view, width, height, _palette()), closed=record.each_phase)
        for size, (width, height) in SIZES.items()
    }
    told = [said for line in tell_lens(record.name, found, trace, scene) if (said := plain(line))]
    return {"asks": record.asked_of(trace.model.tokenizer.unit), "shows": record.shows, "told": told, **pictures}


def _named(rows: Iterable[Iterable[Segment]], *, closed: bool) -> list[list[Run]]:
    """The rows as runs of one style each, without the empty ones at the end.

    With `closed` no more than one empty row is left between two others: in a picture without a scale they are but room.
    """
    named: list[list[Run]] = []
    for row in map(_runs, rows):
        if not (closed and _is_empty(row) and (not named or _is_empty(named[-1]))):
            named.append(row)
    while named and _is_empty(named[-1]):
        named.pop()
    return named


def _is_empty(row: list[Run]) -> bool:
    return not "".join(text for text, _ in row).strip()


def _runs(row: Iterable[Segment]) -> list[Run]:
    runs: list[Run] = []
    for text, style, _ in row:
        name = _name(style)
        if runs and runs[-1][1] == name:
            runs[-1] = (runs[-1][0] + text, name)
        elif text:
            runs.append((text, name))
    return runs


def _name(style: Style | None) -> str:
    """The names of a style: those of its colours, and "strong" for what is bold; "" for plain text."""
    if style is None:
        return ""
    colours = (colour.name for colour in (style.color, style.bgcolor) if colour is not None)
    found = dict.fromkeys(name for colour in colours if (name := _names()[colour]))
    return " ".join([*found, *(["strong"] if style.bold else [])])


@cache
def _names() -> dict[str, str]:
    """The name of each role by the colour that stands for it in the palette, no two of which are alike."""
    named = [role.replace("_", "-") for role in (*ROLES, *FRAMES, "picked")]
    named += [f"{sign}-{step}" for sign in ("positive", "negative") for step in range(1, RAMP + 1)]
    return {f"#0000{number:02x}": name for number, name in enumerate(named, start=1)}


@cache
def _palette() -> Palette:
    """A palette in which each role has a colour that is nobody else's, by which it is known again."""
    from rich.style import Style

    from rnn_tui.pictures.palette import Palette

    colour = {name: code for code, name in _names().items()}
    styles = {role: Style(color=colour[role.replace("_", "-")]) for role in (*ROLES, *FRAMES)}
    ramps = {
        f"{sign}_ramp": tuple(Style(bgcolor=colour[f"{sign}-{step}"]) for step in range(1, RAMP + 1))
        for sign in ("positive", "negative")
    }
    bold = Style(bold=True)
    return Palette(**styles, **ramps, strong=bold, picked=Style(bgcolor=colour["picked"]))  # type: ignore[arg-type]


def styles() -> Iterator[str]:
    """The names of all styles, for who colours them."""
    yield from _names().values()
