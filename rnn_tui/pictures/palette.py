"""The styles that pictures are drawn with; the screen makes one from its theme, tests make a plain one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from rich.style import Style

PLAIN = Style()


@dataclass(frozen=True)
class Palette:
    """One Rich style a role. Positive is orange to the right, negative blue to the left, in every theme.

    The ramps colour heat cells: `positive_ramp[i]` for the i-th of equal steps of |value| / scale, weakest first.
    """

    text: Style = PLAIN
    muted: Style = PLAIN
    faint: Style = PLAIN
    strong: Style = PLAIN
    accent: Style = PLAIN
    badge: Style = PLAIN
    bar: Style = PLAIN
    positive: Style = PLAIN
    positive_dark: Style = PLAIN
    negative: Style = PLAIN
    negative_dark: Style = PLAIN
    answer: Style = PLAIN
    frame: Style = PLAIN
    frame_now: Style = PLAIN
    frame_dim: Style = PLAIN
    picked: Style = PLAIN
    positive_ramp: tuple[Style, ...] = (PLAIN,)
    negative_ramp: tuple[Style, ...] = (PLAIN,)

    @cached_property
    def on_picked(self) -> Palette:
        """The same palette on the background of the picked unit's row."""
        return replace(self, text=self.text + self.picked)

    def signed(self, value: float, *, dark: bool = False) -> Style:
        """The style of a value's sign; muted for zero (and for what is no number)."""
        if value > 0:
            return self.positive_dark if dark else self.positive
        if value < 0:
            return self.negative_dark if dark else self.negative
        return self.muted

    def role(self, role: str) -> Style:
        """The style of a story's role."""
        roles = {
            "strong": self.strong,
            "muted": self.muted,
            "positive": self.positive,
            "negative": self.negative,
            "word": self.accent,
        }
        return roles.get(role, self.text)


def _on(*numbers: int, ink: int) -> tuple[Style, ...]:
    return tuple(Style(color=f"color({ink})", bgcolor=f"color({number})") for number in numbers)


TERMINAL = Palette(
    muted=Style(dim=True),
    faint=Style(dim=True),
    strong=Style(bold=True),
    accent=Style(bold=True, reverse=True),
    badge=Style(bold=True, reverse=True),
    positive=Style(color="color(208)"),
    positive_dark=Style(color="color(130)"),
    negative=Style(color="color(33)"),
    negative_dark=Style(color="color(25)"),
    answer=Style(color="color(178)"),
    frame=Style(dim=True),
    frame_now=Style(bold=True),
    frame_dim=Style(dim=True),
    positive_ramp=_on(94, 130, ink=15) + _on(166, 172, 208, ink=16),
    negative_ramp=_on(17, 18, 25, ink=15) + _on(26, 33, ink=15),
)
"""For plain printing: colours that can be read on a dark ground and on a light one, from the 256 that most have."""
