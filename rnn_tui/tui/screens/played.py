"""A screen on which time can be played."""

from __future__ import annotations

from textual.screen import Screen, ScreenResultType

from rnn_tui.tui.play import Player


class Played(Screen[ScreenResultType]):
    """Has a player, whose keys are the same on every such screen."""

    player: Player

    def draw(self) -> None:
        """Draw what there is to see now."""
        raise NotImplementedError

    def action_play(self) -> None:
        """Play, or pause."""
        if self.player.playing:
            self.player.stop()
        else:
            self.player.start()
        self.draw()

    def action_speed(self, by: int) -> None:
        """Play faster (1) or slower (−1)."""
        self.player.change_speed(by)
        seconds = self.player.seconds
        self.notify(f"{seconds:g} second{'s' if seconds != 1 else ''} a phase", timeout=1)
