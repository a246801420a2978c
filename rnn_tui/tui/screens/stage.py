"""Where a scene is shown: the current scene, its trace, and one place that hands them to every panel."""

from __future__ import annotations

from collections.abc import Iterable

from textual.actions import parse
from textual.layout import Layout
from textual.reactive import var
from textual.widget import Widget

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.view import View
from rnn_tui.scene import Scene
from rnn_tui.tui import opening, theme
from rnn_tui.tui.arrangement import Arrangement
from rnn_tui.tui.hints import hints
from rnn_tui.tui.history import History
from rnn_tui.tui.looking import Looker
from rnn_tui.tui.moves import MOVES
from rnn_tui.tui.panels.arithmetic import ArithmeticPanel, Why
from rnn_tui.tui.panels.bars import Footer, Header, Notice
from rnn_tui.tui.panels.lens import LensPanel
from rnn_tui.tui.panels.memory import Memory
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.panels.phase import PhasePanel
from rnn_tui.tui.panels.ribbon import Ribbon
from rnn_tui.tui.panels.story import Story
from rnn_tui.tui.panels.whatif import WhatIf
from rnn_tui.tui.plan import Plan, Sizes, plan
from rnn_tui.tui.play import Clock, Player, Slider
from rnn_tui.tui.screens.played import Played

MOTION_SECONDS = 0.2


