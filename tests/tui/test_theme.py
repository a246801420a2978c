import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.app import App

from rnn_tui.tui import theme
from rnn_tui.tui.theme import DARK, PROJECTOR, palette, sign_variables
from tests.tui.screens import strips, text


def variables(own):
    """The resolved variables of one of our themes."""
    return {**sign_variables(dark=own.dark), **own.to_color_system().generate()}


def contrast(style: Style, ground: Style) -> float:
    """The contrast of a text and a ground, 1 to 21 (WCAG 2)."""

    def luminance(colour):
        channels = [value / 255 for value in colour.get_truecolor()]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(style.color), luminance(ground.bgcolor)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("own", [DARK, PROJECTOR], ids=lambda own: own.name)
def test_text_can_be_read(own):
    colours = palette(variables(own))

    assert contrast(colours.text, colours.text) > 12
    for role in ("muted", "positive", "negative", "accent"):
        assert contrast(getattr(colours, role), colours.text) > 4.5, role
    for cell in (*colours.positive_ramp, *colours.negative_ramp):
        assert contrast(cell, cell) > 3


@pytest.mark.parametrize("own", [DARK, PROJECTOR], ids=lambda own: own.name)
def test_the_two_signs_are_two_colours_and_a_ramp_gets_stronger(own):
    colours = palette(variables(own))
    ground = colours.text.bgcolor.get_truecolor()

    def distance(style):
        return sum((one - other) ** 2 for one, other in zip(style.bgcolor.get_truecolor(), ground, strict=True))

    assert colours.positive != colours.negative
    for ramp in (colours.positive_ramp, colours.negative_ramp):
        assert [distance(style) for style in ramp] == sorted(distance(style) for style in ramp)


@pytest.mark.parametrize(("colours", "system"), [("256", ColorSystem.EIGHT_BIT), ("standard", ColorSystem.STANDARD)])
@pytest.mark.parametrize("own", [DARK, PROJECTOR], ids=lambda own: own.name)
def test_where_a_terminal_has_few_colours_every_step_of_a_ramp_is_one_of_those(own, colours, system):
    drawn = palette(variables(own), colours)
    steps = [
        [style.bgcolor.downgrade(system).number for style in ramp]
        for ramp in (drawn.positive_ramp, drawn.negative_ramp)
    ]

    for ramp in steps:
        assert len(set(ramp)) == len(ramp)
    assert not set(steps[0]) & set(steps[1])


def test_without_colours_there_is_a_palette_all_the_same():
    assert palette(variables(DARK), "none").positive_ramp


def test_a_theme_that_says_its_own_signs_wins():
    own = {**variables(DARK), "positive": "#112233"}

    assert palette(own).positive.color.name == "#112233"


@pytest.mark.parametrize("name", sorted(App().available_themes))
def test_every_theme_of_textual_gives_a_palette(name):
    of_textual = App().available_themes[name]
    drawn = palette({**sign_variables(dark=of_textual.dark), **of_textual.to_color_system().generate()})

    assert drawn.text.color is not None


async def test_another_theme_recolours_everything_at_once(opened):
    async with opened(at=(2, 4)) as pilot:
        before, shown = [list(strip) for strip in strips(pilot.app)], text(pilot.app)
        pilot.app.theme = PROJECTOR.name
        await pilot.pause()
        after = [list(strip) for strip in strips(pilot.app)]

        assert text(pilot.app) == shown
        grounds = {segment.style.bgcolor.name for line in after for segment in line if segment.style.bgcolor}
        assert theme.DARK.background not in grounds
        assert PROJECTOR.background in grounds
        assert before != after
