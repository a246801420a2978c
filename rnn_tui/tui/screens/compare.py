"""Two scenes in lockstep: a key makes the next pair."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from rnn_tui.comparison import Comparison
from rnn_tui.pair import Pair
from rnn_tui.tui import comparing
from rnn_tui.tui.compare_keys import COMPARE_BINDINGS, COMPARE_KEYS
from rnn_tui.tui.compare_moves import PAIR_MOVES
from rnn_tui.tui.keys import Key
from rnn_tui.tui.panels.comparing import OfOneSide
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.screens.compare_stage import CompareStage


class CompareScreen(CompareStage):
    """What each key does, and what a panel's message does."""

    BINDINGS: ClassVar[list[BindingType]] = [*COMPARE_BINDINGS]
    keys: ClassVar[tuple[Key, ...]] = COMPARE_KEYS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey what can't be done now: a move that would leave the pair as it is, and so on."""
        if "notice" in self.plan.regions:
            return action == "quit" or None
        if action == "move":
            name, by = str(parameters[0]), parameters[1] if len(parameters) > 1 else 0
            return PAIR_MOVES[name](self.pair, self.comparison, int(str(by))) != self.pair or None
        if action == "play":
            return self.able("move('step', 1)") or None
        if action == "slide":
            return (self.pair.lens == "recency" and max(map(len, self.comparison.traces)) > 1) or None
        return action != "speed" or self.player.can_change(int(str(parameters[0]))) or None

    def action_move(self, name: str, by: int = 0) -> None:
        """Any move; one through time pauses the player."""
        pair = PAIR_MOVES[name](self.pair, self.comparison, by)
        if pair.place != self.pair.place:
            self.player.stop()
        self.go(pair, grow=(name, by) == ("step", 1))

    def action_sentence(self) -> None:
        """Another sentence on the side in focus."""
        self.player.stop()
        comparing.ask_for_sentence(self)

    def action_models(self) -> None:
        """Another model on the side in focus."""
        self.player.stop()
        comparing.ask_for_model(self)

    def action_swap(self) -> None:
        """A becomes B, and B becomes A; the side in focus stays in focus."""
        a, b = self.pair.scenes
        pair = Pair((b, a), focus=1 - self.pair.focus)
        self.lookers.swap()
        self.show_pair(pair, Comparison(self.comparison.b, self.comparison.a), self.scene.position)

    def action_help(self) -> None:
        """Show all keys."""
        comparing.show_help(self)

    def action_picture(self) -> None:
        """Save the screen as an SVG file in the current folder."""
        comparing.save_picture(self)

    def action_slide(self) -> None:
        """Slide the current word of both through all places, and see what becomes of the answers."""
        self.player.stop()
        traces = self.comparison.traces
        self.lookers.sweep(self.scenes, traces, partial(self.slider.start, max(map(len, traces))))

    def action_back(self) -> None:
        """Stop what is being measured, close the lens, or go back to one scene."""
        if self.lookers.measuring:
            self.lookers.stop()
            self.draw()
        elif self.slider.place is not None:
            self.slider.stop()
            self.draw()
        elif self.pair.lens is not None:
            self.action_move("lens", 0)
        else:
            self.action_leave()

    def copy_command(self) -> None:
        """Copy the command that opens what is on the screen, and show it."""
        comparing.copy_command(self)

    def action_leave(self) -> None:
        """Back to one scene: the side in focus."""
        self.player.stop()
        self.dismiss(self.scene)

    def action_quit(self) -> None:
        """Close the program."""
        self.app.exit()

    # Messages from panels

    @on(Panel.Picked)
    def _picked(self, message: Panel.Picked) -> None:
        self.action_move(message.move, message.by)

    @on(OfOneSide.Clicked)
    def _clicked(self, message: OfOneSide.Clicked) -> None:
        if message.which != self.pair.focus:
            self.action_move("focus")
        if message.move:
            self.action_move(message.move, message.by)