class Stage(Played[None]):
    """Shows a scene."""

    motion: var[float] = var(1.0, init=False)

    def __init__(self, scene: Scene, trace: Trace, clock: Clock | None = None) -> None:
        super().__init__()
        self.history = History((scene.fitted(trace),))
        self.trace = trace
        self.first = 0
        self.terms_from = 0
        self.plan = Plan({})
        self.player = Player(clock or self.set_interval, self._play_on)
        self.weight: int | None = None
        self.chosen = 0
        self.sliding_weights = False  # whether the last change was one of many that undo takes back together
        self.slider = Slider(clock or self.set_interval, self.draw)
        self.looker = Looker(self)
        self._palette: Palette | None = None
        self._arrangement = Arrangement(self)

    @property
    def scene(self) -> Scene:
        """The scene on the screen."""
        return self.history.current

    @property
    def layout(self) -> Layout:
        """The plan, in place of a layout from a style sheet."""
        return self._arrangement

    @property
    def view(self) -> View:
        """What the panels draw."""
        planned = self.plan
        before, origins = self.unedited
        return View(
            trace=self.trace,
            scene=self.scene,
            first=self.first,
            count=planned.count,
            pitch=planned.pitch,
            memory_pitch=planned.memory_pitch,
            wide=planned.wide,
            motion=self.motion,
            terms_from=self.terms_from,
            slid=self.slider.place,
            looking=self.looker.now,
            weight=self.weight,
            before=before,
            origins=origins,
            chosen=self.chosen,
        )

    @property
    def unedited(self) -> tuple[Trace | None, tuple[int | None, ...]]:
        """The trace without the edits in force, and which of its words each word was; no trace where there are none."""
        return opening.before_of(self.scene) if self.scene.edits else (None, ())

    @property
    def before(self) -> Trace | None:
        """The trace without the edits in force, if there are any."""
        return self.unedited[0]

    @property
    def colours(self) -> Palette:
        """The palette of the current theme."""
        if self._palette is None:
            self._palette = theme.palette_of(self.app)
        return self._palette

    # Drawing

    def compose(self) -> Iterable[Widget]:
        """The panels; where they stand is the plan's business."""
        yield from (Header("header"), Ribbon("ribbon"))
        yield from self._of_cell()
        yield from (
            Why("why"),
            LensPanel("lens"),
            WhatIf("what-if"),
            ArithmeticPanel("arithmetic"),
            Story("story"),
            Footer("footer"),
            Notice("notice"),
        )

    def _of_cell(self) -> Iterable[Widget]:
        """The panels that another kind of cell has others of."""
        yield from (PhasePanel(phase) for phase in self.trace.model.phases)
        yield from (Memory("memory" if name == "h" else f"memory-{name}", name) for name in self.trace.initial)

    def on_mount(self) -> None:
        """Draw the first scene, and again whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._recolour)
        self.replan()

    def on_resize(self) -> None:
        """Lay out anew."""
        self.replan()

    def replan(self) -> None:
        """Work out where the panels stand for this size, network and phase, and draw them there."""
        planned = plan(*self.size, Sizes.of(self.trace.model, self.scene))
        if planned != self.plan:
            self.plan = planned
            self.query_one(Footer).refresh(layout=True)  # a child's layout is what makes the screen arrange anew
        self.draw()

    def draw(self) -> None:
        """Hand the view to every panel that has a place."""
        self._scroll_to_unit()
        self.looker.look(self.scene, self.trace)
        self.query_one(Footer).hints = hints(
            self.scene, self.able, playing=self.player.playing, weight=self.weight is not None and self.scene.arithmetic
        )
        self._show(self.plan.regions)

    def _show(self, names: Iterable[str]) -> None:
        view, palette = self.view, self.colours
        for name in names:
            self.get_child_by_id(name, Panel).show(view, palette)

    def _recolour(self, _: object) -> None:
        self._palette = None
        self.draw()

    def _scroll_to_unit(self) -> None:
        """Keep the picked unit among the visible ones, which scroll together in every panel."""
        unit, count = self.scene.unit, self.plan.count
        last = max(0, self.trace.model.hidden_size - count)
        self.first = min(max(self.first, unit - count + 1), unit, last)

    def able(self, action: str) -> bool:
        """Whether an action, as it stands in the list of keys, can be done now."""
        _, name, parameters = parse(action)
        return self.check_action(name, parameters) is True

    # The one way to change what is shown

    def move(self, scene: Scene, *, grow: bool = False) -> None:
        """Show a scene of the same model and text; `grow` lets the bars of its phase grow to their new values."""
        self.app.animator.force_stop_animation(self, "motion")
        relaid = _laid_out_by(self.scene) != _laid_out_by(scene) or not self.plan.wide
        self.slider.stop()
        self.history, self.terms_from, self.weight = self.history.replaced(scene), 0, None
        moves = grow and self.app.animation_level != "none"
        self.set_reactive(Stage.motion, 0.0 if moves else 1.0)
        if relaid:
            self.replan()
        else:
            self.draw()
        if moves:
            self.animate("motion", 1.0, duration=MOTION_SECONDS, easing="out_cubic")

    def watch_motion(self) -> None:
        """Draw the phase at work at this point of its motion."""
        self._show({f"phase-{self.view.phase.name}", "phase-check"} & self.plan.regions.keys())

    def _play_on(self) -> None:
        self.move(MOVES["step"](self.scene, self.trace, 1), grow=True)
        if not self.able("move('step', 1)"):
            self.player.stop()
            self.draw()

    def retrace(self, history: History, trace: Trace) -> None:
        """Put another trace of the same network and sentence, edited, in the place of this one."""
        self._come_to_rest()
        more = len(history.current.edits) > len(self.scene.edits)
        self.history, self.trace = history.replaced(history.current.fitted(trace)), trace
        last = len(self.scene.edits) - 1
        self.chosen = max(0, last if more else min(self.chosen, last))  # del takes out what was just done
        self.replan()

    async def show_trace(self, history: History, trace: Trace) -> None:
        """Put another trace on the screen; the panels of its phases are made anew where the cell is another."""
        self._come_to_rest()
        other_cell = not self.has_panels_for(trace)
        self.weight = None
        self.history, self.trace, self.first = history.replaced(history.current.fitted(trace)), trace, 0
        self.plan = Plan({})
        if other_cell:  # the rest stays: a click on one of the others may have led here, and is still being handled
            async with self.batch():
                await self.query(f"{PhasePanel.__name__}, {Memory.__name__}").remove()
                await self.mount_all(self._of_cell())
        self.replan()

    def has_panels_for(self, trace: Trace) -> bool:
        """Whether the panels on the screen are those of another trace's phases."""
        names, shown = ([phase.name for phase in model.phases] for model in (trace.model, self.trace.model))
        return names == shown

    def _come_to_rest(self) -> None:
        """End all that goes on by itself, or that goes on with the next key."""
        self.player.stop()
        self.slider.stop()
        self.sliding_weights = False
        self.app.animator.force_stop_animation(self, "motion")
        self.set_reactive(Stage.motion, 1.0)


def _laid_out_by(scene: Scene) -> tuple[object, ...]:
    """What of a scene decides where the panels of a wide screen stand."""
    return (scene.arithmetic, scene.lens, scene.full, scene.what_if)
