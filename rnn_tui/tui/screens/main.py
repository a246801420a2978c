"""The main screen: a key makes the next scene."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from rnn_tui.network.trace import Trace
from rnn_tui.pictures.arithmetic import weights_of
from rnn_tui.scene import Scene
from rnn_tui.tui import opening
from rnn_tui.tui.keys import BINDINGS
from rnn_tui.tui.moves import MOVES
from rnn_tui.tui.panels.arithmetic import ArithmeticPanel
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.play import Clock
from rnn_tui.tui.screens.stage import Stage

if TYPE_CHECKING:
    from rnn_tui.tui.writing import Writer


class MainScreen(Stage):
    """What each key does, and what a panel's message does."""

    BINDINGS: ClassVar[list[BindingType]] = [*BINDINGS]

    def __init__(self, scene: Scene, trace: Trace, clock: Clock | None = None) -> None:
        super().__init__(scene, trace, clock)
        self._writer: Writer | None = None

    def action_move(self, name: str, by: int = 0) -> None:
        """Any move inside the scene's model and text; one through time pauses the player."""
        scene = MOVES[name](self.scene, self.trace, by)
        self.sliding_weights = False
        if scene.position != self.scene.position:
            self.player.stop()
        self.move(scene, grow=(name, by) == ("step", 1))

    def action_terms(self, by: int) -> None:
        """Scroll the arithmetic by some lines, as far as it goes."""
        self.terms_from = self.query_one(ArithmeticPanel).scrolled(self.terms_from + by)
        self._show(["arithmetic"])

    def action_back(self) -> None:
        """Stop what is being measured, or close what is open."""
        if self.looker.measuring:
            self.looker.stop()
            self.draw()
        elif self.slider.place is not None:
            self.slider.stop()
            self.draw()
        else:
            self.action_move("overview")

    def action_slide(self) -> None:
        """Slide the current word through the sentence, and see what becomes of the answer."""
        self.player.stop()
        self.looker.sweep(self.scene, self.trace, partial(self.slider.start, len(self.trace)))

    async def action_write(self) -> None:
        """Write on."""
        self.player.stop()
        from rnn_tui.tui import writing

        await writing.write_on(self, self.writer)

    def action_temperature(self) -> None:
        """Write more carefully or more boldly."""
        from rnn_tui.tui import writing

        writing.change_temperature(self, self.writer)

    @property
    def writer(self) -> Writer:
        """Who draws the next token; there from the first time on that it is asked for."""
        if self._writer is None:
            from rnn_tui.tui.writing import Writer

            self._writer = Writer()
        return self._writer

    async def action_edit(self, name: str, by: int = 0) -> None:
        """Make one of the changes of the what-if mode."""
        from rnn_tui.tui import whatif

        await whatif.change(self, name, by)

    def action_ask(self, what: str) -> None:
        """Ask for a word, an edit or a file name."""
        self.player.stop()
        from rnn_tui.tui import whatif

        whatif.ask(self, what)

    def action_choose(self, by: int) -> None:
        """Choose the next of the edits in force."""
        self.chosen = (self.chosen + by) % len(self.scene.edits)
        self.draw()

    def action_weight(self, by: int) -> None:
        """Pick the next weight in the arithmetic."""
        count = len(weights_of(self.view))
        self.pick_weight((-1 if by > 0 else 0) + by if self.weight is None else (self.weight + by) % count)

    def pick_weight(self, weight: int) -> None:
        """Pick a weight, counted through the arithmetic on the screen, and scroll to it."""
        count = len(weights_of(self.view))
        self.weight = weight % count
        self.terms_from = self.query_one(ArithmeticPanel).scrolled_to_weight(self.view)
        self.sliding_weights = False
        self.draw()

    @property
    def picked_weight(self) -> tuple[str, tuple[int, ...]] | None:
        """The weight that is picked in the arithmetic: its parameter's short name, and its place from 0."""
        weights = weights_of(self.view) if self.scene.arithmetic and self.weight is not None else ()
        return weights[self.weight] if self.weight is not None and self.weight < len(weights) else None

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

    def action_compare(self) -> None:
        """Put another scene beside this one."""
        from rnn_tui.tui import comparing  # only where somebody compares: start-up time is a feature

        comparing.ask_for_comparison(self)

    def action_help(self) -> None:
        """Show all keys."""
        opening.show_help(self)

    def action_picture(self) -> None:
        """Save the screen as an SVG file in the current folder."""
        opening.save_picture(self)

    def action_quit(self) -> None:
        """Close the program."""
        self.app.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what can't be done now: a move that would leave the scene as it is, and so on."""
        if "notice" in self.plan.regions:
            return action == "quit" or None
        if action == "move":
            name, by = str(parameters[0]), parameters[1] if len(parameters) > 1 else 0
            return MOVES[name](self.scene, self.trace, int(str(by))) != self.scene or None
        if action in ("edit", "ask", "choose", "weight"):
            return (self.scene.what_if and self._can_change(action, parameters)) or None
        can = {
            "play": lambda: self.able("move('step', 1)"),
            "terms": lambda: self.scene.arithmetic,
            "speed": lambda: self.player.can_change(int(str(parameters[0]))),
            "undo": lambda: self.history.can_undo,
            "redo": lambda: self.history.can_redo,
            "back": lambda: self.looker.measuring or self.slider.place is not None or self.able("move('overview')"),
            "slide": lambda: self.scene.lens == "recency" and len(self.trace) > 1,
            "write": self._can_write,
            "temperature": self._can_write,
        }
        return action not in can or can[action]() or None

    def _can_change(self, action: str, parameters: tuple[object, ...]) -> bool:
        from rnn_tui.tui import whatif

        return whatif.able(self, action, parameters)

    def _can_write(self) -> bool:
        if self.trace.model.readout.kind != "each":
            return False
        from rnn_tui.network.generation import writing_of

        return writing_of(self.trace.model) is not None

    # Messages from panels

    @on(Panel.Picked)
    def _picked(self, message: Panel.Picked) -> None:
        self.action_move(message.move, message.by)

    @on(ArithmeticPanel.WeightPicked)
    def _weight_picked(self, message: ArithmeticPanel.WeightPicked) -> None:
        if self.scene.what_if:
            self.pick_weight(message.weight)

    @on(ArithmeticPanel.Scrolled)
    def _scrolled(self, message: ArithmeticPanel.Scrolled) -> None:
        self.action_terms(message.by)
