"""Every key of the main screen, in one list: footer, help, command palette and keymap are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class Key:
    """A key and what it does.

    `id` is its name in a file of keys. `shown` and `does` are what the footer says (no `does`: not in the footer),
    `help` is the whole sentence. The higher `weight`, the sooner the footer leaves it out. `both` is what the footer
    says in place of `shown` where one entry stands for two keys, and the action of the other key.
    """

    id: str
    keys: str
    action: str
    shown: str
    does: str
    help: str
    weight: int = 0
    both: tuple[str, str] | None = None

    @property
    def binding(self) -> Binding:
        """The Textual binding."""
        return Binding(self.keys, self.action, self.help, show=False, id=self.id)


KEYS = (
    Key("next", "right,pagedown", "move('step', 1)", "→", "next", "Next phase (a clicker's PageDown, too)"),
    Key("back", "left,pageup", "move('step', -1)", "←", "back", "Back one phase (PageUp, too)", 1),
    Key("next-word", "w", "move('word', 1)", "w", "word", "Next word, same phase", 4, ("w b", "move('word', -1)")),
    Key("back-word", "b", "move('word', -1)", "b", "", "Back one word"),
    Key("start", "home", "move('start')", "home", "", "To the first word"),
    Key("end", "end", "move('end')", "end", "", "To the final answer"),
    Key("play", "space", "play", "space", "play", "Play and pause", 2),
    Key("faster", "plus,equals_sign", "speed(1)", "+", "", "Play faster"),
    Key("slower", "minus", "speed(-1)", "−", "", "Play slower"),
    Key("unit-up", "up", "move('unit', -1)", "↑", "", "The hidden unit above"),
    Key("unit-down", "down", "move('unit', 1)", "↓", "unit", "The hidden unit below", 5, ("↑↓", "move('unit', -1)")),
    Key("arithmetic", "enter", "move('arithmetic')", "enter", "arithmetic", "Where every number comes from", 2),
    Key("overview", "escape", "move('overview')", "esc", "", "Back to the overview"),
    Key("terms-up", "left_square_bracket", "terms(-5)", "[", "", "Scroll the arithmetic up"),
    Key("terms-down", "right_square_bracket", "terms(5)", "]", "", "Scroll the arithmetic down"),
    Key("sentence", "e", "sentence", "e", "sentence", "Type a sentence of your own", 1),
    Key("model", "m", "models", "m", "model", "Pick a model or one of its sentences", 2),
    Key("notation", "t", "move('notation')", "t", "notation", "Words alone, or words with notation", 6),
    Key("predict", "p", "move('predict')", "p", "predict", "Cover the answer until the class has guessed", 7),
    Key("picture", "s", "picture", "s", "picture", "Save a picture (SVG) of the screen", 9),
    Key("undo", "u", "undo", "u", "undo", "Back to the sentence and model before", 8),
    Key("redo", "ctrl+r", "redo", "ctrl+r", "", "And forward again"),
    Key("help", "question_mark", "help", "?", "help", "All keys"),
    Key("quit", "q", "quit", "q", "quit", "Quit", 3),
)
WORD_KEYS = tuple(
    Binding(str(n), f"move('go_to', {n})", f"To word {n}", show=False, id=f"word-{n}") for n in range(1, 10)
)
BINDINGS = [*(key.binding for key in KEYS), *WORD_KEYS]
