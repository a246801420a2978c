"""Moves within a lesson: from what is shown to the next state, card by card or back to the card's scene."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from rnn_tui.lessons import course
from rnn_tui.lessons.lesson import Card, QuestionPart
from rnn_tui.pictures.lesson import page_count
from rnn_tui.scene import Scene
from rnn_tui.tui.lesson.plan import PROSE, is_beside
from rnn_tui.tui.lesson.state import LessonScene
from rnn_tui.tui.lesson.telling import Telling, following
from rnn_tui.tui.screen import shared
from rnn_tui.tui.screen.keys import Shown
from rnn_tui.tui.walking import moves
from rnn_tui.tui.walking.computed import Computed

Walk = Shown[Scene, Computed]


@dataclass(frozen=True, eq=False)
class LessonComputed(Computed):
    """The numbers that are computed for a scene, and what the cards of lessons show."""

    telling: Telling

    def seen(self, scene: Scene) -> Computed:
        """See `Computed.seen`; nor is anything seen of what is asked later at this stop."""
        if scene.asking or not cast(LessonScene, scene).guarded:
            return super().seen(scene)
        return self.so_far(scene.position, answers=True)


def state_of(shown: Walk) -> LessonScene:
    """The state, which is that of a lesson."""
    return cast(LessonScene, shown.state)


def is_page(shown: Walk) -> bool:
    """True where prose and picture take turns, and it is the prose's."""
    return PROSE in shown.plan.regions and not is_beside(shown.plan)


def next_card(shown: Walk) -> LessonScene:
    """The next page of the prose, or the picture where they take turns, or the answer, or the next card.

    At the end it is the next lesson.

    Raises UserError where that can't be opened.
    """
    state = state_of(shown)
    if state.page + 1 < _pages(shown):
        return replace(state, page=state.page + 1)
    if is_page(shown) and state.is_new_picture:
        return replace(state, turned=True)
    if state.waits:  # it was closed, or something else is looked at
        answered = telling_of(shown).revealed(state.home)
        return replace(state.showing(answered), home=answered, presenting=state.presenting)
    return _moved(shown, 1)


def last_card(shown: Walk) -> LessonScene:
    """The page of the prose before, or the prose of this picture where they take turns, or the card before.

    Raises UserError where that can't be opened.
    """
    state = state_of(shown)
    page = min(state.page, _pages(shown) - 1)
    if page > 0:
        return replace(state, page=page - 1)
    if state.turned and state.says and not is_beside(shown.plan):
        return replace(state, turned=False)
    return _moved(shown, -1)


def coming(shown: Walk) -> str:
    """Say what the next card is, in a few words."""
    state = state_of(shown)
    if state.page + 1 < _pages(shown):
        return "more of the text"
    if is_page(shown) and state.is_new_picture:
        return "the picture"
    return "the answer" if state.waits else _coming_card(state)


def _coming_card(state: LessonScene) -> str:
    cards = state.lesson.cards
    if state.card is None:
        return "the next lesson"
    at = cards.index(state.card) + 1
    if at == len(cards):
        return "the end"
    if cards[at].stop != state.card.stop:
        return f"stop {cards[at].stop + 1}"
    return "a question" if isinstance(state.lesson.part(cards[at]), QuestionPart) else "goes on"


def can_go_on(shown: Walk) -> bool:
    """True but at the end of the last lesson."""
    state = state_of(shown)
    return state.card is not None or state.page + 1 < _pages(shown) or following(state.lesson) is not None


def can_go_back(shown: Walk) -> bool:
    """True but at the start of a lesson."""
    state = state_of(shown)
    return state.card != state.lesson.cards[0] or state.page > 0 or (state.turned and not is_beside(shown.plan))


def _pages(shown: Walk) -> int:
    """The number of pages that the prose has in its panel; 1 where it isn't seen."""
    region = shown.plan.regions.get(PROSE)
    if region is None:
        return 1
    state = state_of(shown)
    prose = telling_of(shown).prose(state.lesson, state.card)
    return page_count(prose, region.width, region.height, beside=is_beside(shown.plan))


def telling_of(shown: Walk) -> Telling:
    """The scenes and the prose of the cards."""
    return cast(LessonComputed, shown.computed).telling


def _moved(shown: Walk, by: int) -> LessonScene:
    """The next card (1) or the one before (−1); after the last card the end, and after that the next lesson."""
    state, telling = state_of(shown), telling_of(shown)
    cards: tuple[Card | None, ...] = (*state.lesson.cards, None)
    at = cards.index(state.card) + by
    if 0 <= at < len(cards):
        return state.leads_to(telling.entered(state.lesson, cards[at]))
    after = following(state.lesson) if at > 0 else None
    return state if after is None else state.leads_to(telling.begun(course.load(after)))


def back_to_card(shown: Walk, _: int) -> LessonScene:
    """The card's own scene, after something else was tried."""
    state = state_of(shown)
    return state.back if state.away else state


def turn(shown: Walk, _: int) -> LessonScene:
    """The prose in place of the picture, or the picture, where they take turns."""
    state = state_of(shown)
    if is_beside(shown.plan):
        return state
    return replace(state, turned=not state.turned)


# Keys of the walk that do something else at the prose, or at the end


def present(shown: Walk, by: int) -> Scene:
    """The presenter view, or the overview; at a stop that shows a lens on the whole screen the lens stands."""
    state = state_of(shown)
    own = state.home.full and state.home.lens is not None
    return state if own and not state.away else moves.present(shown, by)


def step(shown: Walk, by: int) -> Scene:
    """A phase on or back; at the prose the picture first."""
    return turn(shown, 0) if is_page(shown) else shared.step(shown, by)  # type: ignore[arg-type]


def arithmetic(shown: Walk) -> Scene:
    """The arithmetic opened or closed; at the prose the picture first, and at the end the next lesson.

    Raises UserError where that can't be opened.
    """
    if state_of(shown).card is None:
        return next_card(shown)
    return turn(shown, 0) if is_page(shown) else moves.arithmetic(shown, 0)


def choose(shown: Walk, by: int) -> Scene:
    """The next of the edits in force chosen, where there are several; else prose and picture change places."""
    if shown.state.what_if and not is_page(shown):
        from rnn_tui.tui.walking import whatif  # only where something is edited: start-up time is a feature

        chosen = whatif.choose(shown, by)
        if chosen != shown.state:
            return chosen
    return turn(shown, 0)
