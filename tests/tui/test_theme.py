import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.app import App

from rnn_tui.tui import theme
from rnn_tui.tui.theme import DARK, PROJECTOR, palette, sign_variables
from tests.tui.screens import strips, text


def variables(own):
    """The resolved variables of one of our themes."""
    return {**sign_variables(dark=own.dark), **own.to_color_system().generate(), **own.variables}


def contrast(style: Style, ground: Style) -> float:
    """The contrast of a text and a ground, 1 to 21 (WCAG 2)."""

    def luminance(colour):
        channels = [value / 255 for value in colour.get_truecolor()]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(style.color), luminance(ground.bgcolor)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TEXTS = ("text", "muted", "faint", "strong", "accent", "positive", "negative", "answer")
"""The styles that text is written in, on the ground and on the picked row, whose ground footer and header have, too."""


@pytest.mark.parametrize(("own", "least"), [(DARK, 3.0), (PROJECTOR, 4.5)], ids=["dark", "projector"])
def test_every_text_can_be_read_on_every_ground(own, least):
    drawn = palette(variables(own))

    assert contrast(drawn.text, drawn.text) > 12
    for role in TEXTS:
        for ground in (drawn.text, drawn.picked, drawn.bar):
            assert contrast(getattr(drawn, role), ground) >= least, role
    for role in ("accent", "positive", "negative", "muted"):
        assert contrast(getattr(drawn, role), drawn.text) >= 4.5, role
    for cell in (*drawn.positive_ramp, *drawn.negative_ramp, drawn.badge, drawn.bar):
        assert contrast(cell, cell) >= max(least, 3.5)


@pytest.mark.parametrize("colours", ["256", "standard"])
def test_on_a_projector_every_text_of_a_ramp_can_be_read_with_few_colours_too(colours):
    drawn = palette(variables(PROJECTOR), colours)

    assert min(contrast(cell, cell) for cell in (*drawn.positive_ramp, *drawn.negative_ramp)) >= 4.5


def test_on_a_projector_bars_and_frames_can_be_seen_and_what_is_dim_stays_dimmer():
    drawn = palette(variables(PROJECTOR))

    for role in ("positive_dark", "negative_dark", "frame"):
        assert contrast(getattr(drawn, role), drawn.text) >= 3, role
    for dim, vivid in (("positive_dark", "positive"), ("negative_dark", "negative"), ("frame_dim", "frame")):
        assert contrast(getattr(drawn, dim), drawn.text) < contrast(getattr(drawn, vivid), drawn.text) - 0.5, dim
    assert contrast(drawn.faint, drawn.text) < contrast(drawn.muted, drawn.text) - 1


@pytest.mark.parametrize("name", sorted(name for name in App().available_themes if not name.startswith("ansi")))
def test_in_textuals_themes_faint_text_can_be_read_as_well_as_the_theme_can(name):
    drawn = palette(variables(App().available_themes[name]))
    best = min(contrast(drawn.strong, drawn.text), contrast(drawn.strong, drawn.picked))

    for role in ("faint", "muted", "accent"):
        for ground in (drawn.text, drawn.picked):
            assert contrast(getattr(drawn, role), ground) >= min(3.0, 0.9 * best), role


@pytest.mark.parametrize("name", sorted(name for name in App().available_themes if name.startswith("ansi")))
def test_where_the_terminal_has_the_colours_all_can_be_read_if_it_is_as_dark_or_light_as_the_theme_says(name):
    its = App().available_themes[name]
    drawn = palette({**variables(its), **sign_variables(dark=its.dark)})
    terminal = Style(bgcolor="#000000" if its.dark else "#ffffff")

    assert drawn.text == Style(color="default", bgcolor="default")
    for role in TEXTS[1:]:
        for ground in (terminal, drawn.picked, drawn.bar):
            assert contrast(getattr(drawn, role), ground) >= 2.9, role
    for cell in (*drawn.positive_ramp, *drawn.negative_ramp, drawn.badge, drawn.bar):
        assert contrast(cell, cell) >= 3.5


def contrasts(app, region=None):
    """The contrast of every text on the screen, or in a region of it, with what is under it."""
    for y, strip in enumerate(strips(app)):
        x = 0
        for segment in strip:
            inside = region is None or (region.contains(x, y) and region.contains(x + segment.cell_length - 1, y))
            if inside and any(character.isalnum() for character in segment.text):
                style = segment.style
                assert not style.dim, segment.text
                yield (
                    contrast(style, style)
                    if not style.reverse
                    else contrast(Style(color=style.bgcolor), Style(bgcolor=style.color)),
                    segment.text,
                )
            x += segment.cell_length


SCREENS = {
    "read": "",
    "add": "right right",
    "the answer": "end",
    "notation": "t end",
    "arithmetic": "w right enter",
    "what-if": "x w right comma",
    "a lens": "end v",
    "another lens": "end v v v",
    "units": "end v v v v",
}
DIALOGS = {"help": ("question_mark", "#help"), "models": ("m", "#shelf"), "a sentence": ("e", "#sentence")}


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_on_a_projector_every_text_of_the_screen_can_be_read(opened, keys, size):
    async with opened("sixteen", size=size) as pilot:
        pilot.app.theme = PROJECTOR.name
        await pilot.press(*keys.split())
        await pilot.pause(0.3)
        found = list(contrasts(pilot.app))

        assert len(found) > 40
        assert not [text for measured, text in found if measured < 4.5]


@pytest.mark.parametrize(("keys", "dialog"), DIALOGS.values(), ids=DIALOGS)
async def test_on_a_projector_every_text_of_a_dialog_can_be_read(opened, keys, dialog):
    async with opened("sixteen", size=(120, 36)) as pilot:
        pilot.app.theme = PROJECTOR.name
        await pilot.press(*keys.split())
        await pilot.pause()
        found = list(contrasts(pilot.app, pilot.app.screen.query_one(dialog).region))

        assert len(found) > 2
        assert not [text for measured, text in found if measured < 4.5]


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
