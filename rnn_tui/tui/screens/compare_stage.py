"""Where two scenes in lockstep are shown: the pair, the comparison, and one place that hands them to every panel."""

from __future__ import annotations

from collections.abc import Iterable

from textual.actions import parse
from textual.layout import Layout
from textual.screen import Screen
from textual.widget import Widget

from rnn_tui.comparison import Comparison
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.pictures.palette import Palette
from rnn_tui.scene import Position, Scene
from rnn_tui.tui import theme
from rnn_tui.tui.arrangement import Arrangement
from rnn_tui.tui.compare_keys import COMPARE_KEYS
from rnn_tui.tui.compare_moves import PAIR_MOVES, Pair
from rnn_tui.tui.compare_plan import ComparePlan, Sizes, compare_plan
from rnn_tui.tui.panels.bars import Footer, Hint, Notice
from rnn_tui.tui.panels.comparing import (
    AnswerPanel,
    BetweenPanel,
    CompareHeader,
    CompareStory,
    SidePanel,
    WorkingPanel,
)
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.play import Clock, Player


class CompareStage(Screen[Scene | None]):
    """Shows a pair of scenes. Gives back the scene of the side in focus."""

    def __init__(self, pair: Pair, comparison: Comparison, clock: Clock | None = None) -> None:
        super().__init__()
        self.pair = pair
        self.comparison = comparison
        self.plan = ComparePlan({})
        self.player = Player(clock or self.set_interval, self._play_on)
        self._first = [0, 0]
        self._palette: Palette | None = None
        self._arrangement = Arrangement(self)

    @property
    def layout(self) -> Layout:
        """The plan, in place of a layout from a style sheet."""
        return self._arrangement

    @property
    def scene(self) -> Scene:
        """The scene of the side in focus, where it is now."""
        position = self.comparison.positions(self.pair.place)[self.pair.focus]
        scene = self.pair.scenes[self.pair.focus]
        return scene.at(position if position.t >= 0 else Position())

    @property
    def sides(self) -> tuple[Side, Side]:
        """What the panels of A and of B draw."""
        return self._side(0), self._side(1)

    def _side(self, which: int) -> Side:
        planned = self.plan
        return Side(
            trace=self.comparison.traces[which],
            scene=self.pair.scenes[which].at(self.comparison.positions(self.pair.place)[which]),
            first=self._first[which],
            count=planned.count,
            pitch=planned.pitch,
            memory_pitch=planned.memory_pitch,
            wide=False,
            comparison=self.comparison,
            which=which,
            place=self.pair.place,
            focused=which == self.pair.focus,
            framed=planned.framed,
            words=planned.words,
            bars="answer-a" in planned.regions,
        )

    # Drawing

    def compose(self) -> Iterable[Widget]:
        """The panels; where they stand is the plan's business."""
        yield from (CompareHeader("header"), BetweenPanel("between"))
        for name in ("a", "b"):
            yield from (SidePanel(f"side-{name}"), WorkingPanel(f"phase-{name}"), AnswerPanel(f"answer-{name}"))
        yield from (CompareStory("story"), Footer("footer"), Notice("notice"))

    def on_mount(self) -> None:
        """Draw, and again whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._recolour)
        self.replan()

    def on_resize(self) -> None:
        """Lay out anew."""
        self.replan()

    def replan(self) -> None:
        """Work out where the panels stand for this size and these networks, and draw them there."""
        planned = compare_plan(*self.size, Sizes.of(self.comparison))
        if planned != self.plan:
            self.plan = planned
            self.query_one(Footer).refresh(layout=True)  # a child's layout is what makes the screen arrange anew
        self.draw()

    def draw(self) -> None:
        """Hand its side to every panel that has a place."""
        for which, (scene, trace) in enumerate(zip(self.pair.scenes, self.comparison.traces, strict=True)):
            last = max(0, trace.model.hidden_size - self.plan.count)
            self._first[which] = min(max(self._first[which], scene.unit - self.plan.count + 1), scene.unit, last)
        self.query_one(Footer).hints = self._hints()
        if self._palette is None:
            self._palette = theme.palette_of(self.app)
        sides = self.sides
        for name in self.plan.regions:
            self.get_child_by_id(name, Panel).show(sides[name.endswith("-b")], self._palette)

    def _recolour(self, _: object) -> None:
        self._palette = None
        self.draw()

    def _hints(self) -> list[Hint]:
        hints = []
        for key in COMPARE_KEYS:
            if key.does:
                does = "pause" if key.id == "play" and self.player.playing else key.does
                shown, other_action = key.both or (key.shown, key.action)
                action = key.action if self.able(key.action) else other_action
                hints.append(Hint(shown, does, action, self.able(action), key.weight))
        return hints

    def able(self, action: str) -> bool:
        """Whether an action, as it stands in the list of keys, can be done now."""
        _, name, parameters = parse(action)
        return self.check_action(name, parameters) is True

    # What is compared

    def show_pair(self, pair: Pair, comparison: Comparison, position: Position = Position()) -> None:  # noqa: B008  # frozen
        """Compare something else; the side in focus is at a position."""
        self.player.stop()
        self.comparison = comparison
        self.pair = pair.at(comparison.place_of(pair.focus, position))
        self._first = [0, 0]
        self.replan()

    def _play_on(self) -> None:
        self.pair = PAIR_MOVES["step"](self.pair, self.comparison, 1)
        if not self.able("move('step', 1)"):
            self.player.stop()
        self.draw()
