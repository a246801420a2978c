"""Colours: one light high-contrast theme of our own for projectors, and the palette that any theme gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from rnn_tui.pictures.palette import Palette

CONTRAST = "text-contrast"
"""The theme's variable for the least contrast of any text with what is under it, 1 to 21 (WCAG 2)."""
LEAST, LINES = 3.0, 2.0
"""The least contrast of text where a theme says none, and of the lines of frames where it says one."""

DARK = Theme(
    name="rnn-dark",
    primary="#ffd75f",
    accent="#ffd75f",
    foreground="#e4e6eb",
    background="#14161a",
    surface="#1d1f23",
    panel="#26292e",
    dark=True,
)
PROJECTOR = Theme(
    name="projector",
    primary="#7a3e00",
    accent="#7a3e00",
    foreground="#000000",
    background="#ffffff",
    surface="#f6f6f6",
    panel="#eeeeee",
    dark=False,
    variables={CONTRAST: "4.5"},
)
OWN_THEMES = (DARK, PROJECTOR)

TERMINAL = {True: "#000000", False: "#ffffff"}
"""The background that a dark terminal is taken to have, and a light one, where a theme leaves it to the terminal."""
POSITIVE = {True: "#ff9f40", False: "#b34700"}
NEGATIVE = {True: "#5aa9ff", False: "#0046b8"}
RAMP_STEPS = 8
STEPS = 40
"""The steps in which a colour is brought nearer to the ink."""

# Where a terminal has few colours, a blend would be rounded to another hue: then the ramps are picked by hand, weak to
# strong, from the colours that it has.
FEW_COLOURS = {
    ("256", True): (
        ("#875f00", "#af5f00", "#d75f00", "#d78700", "#ff8700"),
        ("#00005f", "#000087", "#005faf", "#005fd7", "#0087ff"),
    ),
    ("256", False): (
        ("#ffd7af", "#ffd787", "#ffaf5f", "#ff8700", "#d75f00"),
        ("#afd7ff", "#87d7ff", "#5fafff", "#0087ff", "#005faf"),
    ),
    ("standard", True): (("#808000", "#ffff00"), ("#000080", "#5c5cff")),
    ("standard", False): (("#ffff00", "#808000"), ("#5c5cff", "#000080")),
}


def sign_variables(*, dark: bool) -> dict[str, str]:
    """Theme variables for the two signs; a theme that defines them itself wins."""
    return {"positive": POSITIVE[dark], "negative": NEGATIVE[dark]}


def palette_of(app: App[object]) -> Palette:
    """The palette of an app's theme, in the colours that its terminal has; a picture or a test has all colours."""
    colours = "truecolor" if app.is_headless else app.console.color_system or "standard"
    return palette(app.theme_variables, colours)


def palette(variables: Mapping[str, str], colours: str = "truecolor") -> Palette:
    """The palette of a theme, from its resolved CSS variables; `colours` is Rich's name for what the terminal can."""
    colour = {
        name: Color.parse(variables[name])
        for name in ("background", "foreground", "panel", "surface", "accent", "positive", "negative")
    }
    ground, ink = colour["background"], colour["foreground"]
    if is_terminals := ground.ansi is not None:  # the terminal's own colours: it alone knows which, so they are guessed
        ground = Color.parse(TERMINAL[Color.parse(variables.get("ansi-background", "black")).brightness < 0.5])
        ink = ground.inverse
        colour["panel"] = ground.blend(ink, 0.12)
    ink, panel = _solid(ground, ink), _solid(ground, colour["panel"])
    least = float(variables.get(CONTRAST, LEAST))

    def mixed(share: float, at_least: float = least) -> Color:
        return readable(ground.blend(ink, share), ink, (ground, panel), at_least)

    def dark(shade: Color) -> Color:
        return readable(ground.blend(shade, 0.55), shade, (ground,), least - 1.5)

    accent = readable(colour["accent"], ink, (ground, panel), least)
    positive, negative = colour["positive"], colour["negative"]  # a theme that says its own signs has these
    lines = LINES if CONTRAST in variables else 1.0
    on_ground = Style(color="default", bgcolor="default") if is_terminals else None
    return Palette(
        text=on_ground or Style(color=ink.rich_color, bgcolor=ground.rich_color),
        muted=Style(color=mixed(0.62, 1.5 * least).rich_color),
        faint=Style(color=mixed(0.34).rich_color),
        strong=Style(color=ink.rich_color, bold=True),
        accent=Style(color=accent.rich_color, bold=True),
        badge=Style(color=_ink_on(accent, ink, ground).rich_color, bgcolor=accent.rich_color, bold=True),
        bar=Style(color=ink.rich_color, bgcolor=panel.rich_color),
        positive=Style(color=positive.rich_color),
        positive_dark=Style(color=dark(positive).rich_color),
        negative=Style(color=negative.rich_color),
        negative_dark=Style(color=dark(negative).rich_color),
        answer=Style(color=accent.rich_color),
        frame=Style(color=mixed(0.40, 1.5 * lines).rich_color),
        frame_now=Style(color=accent.rich_color, bold=True),
        frame_dim=Style(color=mixed(0.20, lines).rich_color),
        picked=Style(bgcolor=panel.rich_color),
        positive_ramp=_ramp(positive, ground, ink, colours, 0),
        negative_ramp=_ramp(negative, ground, ink, colours, 1),
    )


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(shade: Color, ink: Color, grounds: Sequence[Color], least: float) -> Color:
    """The colour, or the first on the way to the ink that has the least contrast with all grounds.

    Where the ink itself has hardly as much, nine tenths of what it has must do.
    """

    def worst(colour: Color) -> float:
        return min(contrast(colour, ground) for ground in grounds)

    least = min(least, 0.9 * worst(ink))
    return next(colour for step in range(STEPS + 1) if worst(colour := shade.blend(ink, step / STEPS)) >= least)


def _luminance(colour: Color) -> float:
    channels = (value / 255 for value in colour.rgb)
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ramp(shade: Color, ground: Color, ink: Color, colours: str, sign: int) -> tuple[Style, ...]:
    """The styles of heat cells from weak to strong."""
    few = FEW_COLOURS.get((colours, ground.brightness < 0.5))
    if few is None:
        return tuple(_cell(ground.blend(shade, share), ink, ground) for share in _shares())
    return tuple(_cell(Color.parse(colour), ink, ground) for colour in few[sign])


def _shares() -> list[float]:
    """The share of the colour in each step of a ramp: even steps that start where they can be told from nothing."""
    edges = [0.18 + 0.82 * step / RAMP_STEPS for step in range(RAMP_STEPS + 1)]
    return [(low + high) / 2 for low, high in pairwise(edges)]


def _cell(shade: Color, ink: Color, ground: Color) -> Style:
    """Text on a heat cell."""
    return Style(color=_ink_on(shade, ink, ground).rich_color, bgcolor=shade.rich_color)


def _ink_on(shade: Color, ink: Color, ground: Color) -> Color:
    """Whichever of the theme's two inks can be read better on a colour."""
    return max((ink, ground), key=lambda text: contrast(text, shade))


def _solid(ground: Color, shade: Color) -> Color:
    """A colour with its transparency mixed into the background."""
    return ground.blend(shade.with_alpha(1.0), shade.a)
