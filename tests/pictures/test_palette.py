import pytest

from tests.pictures.views import COLOURED


@pytest.mark.parametrize(
    ("value", "role"), [(0.1, "positive"), (-0.1, "negative"), (0.0, "muted"), (float("nan"), "muted")]
)
def test_a_value_has_the_style_of_its_sign(value, role):
    assert COLOURED.signed(value) == getattr(COLOURED, role)


@pytest.mark.parametrize(("value", "role"), [(0.1, "positive_dark"), (-0.1, "negative_dark")])
def test_what_was_remembered_is_darker(value, role):
    assert COLOURED.signed(value, dark=True) == getattr(COLOURED, role)


@pytest.mark.parametrize(
    ("role", "style"),
    [("strong", "strong"), ("muted", "muted"), ("positive", "positive"), ("negative", "negative"), ("word", "accent")],
)
def test_a_role_of_the_story_has_its_style(role, style):
    assert COLOURED.role(role) == getattr(COLOURED, style)


def test_what_has_no_role_is_text():
    assert COLOURED.role("plain") == COLOURED.text


def test_on_the_picked_row_the_ground_is_that_row():
    assert COLOURED.on_picked.text.bgcolor == COLOURED.picked.bgcolor
    assert COLOURED.on_picked.positive == COLOURED.positive
