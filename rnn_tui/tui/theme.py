"""Colours: one light high-contrast theme of our own for projectors, and the palette that any theme gives."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from rnn_tui.pictures.palette import Palette

DARK = Theme(
    name="rnn-dark",
    primary="#ffd75f",
    accent="#ffd75f",
    foreground="#e4e6eb",
    background="#14161a",
    surface="#1d2128",
    panel="#232830",
    dark=True,
)
PROJECTOR = Theme(
    name="projector",
    primary="#7a3e00",
    accent="#7a3e00",
    foreground="#000000",
    background="#ffffff",
    surface="#f0f0f0",
    panel="#e4e4e4",
    dark=False,
)
OWN_THEMES = (DARK, PROJECTOR)

POSITIVE = {True: "#ff9f40", False: "#b34700"}
NEGATIVE = {True: "#5aa9ff", False: "#0046b8"}
RAMP_STEPS = 8


def sign_variables(*, dark: bool) -> dict[str, str]:
    """Theme variables for the two signs; a theme that defines them itself wins."""
    return {"positive": POSITIVE[dark], "negative": NEGATIVE[dark]}


def palette(variables: Mapping[str, str]) -> Palette:
    """The palette of a theme, from its resolved CSS variables."""
    colour = {
        name: Color.parse(variables[name])
        for name in ("background", "foreground", "panel", "surface", "accent", "positive", "negative")
    }
    ground, ink = colour["background"], colour["foreground"]
    ink = _solid(ground, ink)

    def mixed(shade: Color, share: float) -> Color:
        return ground.blend(shade, share)

    accent, positive, negative = colour["accent"], colour["positive"], colour["negative"]
    return Palette(
        text=Style(color=ink.rich_color, bgcolor=ground.rich_color),
        muted=Style(color=mixed(ink, 0.62).rich_color),
        faint=Style(color=mixed(ink, 0.34).rich_color),
        strong=Style(color=ink.rich_color, bold=True),
        accent=Style(color=accent.rich_color, bold=True),
        badge=Style(color=accent.get_contrast_text(1.0).rich_color, bgcolor=accent.rich_color, bold=True),
        bar=Style(color=ink.rich_color, bgcolor=_solid(ground, colour["panel"]).rich_color),
        positive=Style(color=positive.rich_color),
        positive_dark=Style(color=mixed(positive, 0.55).rich_color),
        negative=Style(color=negative.rich_color),
        negative_dark=Style(color=mixed(negative, 0.55).rich_color),
        answer=Style(color=accent.rich_color),
        frame=Style(color=mixed(ink, 0.40).rich_color),
        frame_now=Style(color=accent.rich_color, bold=True),
        frame_dim=Style(color=mixed(ink, 0.20).rich_color),
        picked=Style(bgcolor=_solid(ground, colour["panel"]).rich_color),
        positive_ramp=tuple(_cell(mixed(positive, share), ink, ground) for share in _shares()),
        negative_ramp=tuple(_cell(mixed(negative, share), ink, ground) for share in _shares()),
    )


def _shares() -> list[float]:
    """How much of the colour each step of a ramp has: even steps that start where they can be told from nothing."""
    edges = [0.18 + 0.82 * step / RAMP_STEPS for step in range(RAMP_STEPS + 1)]
    return [(low + high) / 2 for low, high in pairwise(edges)]


def _cell(shade: Color, ink: Color, ground: Color) -> Style:
    """Text on a heat cell: whichever of the theme's two inks can be read better."""
    by_contrast = max((ink, ground), key=lambda text: abs(text.brightness - shade.brightness))
    return Style(color=by_contrast.rich_color, bgcolor=shade.rich_color)


def _solid(ground: Color, shade: Color) -> Color:
    """A colour with its transparency mixed into the background."""
    return ground.blend(shade.with_alpha(1.0), shade.a)
