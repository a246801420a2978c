"""The driver: Textual's own for POSIX terminals, with its reading, its size and its way of stopping replaced."""

from __future__ import annotations

import os
import selectors
import signal
import sys
import time
from collections.abc import Iterable
from types import FrameType
from typing import TYPE_CHECKING, Any

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import ScreenStackError
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from rnn_tui.tui.terminal.arrivals import Arrivals, Pasted
from rnn_tui.tui.terminal.ending import SIGNALED
from rnn_tui.tui.terminal.output import Output
from rnn_tui.tui.terminal.sequences import is_for_the_program
from rnn_tui.tui.terminal.size import Resizing, terminal_size

if TYPE_CHECKING:
    from textual.app import App

assert sys.platform != "win32"  # which has a driver of Textual's; who imports this asks first

READ_BYTES = 1024
LOOK_SECONDS = 0.1
"""How often the thread that reads looks whether it is to end."""
MOST_WAITING, FEW_WAITING = 200, 2
"""The messages that may wait for the program. Where there are more, the terminal waits until there are few again: so
the program paints now and then, which Textual does when there is nothing else to do, and memory doesn't grow."""


class TerminalDriver(LinuxDriver):
    """Reads and draws."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        # Given a size, Textual doesn't ask Rich, which takes it from COLUMNS and LINES.
        super().__init__(app, debug=debug, mouse=mouse, size=size or terminal_size())
        # Textual draws on stderr, which may go to a file; stdout is the terminal, or we would not be here.
        drawn_on = next(stream for stream in (sys.__stdout__, sys.__stderr__) if stream is not None)
        self._file = Output(drawn_on)  # type: ignore[assignment]  # its writer needs no more of a file
        self._stopped = False
        self._resizing = Resizing(self._loop, self._resize, self._drawn_size)
        self._wake_at_signals()

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size, which Textual asks for at every SIGWINCH."""
        return terminal_size()

    def _query_in_band_window_resize(self) -> None:
        """Ask for no sizes in the input: whatever arrives there could tell any size, and the terminal tells its own.

        With them Textual would take the mouse in pixels, too, a mode that it leaves on when it ends.
        """

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is not None:  # else it is in the background, and has not been taken
            signal.signal(signal.SIGWINCH, self._resizing.changed)
            self._resizing.look_again()  # it may have changed before

    def disable_input(self) -> None:
        """Read no more, neither keys nor sizes."""
        self._resizing.stop()
        super().disable_input()

    def _resize(self, size: tuple[int, int]) -> None:
        self.process_message(events.Resize(Size(*size), Size(*size)))

    def _drawn_size(self) -> tuple[int, int] | None:
        try:
            return self._app.screen.size
        except ScreenStackError:  # before the first screen, and after the last
            return None

    # Stopping

    def _wake_at_signals(self) -> None:
        """Let every signal wake the event loop: one may strike another thread, and the loop would sleep on till a key.

        The loop does so from its first handler on, which does nothing; it takes all of this back when it is closed.
        """
        self._loop.add_signal_handler(signal.SIGCONT, lambda: None)
        signal.signal(signal.SIGCONT, self._sigcont_application)  # at once, not when the loop comes round
        signal.set_wakeup_fd(signal.set_wakeup_fd(-1), warn_on_full_buffer=False)  # a warning would be on the screen

    def suspend_application_mode(self) -> None:
        """Give the terminal back for a while."""
        self._stopped = True
        super().suspend_application_mode()

    def resume_application_mode(self) -> None:
        """Take the terminal again."""
        super().resume_application_mode()
        self._stopped = False

    def _sigtstp_application(self, *_: int | FrameType | None) -> None:
        """Stop from the event loop: Textual does it wherever the signal struck, perhaps while a queue is locked."""
        if not self._stopped:
            self._loop.call_soon_threadsafe(self._stop)

    def _sigcont_application(self, *_: int | FrameType | None) -> None:
        """Take the terminal anew after a stop that couldn't be seen coming (SIGSTOP); Textual would start it twice."""
        if not self._stopped:
            self._loop.call_soon_threadsafe(self._take_anew)

    def _stop(self) -> None:
        from rnn_tui.tui.terminal.stopping import stop_process

        with self._app.suspend():
            stop_process(self.fileno)

    def _take_anew(self) -> None:
        if self._writer_thread is None:  # it was started in the background, where Textual doesn't start
            self.start_application_mode()
        else:
            with self._app.suspend():
                pass

    # Reading

    def _run_input_thread(self) -> None:
        """Read; a fault closes the program like any other, where Textual would close it as if nothing had been."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001  # it is handed on
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read until the program ends, in a thread of its own; what arrives can't end it."""
        arrivals, parser = Arrivals(), XTermParser(self._debug)
        last = time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                wait = min(LOOK_SECONDS, constants.ESCAPE_DELAY) if arrivals.waiting else LOOK_SECONDS
                found: Iterable[str]
                if selector.select(wait):
                    piece = self._read()
                    if not piece:
                        return
                    now = time.monotonic()
                    found, last = arrivals.feed(piece, now - last), now
                else:
                    found = arrivals.tick()
                for arrived in found:
                    self._take(arrived, parser)
                for message in parser.tick():
                    self.process_message(message)
                self._wait_for_the_program()

    def _read(self) -> bytes:
        """What has arrived; none where the terminal is gone, which ends the program as a hang-up does."""
        try:
            piece = os.read(self.fileno, READ_BYTES)
        except OSError:
            piece = b""
        if not piece:
            self._loop.call_soon_threadsafe(self._app.exit, None, SIGNALED + signal.SIGHUP)
        return piece

    def _take(self, arrived: str, parser: XTermParser) -> None:
        """Send a key, a mouse event or a paste to the program."""
        if isinstance(arrived, Pasted):
            self.process_message(events.Paste(str(arrived)))
        elif arrived == "\x1b":  # which the parser would wait behind
            self.process_message(events.Key("escape", arrived))
        elif len(arrived) <= 2 or not arrived.startswith("\x1b") or is_for_the_program(arrived):
            for message in parser.feed(arrived):
                self.process_message(message)

    def _wait_for_the_program(self) -> None:
        if self._messages_waiting() > MOST_WAITING:
            while self._messages_waiting() > FEW_WAITING and not self.exit_event.wait(0.01):
                pass

    def _messages_waiting(self) -> int:
        try:
            taking = (self._app, self._app.screen, self._app.focused)
        except ScreenStackError:  # before the first screen, and after the last
            return 0
        return sum(each.message_queue_size for each in taking if each is not None)
