"""The pictures of the lenses: one module each, registered under the lens's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from rnn_tui.loading import module
from rnn_tui.network.errors import UserError

if TYPE_CHECKING:
    from rnn_tui.network.arrays import Array
    from rnn_tui.pictures.palette import Palette
    from rnn_tui.pictures.picks import Pick
    from rnn_tui.pictures.rows import Row
    from rnn_tui.pictures.view import View


class LensPicture(Protocol):
    """The module that draws a lens.

    Two more functions are there where they mean something. `shared_scale(*measured)` gives the options of `draw` that
    make the pictures of several results comparable. `under(measured, t)`, of a lens with `each_word`, gives the figure
    of each word after timestep t, (T,), and whether the figures are signed (else they are shares of 1).
    """

    def draw(self, measured: Any, view: View, width: int, height: int, palette: Palette, **shared: Any) -> list[Row]:
        """At most `height` rows of exactly `width` cells; `shared` is what the module's own `shared_scale` gives."""
        ...

    def pick_at(self, measured: Any, view: View, width: int, height: int, x: int, y: int) -> Pick | None:
        """The word or the unit that the picture shows in a cell, or None."""
        ...


PICTURES: dict[str, Callable[[], LensPicture]] = {
    "memory": module("rnn_tui.pictures.lenses.memory"),
    "gradient": module("rnn_tui.pictures.lenses.gradient"),
    "recency": module("rnn_tui.pictures.lenses.recency"),
    "units": module("rnn_tui.pictures.lenses.units"),
    "attention": module("rnn_tui.pictures.lenses.attention"),
    "path": module("rnn_tui.pictures.lenses.path"),
    "diagram": module("rnn_tui.pictures.lenses.diagram"),
}
"""The loader of each lens's picture, by the lens's name."""


def picture_of(name: str) -> LensPicture:
    """The module that draws a lens; raises UserError where none is registered."""
    if name not in PICTURES:
        raise UserError(f"the lens “{name}” has no picture; there are those of {', '.join(PICTURES)}")
    return PICTURES[name]()


def shared_scale(name: str, *measured: Any) -> Mapping[str, Any]:
    """The options that draw several results of a lens on one scale; none where it has no scale to share."""
    shared: Callable[..., Mapping[str, Any]] | None = getattr(picture_of(name), "shared_scale", None)
    return {} if shared is None else shared(*measured)


def under_words(name: str, measured: Any, t: int) -> tuple[Array, bool]:
    """The figure of each word after timestep t, (T,), and whether the figures are signed."""
    picture: Any = picture_of(name)
    found: tuple[Array, bool] = picture.under(measured, t)
    return found
