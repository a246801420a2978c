"""Where two scenes in lockstep are shown: the pair, the comparison, and one place that hands them to every panel."""

from __future__ import annotations

from collections.abc import Iterable

from textual.actions import parse
from textual.layout import Layout
from textual.reactive import var
from textual.widget import Widget

from rnn_tui.comparison import Comparison
from rnn_tui.pair import Pair
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.pictures.palette import Palette
from rnn_tui.scene import Position, Scene
from rnn_tui.tui import theme
from rnn_tui.tui.arrangement import Arrangement
from rnn_tui.tui.compare_keys import COMPARE_KEYS
from rnn_tui.tui.compare_looking import Lookers
from rnn_tui.tui.compare_moves import PAIR_MOVES
from rnn_tui.tui.compare_plan import ComparePlan, Sizes, compare_plan
from rnn_tui.tui.panels.bars import Footer, Hint, Notice
from rnn_tui.tui.panels.comparing import (
    AnswerPanel,
    BetweenPanel,
    CompareHeader,
    CompareStory,
    LensOfSide,
    SidePanel,
    WorkingPanel,
)
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.play import Clock, Player, Slider
from rnn_tui.tui.screens.played import Played
from rnn_tui.tui.screens.stage import MOTION_SECONDS

WITH_LENS = {"lens": 0, "parting": 3, "sentence": 3}
"""How soon the footer leaves these out while a lens is open."""


class CompareStage(Played[Scene | None]):
    """Shows a pair of scenes. Gives back the scene of the side in focus."""

    motion: var[float] = var(1.0, init=False)

    def __init__(self, pair: Pair, comparison: Comparison, clock: Clock | None = None) -> None:
        super().__init__()
        self.pair = pair
        self.comparison = comparison
        self.plan = ComparePlan({})
        self.player = Player(clock or self.set_interval, self._play_on)
        self.lookers = Lookers(self)
        self.slider = Slider(clock or self.set_interval, self.draw)
        self._first = [0, 0]
        self._growing = (True, True)  # the sides of which the bars grow now: one that stays where it is has none
        self._palette: Palette | None = None
        self._arrangement = Arrangement(self)

    @property
    def layout(self) -> Layout:
        """The plan, in place of a layout from a style sheet."""
        return self._arrangement

    @property
    def scene(self) -> Scene:
        """The scene of the side in focus, where it is now."""
        return self.scenes[self.pair.focus]

    @property
    def scenes(self) -> tuple[Scene, Scene]:
        """The scenes of A and of B, where they are now; at its start, where one has read nothing."""
        positions = self.comparison.positions(self.pair.place)
        starts = (position if position.t >= 0 else Position() for position in positions)
        a, b = (scene.at(position) for scene, position in zip(self.pair.scenes, starts, strict=True))
        return a, b

    @property
    def compared(self) -> tuple[Pair, Comparison]:
        """All that is needed to open again what is on the screen."""
        return self.pair, self.comparison

    @property
    def sides(self) -> tuple[Side, Side]:
        """What the panels of A and of B draw."""
        return self._side(0), self._side(1)

    def _side(self, which: int) -> Side:
        planned, looking, slid = self.plan, self.lookers.now, self.slider.place
        return Side(
            trace=self.comparison.traces[which],
            scene=self.pair.scenes[which].at(self.comparison.positions(self.pair.place)[which]),
            first=self._first[which],
            count=planned.count,
            pitch=planned.pitch,
            memory_pitch=planned.memory_pitch,
            wide=False,
            motion=self.motion if self._growing[which] else 1.0,
            slid=None if slid is None else min(slid, len(self.comparison.traces[which]) - 1),
            looking=looking[which],
            opposite=looking[1 - which],
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
            yield LensOfSide(f"lens-{name}")
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
        planned = compare_plan(*self.size, Sizes.of(self.comparison, lens=self.pair.lens is not None))
        if planned != self.plan:
            self.plan = planned
            self.query_one(Footer).refresh(layout=True)  # a child's layout is what makes the screen arrange anew
        self.draw()

    def draw(self) -> None:
        """Hand its side to every panel that has a place."""
        for which, (scene, trace) in enumerate(zip(self.pair.scenes, self.comparison.traces, strict=True)):
            last = max(0, trace.model.hidden_size - self.plan.count)
            self._first[which] = min(max(self._first[which], scene.unit - self.plan.count + 1), scene.unit, last)
        self.lookers.look(self.scenes, self.comparison.traces)
        self.query_one(Footer).hints = self._hints()
        self._show(self.plan.regions)

    def _show(self, names: Iterable[str]) -> None:
        if self._palette is None:
            self._palette = theme.palette_of(self.app)
        sides = self.sides
        for name in names:
            self.get_child_by_id(name, Panel).show(sides[name.endswith("-b")], self._palette)

    def watch_motion(self) -> None:
        """Draw the phases at work, and the answers, at this point of their motion."""
        self._show(name for name in self.plan.regions if name.startswith(("phase", "answer")))

    def _recolour(self, _: object) -> None:
        self._palette = None
        self.draw()

    def _hints(self) -> list[Hint]:
        lens = self.pair.lens is not None
        other = {"play": "pause" if self.player.playing else "", "overview": "close" if lens else ""}
        hints = []
        for key in COMPARE_KEYS:
            does = other.get(key.id) or key.does
            if does and key.mode in ("", self.pair.lens):
                shown, other_action = key.both or (key.shown, key.action)
                action = key.action if self.able(key.action) else other_action
                weight = WITH_LENS.get(key.id, key.weight) if lens else key.weight
                hints.append(Hint(shown, does, action, self.able(action), weight))
        return hints

    def able(self, action: str) -> bool:
        """Whether an action, as it stands in the list of keys, can be done now."""
        _, name, parameters = parse(action)
        return self.check_action(name, parameters) is True

    # What is compared, and where

    def go(self, pair: Pair, *, grow: bool = False) -> None:
        """Show another pair of the same scenes; `grow` lets the bars of the phases grow to their new values."""
        self._come_to_rest()
        before, relaid = self.comparison.positions(self.pair.place), pair.lens != self.pair.lens
        self.pair = pair
        after = self.comparison.positions(pair.place)
        self._growing = (before[0] != after[0], before[1] != after[1])
        moves = grow and pair.lens is None and self.app.animation_level != "none"
        self.set_reactive(CompareStage.motion, 0.0 if moves else 1.0)
        if relaid:
            self.replan()
        else:
            self.draw()
        if moves:
            self.animate("motion", 1.0, duration=MOTION_SECONDS, easing="out_cubic")

    def _come_to_rest(self) -> None:
        """End the motion of the move before, and the sliding of a word."""
        self.app.animator.force_stop_animation(self, "motion")
        self.set_reactive(CompareStage.motion, 1.0)
        self.slider.stop()

    def show_pair(self, pair: Pair, comparison: Comparison, position: Position = Position()) -> None:  # noqa: B008  # frozen
        """Compare something else; the side in focus is at a position."""
        self.player.stop()
        self._come_to_rest()
        self.comparison = comparison
        self.pair = pair.at(comparison.place_of(pair.focus, position))
        self._first = [0, 0]
        self.replan()

    def _play_on(self) -> None:
        self.go(PAIR_MOVES["step"](self.pair, self.comparison, 1), grow=True)
        if not self.able("move('step', 1)"):
            self.player.stop()
            self.draw()
