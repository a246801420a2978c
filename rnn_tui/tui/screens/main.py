"""The main screen: owns the current scene; a key makes the next one, and one place hands it to every panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.actions import parse
from textual.binding import BindingType
from textual.layout import Layout
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.view import View
from rnn_tui.scene import Scene
from rnn_tui.tui import opening, theme
from rnn_tui.tui.arrangement import Arrangement
from rnn_tui.tui.history import History
from rnn_tui.tui.keys import BINDINGS, KEYS
from rnn_tui.tui.moves import MOVES
from rnn_tui.tui.panels.arithmetic import ArithmeticPanel, Why
from rnn_tui.tui.panels.bars import Footer, Header, Hint, Notice
from rnn_tui.tui.panels.memory import Memory
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.panels.phase import PhasePanel
from rnn_tui.tui.panels.ribbon import Ribbon
from rnn_tui.tui.panels.story import Story
from rnn_tui.tui.plan import Plan, Sizes, plan
from rnn_tui.tui.play import Clock, Player

MOTION_SECONDS = 0.2


class MainScreen(Screen[None]):
    """Shows a scene."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]
    motion: var[float] = var(1.0, init=False)

    def __init__(self, scene: Scene, trace: Trace, clock: Clock | None = None) -> None:
        super().__init__()
        self.history = History((scene.fitted(trace),))
        self.trace = trace
        self.first = 0
        self.terms_from = 0
        self.plan = Plan({})
        self.player = Player(clock or self.set_interval, self._play_on)
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
        )

    @property
    def colours(self) -> Palette:
        """The palette of the current theme."""
        if self._palette is None:
            # Without a terminal (a picture, a test) there are all colours.
            colours = "truecolor" if self.app.is_headless else self.app.console.color_system or "standard"
            self._palette = theme.palette(self.app.theme_variables, colours)
        return self._palette

    # Drawing

    def compose(self) -> Iterable[Widget]:
        """The panels; where they stand is the plan's business."""
        yield from (Header("header"), Ribbon("ribbon"))
        yield from (PhasePanel(phase) for phase in self.trace.model.phases)
        yield from (Memory("memory" if name == "h" else f"memory-{name}", name) for name in self.trace.initial)
        yield from (Why("why"), ArithmeticPanel("arithmetic"), Story("story"), Footer("footer"), Notice("notice"))

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
        self.query_one(Footer).hints = self._hints()
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

    def _hints(self) -> list[Hint]:
        hints = []
        for key in KEYS:
            if key.does:
                other = {"play": self.player.playing and "pause", "arithmetic": self.scene.arithmetic and "overview"}
                does = other.get(key.id) or key.does
                shown, other_action = key.both or (key.shown, key.action)
                action = key.action if self.able(key.action) else other_action
                hints.append(Hint(shown, does, action, self.able(action), key.weight))
        return hints

    # The one way to change what is shown

    def move(self, scene: Scene, *, grow: bool = False) -> None:
        """Show a scene of the same model and text; `grow` lets the bars of its phase grow to their new values."""
        self.app.animator.force_stop_animation(self, "motion")
        relaid = self.scene.arithmetic != scene.arithmetic or not self.plan.wide
        self.history, self.terms_from = self.history.replaced(scene), 0
        moves = grow and self.app.animation_level != "none"
        self.set_reactive(MainScreen.motion, 0.0 if moves else 1.0)
        if relaid:
            self.replan()
        else:
            self.draw()
        if moves:
            self.animate("motion", 1.0, duration=MOTION_SECONDS, easing="out_cubic")

    def watch_motion(self) -> None:
        """Draw the phase at work at this point of its motion."""
        self._show({f"phase-{self.view.phase.name}", "phase-check"} & self.plan.regions.keys())

    async def show_trace(self, history: History, trace: Trace) -> None:
        """Put another trace on the screen; the panels are made anew where the cell has other phases."""
        self.player.stop()
        self.app.animator.force_stop_animation(self, "motion")
        self.set_reactive(MainScreen.motion, 1.0)
        other_cell = trace.model.phases != self.trace.model.phases
        self.history, self.trace, self.first = history.replaced(history.current.fitted(trace)), trace, 0
        self.plan = Plan({})
        if other_cell:
            await self.recompose()
        self.replan()

    # Keys

    def action_move(self, name: str, by: int = 0) -> None:
        """Any move inside the scene's model and text; one through time pauses the player."""
        scene = MOVES[name](self.scene, self.trace, by)
        if scene.position != self.scene.position:
            self.player.stop()
        self.move(scene, grow=(name, by) == ("step", 1))

    def action_terms(self, by: int) -> None:
        """Scroll the arithmetic by some lines, as far as it goes."""
        self.terms_from = self.query_one(ArithmeticPanel).scrolled(self.terms_from + by)
        self._show(["arithmetic"])

    def action_play(self) -> None:
        """Play, or pause."""
        if self.player.playing:
            self.player.stop()
        else:
            self.player.start()
        self.draw()

    def _play_on(self) -> None:
        self.move(MOVES["step"](self.scene, self.trace, 1), grow=True)
        if not self.able("move('step', 1)"):
            self.player.stop()
            self.draw()

    def action_speed(self, by: int) -> None:
        """Play faster (1) or slower (−1)."""
        self.player.change_speed(by)
        seconds = self.player.seconds
        self.notify(f"{seconds:g} second{'s' if seconds != 1 else ''} a phase", timeout=1)

    async def action_undo(self) -> None:
        """The sentence and model before."""
        await opening.travel(self, self.history.undone())

    async def action_redo(self) -> None:
        """Forward again."""
        await opening.travel(self, self.history.redone())

    def action_sentence(self) -> None:
        """Type a sentence."""
        self.player.stop()
        opening.ask_for_sentence(self)

    def action_models(self) -> None:
        """Pick a model."""
        self.player.stop()
        opening.ask_for_model(self)

    def action_help(self) -> None:
        """Show all keys."""
        opening.show_help(self)

    def action_picture(self) -> None:
        """Save the screen as an SVG file in the current folder."""
        opening.save_picture(self)

    def action_quit(self) -> None:
        """Close the program."""
        self.app.exit()

    def able(self, action: str) -> bool:
        """Whether an action, as it stands in the list of keys, can be done now."""
        _, name, parameters = parse(action)
        return self.check_action(name, parameters) is True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what can't be done now: a move that would leave the scene as it is, and so on."""
        if "notice" in self.plan.regions:
            return action == "quit" or None
        if action == "move":
            name, by = str(parameters[0]), parameters[1] if len(parameters) > 1 else 0
            return MOVES[name](self.scene, self.trace, int(str(by))) != self.scene or None
        can = {
            "play": lambda: self.able("move('step', 1)"),
            "terms": lambda: self.scene.arithmetic,
            "speed": lambda: self.player.can_change(int(str(parameters[0]))),
            "undo": lambda: self.history.can_undo,
            "redo": lambda: self.history.can_redo,
        }
        return action not in can or can[action]() or None

    # Messages from panels

    @on(Panel.Picked)
    def _picked(self, message: Panel.Picked) -> None:
        self.action_move(message.move, message.by)

    @on(ArithmeticPanel.Scrolled)
    def _scrolled(self, message: ArithmeticPanel.Scrolled) -> None:
        self.action_terms(message.by)
