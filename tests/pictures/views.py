"""What the pictures are drawn from in these tests: a wired network whose numbers are easy, and two palettes."""

from __future__ import annotations

import unicodedata
from dataclasses import fields

from rich.style import Style

from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import Row, text_of, width_of
from rnn_tui.pictures.view import View
from tests.builders import scene_at, trace_of, wired

PLAIN = Palette()
ROLES = [field.name for field in fields(Palette) if not field.name.endswith("_ramp")]
COLOURED = Palette(
    **{role: Style(color=f"color({place})") for place, role in enumerate(ROLES, start=1)}
    | {
        "text": Style(color="color(1)", bgcolor="color(0)"),
        "picked": Style(bgcolor="color(200)"),
        "positive_ramp": tuple(Style(bgcolor=f"color({100 + step})") for step in range(8)),
        "negative_ramp": tuple(Style(bgcolor=f"color({120 + step})") for step in range(8)),
    }
)

WORDS = ("kick", "dog", "and")
NASTY = "[red]x[/] \x1b[31mred\x1b[0m\x07 日本語 e\u0301a\u0301 👩\u200d👩\u200d👧 🇩🇪 \u202eעברית a\u0303"


def model(**fields):
    """Two units, verb and noun, and three words: kick pushes verb up, dog noun, and takes a little from noun."""
    given = {
        "unit_names": ("verb", "noun"),
        "words": WORDS,
        "fc": [[1, -1], [-1, 1]],
        **fields,
    }
    return wired([[1.0, 0.0, 0.0], [0.0, 1.0, -0.5]], **given)


def view_of(trace=None, t=0, phase="read", *, scene=None, text="kick and dog", **fields):
    """A view of a moment; `scene` are fields of the scene, the others fields of the view; all units are visible."""
    trace = trace_of(model(), text) if trace is None else trace
    given = {"count": trace.model.hidden_size, **fields}
    return View(trace, scene_at(trace, t, phase, **(scene or {})), **given)


def texts(rows: list[Row]) -> list[str]:
    """The rows as strings."""
    return [text_of(row) for row in rows]


def obeyed(rows: list[Row]) -> set[str]:
    """The characters among the rows that a terminal would obey and not show."""
    shown = "".join(texts(rows))
    return {character for character in shown if unicodedata.category(character) in ("Cc", "Cs", "Cf")}


def widths(rows: list[Row]) -> set[int]:
    """The widths in cells that occur among the rows."""
    return {width_of(row) for row in rows}
