"""What is on the screen, read back from what Textual hands to the terminal."""

from __future__ import annotations

from rich.cells import cell_len

from rnn_tui.tui.screen import shared
from rnn_tui.tui.walking import moves


def strips(app):
    """The screen's lines as strips, whatever is put over the main screen with them."""
    return app.screen._compositor.render_strips()


def drawn_size(app):
    """The size for which the topmost screen is drawn; for a moment after a resize it is still the one before."""
    return app.screen._compositor.size


def segments(app):
    """The whole screen as Textual would write it, in segments."""
    return app.screen._compositor.render_update(full=True).render_segments(app.console)


def lines(app):
    """The screen's lines as text."""
    return ["".join(segment.text for segment in strip) for strip in strips(app)]


def text(app):
    """The whole screen as one text."""
    return "\n".join(lines(app))


def panel(app, name):
    """The text of one panel of the main screen."""
    region = app.first.plan.regions[name]
    return "\n".join(cut(line, region.x, region.right) for line in lines(app)[region.y : region.bottom])


def cut(line, first, end):
    """The cells from `first` to `end` of a line."""
    cells = []
    for character in line:
        width = cell_len(character)
        if width == 0 and cells:
            cells[-1] += character
        cells += [character] + [""] * (width - 1) if width else []
    return "".join(cells[first:end])


def place_of(app, wanted, row_from=0):
    """The cell (x, y) at which a text stands on the screen."""
    for y, line in enumerate(lines(app)):
        if y >= row_from and wanted in line:
            return cell_len(line[: line.index(wanted)]), y
    raise AssertionError(f"{wanted!r} is not on the screen:\n{text(app)}")


async def click(pilot, wanted, row_from=0):
    """Click on the middle of a text on the screen."""
    x, y = place_of(pilot.app, wanted, row_from)
    await pilot.click(offset=(x + cell_len(wanted) // 2, y))
    await pilot.pause()


MOVES = {
    "step": shared.step,
    "word": shared.word,
    "go_to": lambda shown, n: shared.to_word(shown, n - 1),
    "start": shared.to_start,
    "end": shared.to_end,
    "lens": shared.next_lens,
    "notation": shared.notation,
    "predict": shared.predict,
    "phase": moves.phase,
    "unit": moves.unit,
    "pick": lambda shown, unit: shown.state.with_unit(unit),
    "arithmetic": moves.arithmetic,
    "overview": lambda shown, _: moves.closed(shown) or shown.state,
    "full": moves.full,
    "what_if": moves.what_if,
}
"""Every pure function from a scene to the next one that a key or a click of the walk calls."""


def act(screen, name, by=0):
    """Show what a move makes of what is shown, as a key does."""
    screen.show(MOVES[name](screen.shown, by), grows=(name, by) == ("step", 1))
