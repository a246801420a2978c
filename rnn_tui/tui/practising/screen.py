"""The screen of practice: the panels of the walk, a question over them, the score, and the next question."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, cast

from rnn_tui.levels import LEVELS as KNOWN
from rnn_tui.network.errors import UserError
from rnn_tui.pictures.asking import Asking
from rnn_tui.pictures.picks import Pick
from rnn_tui.questions.drawing import Drawing
from rnn_tui.questions.practice import Practice
from rnn_tui.scene import Scene
from rnn_tui.tui.practising import moves
from rnn_tui.tui.practising.keys import KEYS
from rnn_tui.tui.practising.state import LEVELS, Practising
from rnn_tui.tui.screen.keys import Key, Outcome, Shown
from rnn_tui.tui.screen.playing import Clock
from rnn_tui.tui.screen.timeline import Timeline
from rnn_tui.tui.walking.computed import Computed
from rnn_tui.tui.walking.screen import WalkScreen

INTRODUCTION = (
    "Questions about networks without end, each marked at once, with the arithmetic. Choose with a number key, or type "
    f"the number, then press enter. Level {'. '.join(f'{level}: {asks}' for level, asks in KNOWN.items())}.\n"
)


class PracticeScreen(WalkScreen, inherit_bindings=False):
    """Asks one question after the other; gives back nothing, and holds the practice when it is left."""

    keys: ClassVar[tuple[Key, ...]] = KEYS
    introduction: ClassVar[str] = INTRODUCTION

    def __init__(
        self,
        drawing: Drawing,
        levels: tuple[int, int] = LEVELS[0],
        clock: Clock | None = None,
        *,
        notation: bool = False,
    ) -> None:
        """Raises UserError where no question can be drawn."""
        self._drawing = drawing
        question = drawing.following(levels, 0)
        assert question is not None
        practice = Practice(drawing.seed)
        state = Practising(reading=question.scene.reading, practice=practice, levels=levels, notation=notation)
        super().__init__(state.of_question(question), drawing.traces, clock)

    @property
    def practising(self) -> Practising:
        """The state, which is that of a practice."""
        return cast(Practising, self.state)

    def question_of(self, state: Scene, computed: Computed, height: int) -> Asking | None:
        """The question with the score, or the score alone."""
        return moves.drawn(cast(Practising, state), computed.trace, height)

    def hint_for(self, key: Key) -> tuple[str, int]:
        """The key's own words; what leads away from the score, or to none, is called that."""
        state = self.practising
        if key.id == "answer" and state.over:
            return "the question", key.priority
        if key.id == "end-practice" and (state.over or not state.practice.attempts):
            return "leave", key.priority
        return key.hint, key.priority

    def picked(self, shown: Shown[Scene, Computed], pick: Pick) -> Outcome:
        """Nothing: here one looks, and answers."""
        return None

    def closed(self, shown: Shown[Scene, Computed]) -> Scene | None:
        """Nothing is closed: the question stays until the next."""
        return None

    # What its keys do

    @property
    def can_go_on(self) -> bool:
        """True until the last question is answered and the score stands in its place."""
        return self.practising.left

    def next_question(self) -> None:
        """The next question; after the last one the score."""
        self._show_next(self.practising.levels)

    def can_change_levels(self, by: int) -> bool:
        """Tell whether there are harder (1) or easier (−1) questions."""
        state = self.practising
        return not state.over and state.left and moves.levels_beside(state.levels, by) != state.levels

    def change_levels(self, by: int) -> None:
        """Draw harder or easier questions from now on; one that isn't answered counts as not asked."""
        self._show_next(moves.levels_beside(self.practising.levels, by))

    def _show_next(self, levels: tuple[int, int]) -> None:
        """The next question of these levels, or the score where none is left."""
        state = self.practising
        try:
            question = self._drawing.following(levels, len(state.practice.attempts))
        except UserError as error:
            self.complain(error)
            return
        if question is None:
            self.show(replace(state, over=True, left=False))
        else:
            state = replace(state, levels=levels).of_question(question)
            self.show(state, timeline=Timeline((state,)))  # one doesn't go back to a question

    def end(self) -> None:
        """Show the score; leave where it is shown already, or there is none."""
        state = self.practising
        if state.practice.attempts and not state.over:
            self.show(replace(state, over=True))
        elif self.app.screen_stack[0] is self:
            self.app.exit()
        else:
            self.dismiss(None)
