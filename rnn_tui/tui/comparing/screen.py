"""The comparison: two readings in lockstep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from rnn_tui.comparison import Comparison
from rnn_tui.lenses import has_slide
from rnn_tui.pair import Pair
from rnn_tui.pictures.comparing.side import Side
from rnn_tui.pictures.picks import ColumnPick, Pick, SidePick, UnitPick, WordPick
from rnn_tui.scene import Position, Scene
from rnn_tui.traces import Traces
from rnn_tui.tui.comparing import moves
from rnn_tui.tui.comparing.keys import KEYS, hint_of
from rnn_tui.tui.comparing.moves import Compared
from rnn_tui.tui.comparing.plan import ComparePlan, CompareSizes, compare_plan
from rnn_tui.tui.panels.comparing import (
    AnswerPanel,
    BetweenPanel,
    CompareHeader,
    CompareStory,
    LensOfSide,
    SidePanel,
    WorkingPanel,
)
from rnn_tui.tui.panels.footer import Footer
from rnn_tui.tui.panels.notice import Notice
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.screen.keys import Key
from rnn_tui.tui.screen.measuring import Subject
from rnn_tui.tui.screen.playing import Clock
from rnn_tui.tui.screen.screen import StateScreen
from rnn_tui.tui.screen.showing import Transient

INTRODUCTION = (
    "Two networks, two sentences, or one network with and without a change, in lockstep: A above or at the left, "
    "B below or at the right. Words that are the same stand in the same column; ┄ is a word that this side doesn't "
    "have: it waits, and keeps what it remembers.\n\n"
    "◆ is where the two part. Between them stands A − B: what A remembers less what B remembers, where both have the "
    "same hidden units, and the difference in probability. Answers in colour are not the same.\n"
)
NAMES = ("a", "b")


class CompareScreen(StateScreen[Pair, Comparison]):
    """Shows a pair. Gives back the scene of the side in focus."""

    keys: ClassVar[tuple[Key, ...]] = KEYS
    introduction: ClassVar[str] = INTRODUCTION
    plan: ComparePlan

    def __init__(self, pair: Pair, traces: Traces, clock: Clock | None = None) -> None:
        """Raises UserError where one of the readings can't be computed."""
        self.traces = traces
        super().__init__(pair, clock)

    def computed_for(self, state: Pair) -> Comparison:
        """Both traces, and what they have in common."""
        return Comparison(self.traces.trace(state.a), self.traces.trace(state.b))

    def fitted(self, state: Pair, computed: Comparison) -> Pair:
        """The pair with position and units inside what there is."""
        return state.fitted(computed)

    def entered(self, state: Pair, computed: Comparison) -> Pair:
        """The pair at the first word of the side in focus, where it would stand before it."""
        started = computed.positions(computed.order.fitted(state.position))[state.focus] is not None
        return state if started else state.at(computed.column_of(state.focus, Position()))

    def planned(self, width: int, height: int, state: Pair, computed: Comparison) -> ComparePlan:
        """Lay both sides out, or their lenses."""
        return compare_plan(
            width, height, CompareSizes.of(computed.on(state.position.floor), lens=state.lens is not None)
        )

    def panels(self, computed: Comparison) -> Iterable[Panel[Any]]:
        """The same for all networks."""
        yield from (CompareHeader("header"), BetweenPanel("between"))
        for name in NAMES:
            yield from (SidePanel(f"side-{name}"), WorkingPanel(f"phase-{name}"), AnswerPanel(f"answer-{name}"))
            yield LensOfSide(f"lens-{name}")
        yield from (CompareStory("story"), Footer("footer"), Notice("notice"))

    def views(self, transient: Transient[Pair]) -> Mapping[str, Side]:
        """The side of each panel of one side; that of A for the others."""
        sides = self._side(0, transient), self._side(1, transient)
        return {name: sides[name.endswith("-b")] for name in self.plan.regions}

    def _side(self, which: int, transient: Transient[Pair]) -> Side:
        pair, planned, trace = self.state, self.plan, self.computed.traces[which]
        position = self.computed.positions(pair.position)[which]
        units = pair.unit_in(0, self.computed), pair.unit_in(1, self.computed)
        return Side(
            trace=trace,
            scene=pair.scene(which, position or Position()).with_unit(units[which]),
            units_of=units,
            begun=position is not None,
            count=planned.count,
            pitch=planned.pitch,
            memory_pitch=planned.memory_pitch,
            wide=False,
            motion=transient.motion if self._grows(which, transient) else 1.0,
            slid=None if transient.slid is None else min(transient.slid, len(trace) - 1),
            measurement=transient.measurements[which],
            opposite=transient.measurements[1 - which],
            comparison=self.computed.on(pair.position.floor),
            which=which,
            at=pair.position,
            focused=which == pair.focus,
            framed=planned.framed,
            words=planned.words,
            bars="answer-a" in planned.regions,
        )

    def _grows(self, which: int, transient: Transient[Pair]) -> bool:
        """Tell whether a side's bars grow: those of one that stayed where it was do not."""
        if transient.since is None:
            return False
        before, now = (self.computed.positions(pair.position)[which] for pair in (transient.since, self.state))
        return before != now

    def subjects(self, state: Pair, computed: Comparison) -> Sequence[Subject]:
        """Both sides where they are now; at its start, where one has read nothing."""
        positions = computed.positions(state.position)
        return [
            (state.scene(side, position or Position()).with_unit(state.unit_in(side, computed)), trace)
            for side, (position, trace) in enumerate(zip(positions, computed.traces, strict=True))
        ]

    def modes(self) -> set[str]:
        """The mode slide, while a lens is open that can slide a word; floors, where there are several levels."""
        open_now = {"slide": has_slide(self.state.lens), "floors": len(self.computed.order.floors) > 1}
        return {mode for mode, on in open_now.items() if on}

    def hint_for(self, key: Key) -> tuple[str, int]:
        """The footer's words for a key now, and how soon it leaves the key out."""
        return hint_of(key, self.state, playing=self.player.playing)

    def picked(self, shown: Compared, pick: Pick) -> Pair:
        """The pair that a click makes: the side that was clicked in focus, and the word or unit there."""
        pair, side, order = shown.state, shown.state.focus, shown.computed.order
        if isinstance(pick, SidePick):
            side = pick.side
            pair, pick_in_side = (pair if side == pair.focus else moves.other_side(shown, 0)), pick.pick
        else:
            pick_in_side = pick
        match pick_in_side:
            case ColumnPick(column):
                return pair.at(order.at_word(column, pair.position))
            case WordPick(t):
                return pair.at(order.at_word(shown.computed.column_of(side, Position(t, 0)).t, pair.position))
            case UnitPick(unit):
                return moves.pick_unit(shown._replace(state=pair), unit)
            case _:
                return pair

    def closed(self, shown: Compared) -> Pair | None:
        """The lens closed."""
        return shown.state.with_lens(None) if shown.state.lens is not None else None

    @property
    def can_go_back(self) -> bool:
        """Escape always goes back: to one scene, where nothing is open."""
        return True

    def back(self) -> None:
        """Stop the measuring, close the lens, or back to one scene."""
        if super().can_go_back:
            super().back()
        else:
            self.leave()

    @property
    def scene(self) -> Scene:
        """The scene of the side in focus, where it is now."""
        position = self.computed.positions(self.state.position)[self.state.focus]
        return self.state.scene(self.state.focus, position or Position())

    def leave(self) -> None:
        """Back to one scene: the side in focus."""
        self.player.stop()
        self.dismiss(self.scene)

    def at_position_of(self, side: int, position: Position) -> CompareScreen:
        """Stand where a side is at its own position; for a screen that has not been shown yet."""
        self.timeline = self.timeline.replaced(self.state.at(self.computed.column_of(side, position)))
        return self

    def command(self) -> list[str]:
        """The arguments that open the pair."""
        return ["compare", *self.state.to_arguments(self.computed)]

    def picture_name(self) -> str:
        """Both models, and the column."""
        names = "-".join(dict.fromkeys(trace.model.name for trace in self.computed.traces))
        return f"rnn-tui-compare-{names}-{self.state.position.t + 1}"
