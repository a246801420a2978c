"""A screen that shows a state: it holds the state and its history, lays out its panels and hands them their views."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic

from textual.layout import Layout
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from rnn_tui.network.errors import UserError
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.view import Measurement
from rnn_tui.scene import Showing
from rnn_tui.settings import Settings
from rnn_tui.text import printable
from rnn_tui.tui import theme
from rnn_tui.tui.panels.hints import Hint
from rnn_tui.tui.panels.notice import LEAST
from rnn_tui.tui.panels.panel import Panel
from rnn_tui.tui.screen.arrangement import Arrangement, Regions
from rnn_tui.tui.screen.keys import C, S, Shown
from rnn_tui.tui.screen.measuring import Measuring, Subject
from rnn_tui.tui.screen.once import AnsweringOnce
from rnn_tui.tui.screen.playing import Clock, Player, Slider, Timer
from rnn_tui.tui.screen.timeline import Timeline

MOTION_SECONDS = 0.2
FOOTER, NOTICE, QUESTION = "footer", "notice", "question"


@dataclass(frozen=True)
class Transient(Generic[S]):
    """All that changes by itself while the state stays.

    `motion` runs from 0 to 1, away from the state `since`; a sliding word has come to timestep `slid`; `measurements`
    are what the lens shows of each trace.
    """

    motion: float = 1.0
    since: S | None = None
    slid: int | None = None
    measurements: tuple[Measurement | None, ...] = ()


class _Nowhere:
    """The plan before the first layout: no panel has a region."""

    regions: ClassVar[Mapping[str, Any]] = {}


class ShowingScreen(AnsweringOnce[Showing], Screen[Showing | None], Generic[S, C]):
    """Shows a state.

    Gives back a state for the screen below when it is closed, or None.
    """

    motion: var[float] = var(1.0, init=False)

    def __init__(self, state: S, clock: Clock | None = None) -> None:
        """Raises UserError where what is shown can't be computed."""
        super().__init__()
        self.computed: C = self.computed_for(state)
        self.timeline: Timeline[S] = Timeline((self.fitted(state, self.computed),))
        self.plan: Regions = _Nowhere()
        self.clock = clock
        self.settings = Settings()
        self.player = Player(self._every, self.play_on)
        self.slider = Slider(self._every, self.draw)
        self.measuring = Measuring(self, self.draw)
        self._since: S | None = None
        self._merging = False  # whether the last change was one of many that undo takes back together
        self._mounted: object = None
        self._palette: Palette | None = None
        self._arrangement = Arrangement(self)

    def set_up(self, settings: Settings, speed: int) -> None:
        """Take what the user has set, and the speed at which it plays: an index of the player's SECONDS."""
        self.settings = settings
        self.player.speed = speed

    def _every(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Start a timer of the clock that was handed in, or of Textual's."""
        return (self.clock or self.set_interval)(seconds, call)

    # What a concrete screen says

    @abstractmethod
    def computed_for(self, state: S) -> C:
        """Compute what a state shows; raises UserError where it can't be had."""

    @abstractmethod
    def planned(self, width: int, height: int, state: S, computed: C) -> Regions:
        """Lay the panels out in so many cells."""

    @abstractmethod
    def panels(self, computed: C) -> Iterable[Panel[Any]]:
        """The panels that what was computed needs; those that are there already stay."""

    def needing(self, computed: C) -> object:
        """Something that is the same for all that needs the same panels; None where that isn't known."""
        return None

    @abstractmethod
    def views(self, transient: Transient[S]) -> Mapping[str, object]:
        """Make the view that each panel draws, by the panel's name."""

    @abstractmethod
    def fitted(self, state: S, computed: C) -> S:
        """The state with all that is picked inside what there is."""

    @abstractmethod
    def subjects(self, state: S, computed: C) -> Sequence[Subject]:
        """The scenes that are seen through the lens, and their traces."""

    @abstractmethod
    def hints(self) -> tuple[Hint, ...]:
        """The entries of the footer."""

    @abstractmethod
    def play_on(self) -> None:
        """Take the next step while it plays."""

    def entered(self, state: S, computed: C) -> S:
        """The state after something else has begun to be read, which may be elsewhere in what was computed."""
        return state

    def scrolled(self, state: S, before: S) -> S:
        """The state with all that is scrolled inside the plan of now, after a state before."""
        return state

    # What is shown

    @property
    def state(self) -> S:
        """The state on the screen."""
        return self.timeline.current

    @property
    def shown(self) -> Shown[S, C]:
        """The state, what was computed for it, and the plan, from which every key starts."""
        return Shown(self.state, self.computed, self.plan)

    @property
    def layout(self) -> Layout:
        """The plan, in place of a layout from a style sheet."""
        return self._arrangement

    @property
    def too_small(self) -> bool:
        """True where the terminal is too small for anything but saying so."""
        return NOTICE in self.plan.regions

    def show(self, state: S, *, grows: bool = False, merges: bool = False, timeline: Timeline[S] | None = None) -> bool:
        """Show a state: the one way to change what is on the screen.

        Another reading is a step for undo, unless a `timeline` is given, whose current state this is. Says in one line
        why a state can't be shown, and returns False; the screen then stays as it is.
        """
        before, computed = self.state, self.computed
        rereads = state.readings != before.readings
        if rereads:
            try:
                computed = self.computed_for(state)
            except UserError as error:
                self.complain(error)
                return False
            self.player.stop()
        self._end_motion()
        state = self.fitted(self.entered(state, computed) if rereads and timeline is None else state, computed)
        if timeline is None:
            counts = rereads and not (merges and self._merging)
            timeline = self.timeline.pushed(state) if counts else self.timeline.replaced(state)
        else:
            timeline = timeline.replaced(state)
        self._merging, self.computed, self.timeline = merges, computed, timeline
        if rereads:
            self._mount_missing()
        self._lay_out(before)
        if grows and self.app.animation_level != "none":
            self._since = before
            self.set_reactive(ShowingScreen.motion, 0.0)
            self.draw()
            self.animate("motion", 1.0, duration=MOTION_SECONDS, easing="out_cubic")
        else:
            self.draw()
        return True

    def _mount_missing(self) -> None:
        """Mount the panels that another network needs; the others stay, and have no region where it needs them not."""
        needing = self.needing(self.computed)
        if needing is not None and needing == self._mounted:  # to make them all would take as long as a short key
            return
        self._mounted = needing
        there = {child.id for child in self.children}
        self.mount(*(panel for panel in self.panels(self.computed) if panel.id not in there))

    def _lay_out(self, before: S) -> None:
        """Plan the panels for this size and state, and keep what is scrolled inside."""
        planned = self.planned(*self.size, self.state, self.computed)
        if planned != self.plan:
            self.plan = planned
            self.set_class(QUESTION in planned.regions, "-asking")  # then what is said stands elsewhere
            self.get_child_by_id(FOOTER).refresh(layout=True)  # a child's layout makes the screen arrange anew
        self.timeline = self.timeline.replaced(self.scrolled(self.state, before))

    def draw(self) -> None:
        """Hand every panel that has a region what it draws; nothing else does."""
        self.measuring.look(self.subjects(self.state, self.computed))
        views = {**self.views(self.transient), FOOTER: self.hints(), NOTICE: LEAST}
        for name in self.plan.regions:
            self.get_child_by_id(name, Panel).show(views[name], self.colours)

    def _end_motion(self) -> None:
        """End all that goes on by itself but the playing."""
        self.slider.stop()
        self.app.animator.force_stop_animation(self, "motion")
        self.set_reactive(ShowingScreen.motion, 1.0)

    def compose(self) -> Iterable[Widget]:
        """The panels; where they stand is the plan's business."""
        yield from self.panels(self.computed)

    def on_mount(self) -> None:
        """Draw, and again whenever the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._recolour)
        self.show(self.state)

    def on_resize(self) -> None:
        """Lay out anew."""
        self._lay_out(self.state)
        self.draw()

    def watch_motion(self) -> None:
        """Draw this point of the motion; when the program ends, panels go before motion does."""
        if self.plan.regions.keys() <= {child.id for child in self.children}:
            self.draw()

    @property
    def transient(self) -> Transient[S]:
        """All that has changed by itself since the state is shown."""
        since = self._since if self.motion < 1 else None
        return Transient(self.motion, since, self.slider.at, self.measuring.now)

    @property
    def colours(self) -> Palette:
        """The palette of the current theme."""
        if self._palette is None:
            self._palette = theme.palette_of(self.app)
        return self._palette

    def _recolour(self, _: object) -> None:
        self._palette = None
        self.draw()

    def complain(self, error: UserError) -> None:
        """Say in one line why something can't be done."""
        self.notify(printable(str(error)), severity="error", markup=False, timeout=8)
