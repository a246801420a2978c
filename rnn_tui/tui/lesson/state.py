"""The state of a lesson's screen: a scene of the walk, and where in the lesson it stands."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from rnn_tui.lessons.lesson import Card, Lesson, Prose, QuestionPart
from rnn_tui.scene import Scene

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace


@dataclass(frozen=True, kw_only=True)
class LessonScene(Scene):
    """A scene that is shown in a lesson, and the card that it belongs to.

    `card` is the card that is shown, or None after the last. `home` is its scene, to which one key comes back.
    `page` is the page of its prose, from 0, where it has several. Where prose and picture take turns, `turned` shows
    the picture. `kept` are the scenes of the questions that were open, with the hands and the answers that were seen.
    """

    lesson: Lesson
    card: Card | None
    home: Scene
    page: int = 0
    turned: bool = False
    kept: tuple[tuple[Card, Scene], ...] = ()

    @property
    def led(self) -> bool:
        """See `Scene.led`."""
        return True

    @property
    def plain(self) -> Scene:
        """The scene alone, as the walk shows it."""
        return Scene(**{field.name: getattr(self, field.name) for field in fields(Scene)})

    @property
    def away(self) -> bool:
        """True where something else is shown than the card's own scene, or its question was closed.

        How large it is shown is no matter of the scene's: who presents stays in the presenter view.
        """
        return not self.asking and replace(self.plain, presenting=self.home.presenting) != self.home

    @property
    def back(self) -> LessonScene:
        """The card's own scene."""
        return replace(self.showing(self.home), presenting=self.presenting)

    @property
    def waits(self) -> bool:
        """True where the card's own question has no answer yet, whether it is open now or was closed."""
        return self.home.asking

    @property
    def guarded(self) -> bool:
        """True at the place of a card after which a question is still to come at this stop.

        Nothing may tell its answer before: no scale of a bar, and no consequence of an edit.
        """
        if self.card is None or self.lens is not None or self.what_if:
            return False
        if (self.reading, self.position) != (self.home.reading, self.home.position):
            return False
        coming = self.lesson.stop(self.card).parts[self.card.part + 1 :]
        return any(isinstance(part, QuestionPart) for part in coming)

    def unit_in(self, trace: Trace) -> int:
        """See `Scene.unit_in`; where a question is to come it is the first, too."""
        return 0 if self.unit is None and self.guarded else super().unit_in(trace)

    def leads_to(self, other: LessonScene) -> LessonScene:
        """Another card, with its question as it was left; in the presenter view where one presents by hand."""
        if other.lesson is self.lesson:
            kept = dict(self.kept)
            if self.card is not None and self.home.asked is not None:
                kept[self.card] = self.home
            if other.card is not None and other.card in kept:
                other = at_card(other.lesson, other.card, kept[other.card])
            other = replace(other, kept=tuple(kept.items()))
        by_hand = self.presenting != self.home.presenting
        return replace(other, presenting=self.presenting) if by_hand else other

    def of_lesson(self, lesson: Lesson, card: Card | None) -> LessonScene:
        """The same of a lesson that has been saved anew, with the questions that are as they were."""
        before = self.lesson
        kept = (of for of in self.kept if _question_at(lesson, of[0]) == _question_at(before, of[0]))
        return replace(self, lesson=lesson, card=card, kept=tuple(kept))

    def answering(self, before: LessonScene) -> LessonScene:
        """The same where it came of a key of a question, after a state before.

        The hands, and then the answer, of the card's own question are what one comes back to. Who closes a question
        is shown the picture as large as before.
        """
        if self.asked is None:
            return replace(self, presenting=before.presenting)
        own = self.home.asked
        if own is None or (own.question, own.ask) != (self.asked.question, self.asked.ask):
            return self  # another one was asked here
        return replace(self, home=replace(self.plain, presenting=self.home.presenting))

    @property
    def asks(self) -> bool:
        """True at a card that asks a question."""
        return self.card is not None and isinstance(self.lesson.part(self.card), QuestionPart)

    @property
    def says(self) -> bool:
        """True at a card that has any prose, the last one among them."""
        part = None if self.card is None else self.lesson.part(self.card)
        return part is None or (isinstance(part, Prose) and bool(part.text.strip()))

    @property
    def is_new_picture(self) -> bool:
        """True where the picture of this card is to be looked at before the next card, and hasn't been yet.

        What stands before a lesson's first scene is not about it, and what is said after a question is about what was
        just seen.
        """
        if self.card is None or self.turned:
            return False
        stop = self.lesson.stop(self.card)
        asked = any(isinstance(part, QuestionPart) for part in stop.parts[: self.card.part])
        return not asked and stop.parts[self.card.part].line >= stop.line

    def showing(self, scene: Scene) -> LessonScene:
        """The same card with another scene."""
        return replace(self, **{field.name: getattr(scene, field.name) for field in fields(Scene)})


def _question_at(lesson: Lesson, card: Card) -> tuple[tuple[str, ...], str, str | None] | None:
    """The scene and the question of a card, wherever they stand in the file; None where there is no such card."""
    part = lesson.part(card) if card in lesson.cards else None
    return (lesson.stop(card).arguments, part.question, part.ask) if isinstance(part, QuestionPart) else None


def at_card(lesson: Lesson, card: Card | None, home: Scene) -> LessonScene:
    """A lesson at the start of a card, or at its end, with the card's scene; without prose at its picture."""
    own = {field.name: getattr(home, field.name) for field in fields(Scene)}
    state = LessonScene(**own, lesson=lesson, card=card, home=home)
    return replace(state, turned=not state.says)
