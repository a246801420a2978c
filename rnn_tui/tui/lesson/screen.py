"""A lesson: the walk, with the prose of a lesson beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rnn_tui.lessons.lesson import Lesson
from rnn_tui.pictures.lesson import CardView, FootKey
from rnn_tui.pictures.view import View
from rnn_tui.scene import Scene
from rnn_tui.settings import Settings
from rnn_tui.traces import Traces
from rnn_tui.tui.lesson.file import LessonFile
from rnn_tui.tui.lesson.keys import KEYS, TURNS, hint_of, led
from rnn_tui.tui.lesson.moves import LessonComputed, coming, is_page
from rnn_tui.tui.lesson.plan import PROSE, is_beside, lesson_plan
from rnn_tui.tui.lesson.state import LessonScene
from rnn_tui.tui.lesson.telling import Telling
from rnn_tui.tui.lesson.training import Courses
from rnn_tui.tui.panels.header import Header
from rnn_tui.tui.panels.lesson import LessonHeader, LessonView, Prose, Reminder
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.panels.training import Course
from rnn_tui.tui.screen.keys import Key
from rnn_tui.tui.screen.playing import Clock
from rnn_tui.tui.screen.showing import Transient
from rnn_tui.tui.screen.timeline import Timeline
from rnn_tui.tui.walking.computed import Computed, computed
from rnn_tui.tui.walking.course import COURSE, below_course
from rnn_tui.tui.walking.plan import Plan
from rnn_tui.tui.walking.screen import INTRODUCTION, WalkScreen

if TYPE_CHECKING:
    from rnn_tui.pictures.asking import Asking

INTRODUCES = (
    "A lesson: its text stands beside the live picture, or takes turns with it where there is no room for both. "
    "PageDown goes on, with a clicker, too. Every key of the walk works: try something, and backspace comes back to "
    "the stop.\n\n"
)


class LessonScreen(WalkScreen, inherit_bindings=False):
    """Shows a lesson. Gives back the scene that it is left with."""

    keys: ClassVar[tuple[Key, ...]] = KEYS
    introduction: ClassVar[str] = INTRODUCES + INTRODUCTION

    def __init__(self, lesson: Lesson, traces: Traces, clock: Clock | None = None) -> None:
        """Raises UserError where the scene of the lesson's first card can't be computed."""
        self.telling = Telling(traces)
        self.file = LessonFile(self, self._every)
        self.courses = Courses(traces)
        super().__init__(self.telling.begun(lesson), traces, clock)

    def set_up(self, settings: Settings, speed: int) -> None:
        """See `ShowingScreen.set_up`; where equations are set, every scene of the lesson has them."""
        super().set_up(settings, speed)
        if settings.notation and not self.telling.notation:
            self.telling = Telling(self.traces, notation=True)
            state = self.telling.entered(self.lesson_state.lesson, self.lesson_state.card)
            self.computed, self.timeline = self.computed_for(state), Timeline((state,))

    @property
    def lesson_state(self) -> LessonScene:
        """The state, which is that of a lesson."""
        return cast(LessonScene, self.state)

    def computed_for(self, state: Scene) -> Computed:
        """The trace of the reading, and what the cards show."""
        found = computed(state.reading, self.traces)
        own = {field.name: getattr(found, field.name) for field in fields(found)}
        return LessonComputed(**own, telling=self.telling)

    def planned(self, width: int, height: int, state: Scene, computed: Computed) -> Plan:
        """Lay prose and walk out, or one of the two."""
        lesson = cast(LessonScene, state)

        def plain(width: int, height: int) -> Plan:
            return super(LessonScreen, self).planned(width, height, state, computed)

        def walk(width: int, height: int) -> Plan:
            trains = state.epoch is not None and not state.presents and self.courses.of(state.reading) is not None
            return (below_course(width, height, plain) if trains else None) or plain(width, height)

        reminds = lesson.says and state.asked is None
        return lesson_plan(width, height, walk, turned=lesson.turned, reminds=reminds)

    def question_of(self, state: Scene, computed: Computed, height: int) -> Asking | None:
        """See `WalkScreen.question_of`; in a lesson PageDown leads on."""
        found = super().question_of(state, computed, height)
        return None if found is None else led(found, next(key.sign for key in self.bound() if key.id == "next-card"))

    def panels(self, computed: Computed) -> Iterable[Panel[Any]]:
        """Those of the walk, and those of the lesson."""
        yield from (LessonHeader("header"), Prose("prose"), Reminder("reminder"), Course(COURSE))
        yield from (panel for panel in super().panels(computed) if not isinstance(panel, Header))

    def views(self, transient: Transient[Scene]) -> Mapping[str, Any]:
        """The view of the walk for its panels, and with the card for the others."""
        walk = super().views(transient)
        if "header" not in walk:  # there is room for nothing but saying so
            return walk
        of_lesson = LessonView(self._card(), cast(View, walk["header"]))
        shown = {**walk, "header": of_lesson, "prose": of_lesson, "reminder": of_lesson}
        if COURSE in self.plan.regions:
            shown[COURSE] = self.courses.view(self.state, self.computed, guarded=self.lesson_state.guarded)
        return shown

    def _card(self) -> CardView:
        """The card as it is drawn now."""
        state = self.lesson_state
        lesson, card, region = state.lesson, state.card, self.plan.regions.get(PROSE)
        return CardView(
            title=lesson.title,
            blocks=self.telling.prose(lesson, card),
            stop=0 if card is None else card.stop + 1,
            stops=len(lesson.stops),
            done=1.0 if card is None else lesson.cards.index(card) / len(lesson.cards),
            page=state.page,
            earlier=() if region is None else self.telling.earlier(lesson, card, region.height, region.width),
            foot=self._foot(),
            beside=is_beside(self.plan),
        )

    def _foot(self) -> tuple[FootKey, ...]:
        """The keys that are said below the prose."""
        signs = {key.id: key.sign for key in self.bound()}
        if self.state.asking:
            return (FootKey(signs["next-card"], "the answer", "reveal"),)
        on = (FootKey(signs["next-card"], coming(self.shown), "next-card"),) if self.able("next-card") else ()
        back = (FootKey(signs["back-to-card"], "back to the lesson", "back-to-card"),)
        if not self.lesson_state.away:
            return on
        return (*on, *back) if self.lesson_state.waits else (*back, *on)

    def show(
        self, state: Scene, *, grows: bool = False, merges: bool = False, timeline: Timeline[Scene] | None = None
    ) -> bool:
        """See `ShowingScreen.show`; where the prose has the screen, what changes in the picture turns to it."""
        before = self.lesson_state
        # A question that is closed gives back the scene over which it was asked, which knows of no lesson.
        lesson = state if isinstance(state, LessonScene) else before.showing(state)
        if timeline is None and (lesson.lesson, lesson.card) == (before.lesson, before.card):
            if lesson.plain != before.plain and not lesson.turned:
                lesson = replace(lesson, turned=True)
            if before.asking:
                lesson = lesson.answering(before)
        shown = super().show(lesson, grows=grows, merges=merges, timeline=timeline)
        self.file.attend()
        return shown

    def modes(self) -> set[str]:
        """The modes of the walk, and that in which prose and picture take turns."""
        return super().modes() | (set() if is_beside(self.plan) else {TURNS})

    def hint_for(self, key: Key) -> tuple[str, int]:
        """The footer's words for a key now, and how soon it leaves the key out."""
        page, beside = is_page(self.shown), is_beside(self.plan)
        return hint_of(key, self.lesson_state, page=page, beside=beside, playing=self.player.playing)

    def leave(self) -> None:
        """Back to the walk, with the scene of now."""
        self.player.stop()
        self.file.stop()
        self.dismiss(self.lesson_state.plain)

    def reload(self, lesson: Lesson) -> None:
        """Show a lesson that has been saved anew, at the same card; a scene that is as it was stays as it is.

        Raises UserError where its card can't be shown.
        """
        state = self.lesson_state
        card = None if state.card is None else lesson.moved(state.card, 0)
        fresh = self.telling.entered(lesson, card)
        if fresh.home == self.telling.home(state.lesson, state.card or state.lesson.cards[-1]):
            fresh = state.of_lesson(lesson, card)
        else:
            fresh = replace(state.leads_to(fresh), page=state.page, turned=state.turned)
        self.timeline = Timeline((self.state,))  # what was before is of another lesson
        self.show(fresh)
