"""The walk: one reading, phase by phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from rnn_tui.lenses import has_slide
from rnn_tui.pictures.arithmetic import scrolled, scrolled_to_weight
from rnn_tui.pictures.picks import (
    ArithmeticPick,
    EditPick,
    FloorPick,
    HoldPick,
    LensPick,
    MemoryPick,
    PhasePick,
    Pick,
    ScrollPick,
    UnitPick,
    WeightPick,
    WordPick,
)
from rnn_tui.pictures.view import View
from rnn_tui.scene import Scene, Showing
from rnn_tui.scene_text import arguments_of, lane_arguments, position_text
from rnn_tui.story.describe import whole
from rnn_tui.traces import Traces
from rnn_tui.tui.panels.arithmetic import ArithmeticPanel, ShortArithmetic
from rnn_tui.tui.panels.footer import Footer
from rnn_tui.tui.panels.header import Header
from rnn_tui.tui.panels.lens import LensPanel
from rnn_tui.tui.panels.memory import LanePanel, MemoryPanel
from rnn_tui.tui.panels.notice import Notice
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.panels.phase import PhasePanel
from rnn_tui.tui.panels.presenter import Presenter
from rnn_tui.tui.panels.question import QuestionPanel
from rnn_tui.tui.panels.ribbon import Ribbon
from rnn_tui.tui.panels.steps import Steps
from rnn_tui.tui.panels.story import Story
from rnn_tui.tui.panels.whatif import WhatIfPanel
from rnn_tui.tui.screen.keys import ASKING, COUNTING, Key, Outcome, Shown
from rnn_tui.tui.screen.measuring import Subject
from rnn_tui.tui.screen.playing import Clock
from rnn_tui.tui.screen.screen import StateScreen
from rnn_tui.tui.screen.showing import Transient
from rnn_tui.tui.walking import moves
from rnn_tui.tui.walking.computed import Computed, computed
from rnn_tui.tui.walking.keys import KEYS, can_write, hint_of
from rnn_tui.tui.walking.plan import LANES, Plan, plan, strip_name
from rnn_tui.tui.walking.sizes import Sizes

if TYPE_CHECKING:
    from rnn_tui.pictures.asking import Asking
    from rnn_tui.tui.dialogs.saving import Kind

INTRODUCTION = (
    "An RNN reads a {whole} one {unit} at a time. For each {unit} it does the same three things with the same weights: "
    "1 it multiplies the {unit} by its weights, 2 it adds what it remembers of the {unit}s before, "
    "3 its output nodes say what it thinks so far; after the last {unit} that is the answer.\n\n"
    "One row is one hidden unit, across the whole screen. Orange, to the right, is positive; "
    "blue, to the left, is negative. Numbers are rounded: where they don't quite add up as they are shown, the sign "
    "is ≈ and not =.\n"
)
OF_FLOORS = "Floors are layers, their lanes, and what comes after; F goes to the next."
"""The sentence about the floors of a network of several, which is as short as it is so that keys stay in sight."""


class WalkScreen(StateScreen[Scene, Computed]):
    """Shows a scene."""

    keys: ClassVar[tuple[Key, ...]] = KEYS
    introduction: ClassVar[str] = INTRODUCTION
    plan: Plan

    def __init__(self, scene: Scene, traces: Traces, clock: Clock | None = None) -> None:
        """Raises UserError where the scene's reading can't be computed."""
        self.traces = traces
        super().__init__(scene, clock)

    def introduced(self) -> str:
        """See `StateScreen.introduced`; what is read is called what it is."""
        model = self.computed.model
        said = self.introduction.format(unit=model.tokenizer.unit, whole=whole(model))
        return said if len(model.floors) == 1 else f"{said.rstrip()} {OF_FLOORS}\n"

    def computed_for(self, state: Scene) -> Computed:
        """The trace of the reading, and that without its edits."""
        return computed(state.reading, self.traces)

    def fitted(self, state: Scene, computed: Computed) -> Scene:
        """The scene with position, unit and chosen edit inside what there is."""
        return state.fitted(computed.trace)

    def planned(self, width: int, height: int, state: Scene, computed: Computed) -> Plan:
        """Lay the phases out, or the arithmetic, or the lens."""
        sizes = Sizes.of(computed.model, state)
        if (asking := self.question_of(state, computed, height)) is not None:
            from rnn_tui.pictures.asking import rows_needed

            sizes = replace(sizes, question=rows_needed(asking, width), large=asking.large)
        return plan(width, height, sizes)

    def panels(self, computed: Computed) -> Iterable[Panel[Any]]:
        """Those that every network has, one a phase, and one a state that the cell carries along."""
        yield from (Header("header"), Ribbon("ribbon"), Steps("steps"))
        floors = computed.model.floors
        yield from (PhasePanel(name) for name in dict.fromkeys(name for floor in floors for name in floor.names))
        states = dict.fromkeys(name for floor in floors for name in floor.cell.state_names)
        yield from (MemoryPanel(strip_name(name), name) for name in states)
        if computed.model.two_way and not computed.model.answers_each:
            yield from (LanePanel(name, backward=backward) for name, backward in zip(LANES, (False, True), strict=True))
        yield from (ShortArithmetic("why"), LensPanel("lens"), WhatIfPanel("what-if"), ArithmeticPanel("arithmetic"))
        yield from (Presenter("present"), Story("story"), QuestionPanel("question"), Footer("footer"), Notice("notice"))

    def needing(self, computed: Computed) -> object:
        """The floors: their phases and the states that their cells carry along."""
        model = computed.model
        floors = tuple((tuple(floor.names), tuple(floor.cell.state_names)) for floor in model.floors)
        return (floors, model.two_way, model.answers_each)

    def views(self, transient: Transient[Scene]) -> Mapping[str, object]:
        """The same view for every panel, and for the question what is drawn of it."""
        planned, seen = self.plan, self.computed.seen(self.state)
        (measurement,) = transient.measurements
        view = View(
            trace=seen.trace,
            scene=self.state,
            count=planned.count,
            pitch=planned.pitch,
            memory_pitch=planned.memory_pitch,
            wide=planned.wide,
            widths=planned.inner_widths(self.computed.model.on(self.state.position.floor).phases),
            motion=transient.motion,
            slid=transient.slid,
            measurement=measurement,
            before=seen.before,
            origins=seen.origins,
        )
        views: dict[str, object] = dict.fromkeys(planned.regions, view)
        if (asking := self.question_of(self.state, self.computed, self.size.height)) is not None:
            views["question"] = asking
        return views

    def question_of(self, state: Scene, computed: Computed, height: int) -> Asking | None:
        """The question that is open, as it is drawn on a screen of so many rows."""
        if state.asked is None:
            return None
        from rnn_tui.tui.walking.asking import drawn  # only where somebody asks: start-up time is a feature

        return drawn(state, computed.trace, height)

    def subjects(self, state: Scene, computed: Computed) -> Sequence[Subject]:
        """The scene itself."""
        return ((state, computed.trace),)

    def scrolled(self, state: Scene, before: Scene) -> Scene:
        """The arithmetic scrolled no further than it goes, and to a weight that has just been picked."""
        region = self.plan.regions.get("arithmetic")
        if region is None or not (state.scroll or state.weight is not None):
            return state
        view = View(self.computed.trace, state)
        if state.weight is not None and state.weight != before.weight:
            return replace(state, scroll=scrolled_to_weight(view, region.width, region.height))
        return replace(state, scroll=scrolled(view, region.width, region.height))

    def modes(self) -> set[str]:
        """The modes floors, what-if, lens, slide, write, asking and counting."""
        scene = self.state
        lens, slides, writes = scene.lens is not None, has_slide(scene.lens), can_write(self.shown)
        open_now = {
            "floors": len(self.computed.model.floors) > 1,
            "what-if": scene.what_if,
            "lens": lens,
            "slide": slides,
            "write": writes,
            ASKING: scene.asking,
        }
        if scene.asking:
            from rnn_tui.tui.walking.asking import counts_hands  # only where somebody asks: start-up time is a feature

            open_now[COUNTING] = counts_hands(self.shown)
        return {mode for mode, on in open_now.items() if on}

    def hint_for(self, key: Key) -> tuple[str, int]:
        """The footer's words for a key now, and how soon it leaves the key out."""
        floors = len(self.computed.model.floors) > 1
        return hint_of(key, self.state, playing=self.player.playing, floors=floors)

    def picked(self, shown: Shown[Scene, Computed], pick: Pick) -> Outcome:
        """The scene that a click makes, or the number that it asks for."""
        scene = shown.state
        if isinstance(pick, HoldPick):
            return _typed_over(pick)
        if isinstance(pick, WordPick | UnitPick):
            picked = scene.with_unit(pick.unit) if isinstance(pick, UnitPick) else scene
            return picked if pick.t is None else picked.at(shown.computed.order.at_word(pick.t, scene.position))
        match pick:
            case FloorPick(floor, t):
                scene = moves.to_floor(shown, floor, t)
            case PhasePick(phase, t):
                scene = moves.phase(shown, phase, t)
            case ArithmeticPick():
                scene = moves.arithmetic(shown, 0)
            case LensPick():
                scene = moves.full(shown, 0)
            case ScrollPick(lines):
                scene = moves.scroll(shown, lines)
            case WeightPick(weight) if scene.what_if:
                scene = replace(scene, weight=weight)
            case MemoryPick() | EditPick():
                scene = _edited(shown, pick)
        return scene

    def closed(self, shown: Shown[Scene, Computed]) -> Scene | None:
        """The arithmetic or the lens closed."""
        return moves.closed(shown)

    def brought_back(self, state: Scene) -> Scene:
        """The scene in the presenter view if that is open now: who undoes an edit in front of a class stays in it."""
        return replace(state, presenting=self.state.presenting)

    def returned(self, state: Showing | None) -> None:
        """Show the scene that a screen over this one ended with."""
        if isinstance(state, Scene):
            same = state.reading == self.state.reading
            here = (self.state if same else self.state.of(state.reading)).with_unit(state.unit).at(state.position)
            self.show(replace(here, notation=state.notation, hidden=state.hidden, lens=state.lens))

    def command(self) -> list[str]:
        """The arguments that open the scene."""
        return arguments_of(self.state, self.computed.model.floors)

    def savable(self) -> list[Kind]:
        """The picture of the screen and, while no answer is covered, all other exports of the scene."""
        if self.state.asking or self.state.covered:  # their numbers would tell
            return super().savable()
        from rnn_tui.tui.walking.saving import kinds  # only where something is saved: start-up time is a feature

        return [*super().savable(), *kinds(self.state, self.computed.trace, self.picture_name(), self.app)]

    def picture_name(self) -> str:
        """The model, the word and the phase."""
        position, model = self.state.position, self.computed.model
        words = position_text(position, model.floors).split(":")
        lane = [word.removeprefix("--") for word in lane_arguments(position, model.floors)]
        return "-".join(("rnn-tui", model.name, *words, *lane))


def _typed_over(pick: HoldPick) -> Outcome:
    from rnn_tui.tui.walking.holds import type_over  # only where something is edited: start-up time is a feature

    return type_over(pick.name, pick.unit)


def _edited(shown: Shown[Scene, Computed], pick: MemoryPick | EditPick) -> Scene:
    from rnn_tui.tui.walking import whatif  # only where something is edited: start-up time is a feature

    return whatif.memory(shown, pick.tenths) if isinstance(pick, MemoryPick) else whatif.take_out(shown, pick.edit)
