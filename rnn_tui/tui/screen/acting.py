"""A screen that takes keys and clicks: each makes the next state, opens a dialog or a screen, or says something."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, cast

from textual import on
from textual.app import SystemCommand

from rnn_tui.network.errors import UserError
from rnn_tui.pictures.picks import KeyPick, MemoryPick, Pick
from rnn_tui.scene import Showing
from rnn_tui.text import printable
from rnn_tui.tui.panels.hints import Hint
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.screen.keys import BRIEFLY, Ask, C, Change, Key, Open, Outcome, S, Shown, Told, bindings, by_group
from rnn_tui.tui.screen.showing import ShowingScreen


class ActingScreen(ShowingScreen[S, C]):
    """Takes keys and clicks."""

    keys: ClassVar[tuple[Key, ...]] = ()
    welcome: tuple[str, str, str] | None = None
    """What stands first in the footer until a key is pressed: a key by its name, and the words before and after it."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Bind the keys of the class."""
        cls.BINDINGS = [*bindings(cls.keys)]
        super().__init_subclass__(**options)

    # What a concrete screen says

    @abstractmethod
    def picked(self, shown: Shown[S, C], pick: Pick) -> Outcome:
        """Make the outcome of a click."""

    def modes(self) -> set[str]:
        """The modes that the screen is in: the footer has a key of a mode only then."""
        return set()

    def hint_for(self, key: Key) -> tuple[str, int]:
        """The footer's words for a key now, and how soon it leaves the key out."""
        return key.hint, key.priority

    def returned(self, state: Showing | None) -> None:
        """Take what a screen that was put over this one gave back."""

    # Keys and clicks

    def key(self, key_id: str) -> Key:
        """A key by its name."""
        return next(key for key in self.keys if key.id == key_id)

    def bound(self) -> tuple[Key, ...]:
        """The keys with the signs of those that they are bound to."""
        if not self.settings.keys:
            return self.keys
        from rnn_tui.tui.screen.signs import as_bound  # only where keys are set: start-up time is a feature

        return tuple(as_bound(self.keys, self.settings.keys))

    def able(self, key_id: str) -> bool:
        """Tell whether a key, by its name, can be used now."""
        key = self.key(key_id)
        if self.too_small:
            return key.id == "quit"
        if not key.works(asking=self.state.asking):
            return False
        act = key.act
        if isinstance(act, Change):
            return bool(act.make(self.shown) != self.state)
        return act.can(self.shown) if isinstance(act, (Ask, Open)) else act.can(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tell whether Textual may do an action: a key that can't be used now is greyed."""
        return self.able(str(parameters[0])) or None if action == "press" else True

    async def action_press(self, key_id: str) -> None:
        """Do what a key does, if it can be used now."""
        if not self.able(key_id):
            return
        if self.welcome is not None:
            self.welcome = None
            self.draw()
        act = self.key(key_id).act
        if isinstance(act, Change):
            self._take(act.make(self.shown), grows=act.grows, merges=act.merges)
        elif isinstance(act, Ask):
            self.ask(act)
        elif isinstance(act, Open):
            self._attempt(partial(act.outcome, self.shown))
        elif (waiting := act.does(self)) is not None:
            await waiting

    @on(Panel.Picked)
    async def _panel_picked(self, message: Panel.Picked) -> None:
        if isinstance(message.pick, KeyPick):
            await self.action_press(message.pick.key)
        elif not self.state.asking:  # else a click would show what is covered
            self._take(self.picked(self.shown, message.pick), merges=isinstance(message.pick, MemoryPick))

    def ask(self, asked: Ask[S, C]) -> None:
        """Open a dialog, and take its answer when it comes."""
        self.player.stop()
        try:
            dialog = asked.dialog(self.shown)
        except UserError as error:
            self.complain(error)
        else:
            self.app.push_screen(dialog, partial(self._answered, asked))

    def _answered(self, asked: Ask[S, C], answer: object) -> None:
        if answer is not None:
            self._attempt(lambda: asked.answer(self.shown, answer))

    def _attempt(self, make: Callable[[], Outcome]) -> None:
        """Take what a function gives, or say what is wrong."""
        try:
            outcome = make()
        except UserError as error:
            self.complain(error)
        else:
            self._take(outcome)

    def _take(self, outcome: Outcome, *, grows: bool = False, merges: bool = False) -> None:
        """Do what is to come of a key, a click or an answer."""
        if isinstance(outcome, Ask):
            self.ask(outcome)
        elif isinstance(outcome, ActingScreen):
            self.open_over(outcome)
        elif isinstance(outcome, Told):
            if outcome.state is None or self.show(cast(S, outcome.state)):
                self.tell(outcome)
        elif isinstance(outcome, Showing):
            if outcome.position != self.state.position or outcome.asking:
                self.player.stop()
            self.show(cast(S, outcome), grows=grows, merges=merges)

    def open_over(self, screen: ActingScreen[Any, Any]) -> None:
        """Put a screen over this one, and take what it gives back."""
        self.player.stop()
        screen.clock = self.clock
        screen.set_up(self.settings, self.player.speed)
        self.app.push_screen(screen, self.returned)

    # What is said

    def hints(self) -> tuple[Hint, ...]:
        """The entries of the footer, in the order of the keys."""
        modes = self.modes()
        hints = [] if self.welcome is None else [self._welcoming(*self.welcome)]
        for key in self.bound():
            does, priority = self.hint_for(key)
            if does and (not key.mode or key.mode in modes) and key.works(asking=self.state.asking):
                able, other = self.able(key.id), bool(key.pair) and self.able(key.pair)
                chosen = key.pair if other and not able else key.id
                brief = key.brief if does == key.hint else BRIEFLY.get(does, "")
                hints.append(Hint(key.signs or key.sign, does, chosen, able or other, priority, brief))
        return tuple(hints)

    def _welcoming(self, key_id: str, before: str, after: str) -> Hint:
        """The footer's first entry for somebody who is new."""
        sign = next(key.sign for key in self.bound() if key.id == key_id)
        return Hint(f"{before} {sign}", after, key_id, able=self.able(key_id))

    def commands(self) -> Iterable[SystemCommand]:
        """An entry of the command palette for every key that can be used now."""
        for keys in by_group(self.bound()).values():
            for key in keys:
                if self.able(key.id):
                    sign = f"key {key.printed}" if key.keys else ""
                    yield SystemCommand(f"{key.group}: {key.help}", sign, partial(self.action_press, key.id))

    def tell(self, told: Told) -> None:
        """Say something in one line."""
        if told.in_place:
            self.app.clear_notifications()
        self.notify(printable(told.said), title=told.title, markup=False, timeout=told.seconds)
