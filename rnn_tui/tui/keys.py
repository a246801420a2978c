"""Every key of the main screen, in one list: footer, help, command palette and keymap are made from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.binding import Binding


@dataclass(frozen=True)
class Key:
    """A key and what it does.

    `id` is its name in a file of keys. `shown` and `does` are what the footer says (no `does`: not in the footer),
    `help` is the whole sentence. The higher `weight`, the sooner the footer leaves it out. `both` is what the footer
    says in place of `shown` where one entry stands for two keys, and the action of the other key. A key of a `mode`
    (what-if, lens, recency, write) is in the footer only then.
    """

    id: str
    keys: str
    action: str
    shown: str
    does: str
    help: str
    weight: int = 0
    both: tuple[str, str] | None = None
    mode: str = ""

    @property
    def binding(self) -> Binding:
        """The Textual binding."""
        return Binding(self.keys, self.action, self.help, show=False, id=self.id)


def lens_key(key_id: str, key: str, action: str, does: str, explained: str) -> Key:
    """A key that is in the footer while a lens is open."""
    return Key(key_id, key, action, key, does, explained, mode="lens")


def edit_key(
    key_id: str, key: str, action: str, explained: str, shown: str = "", does: str = "", weight: int = 0
) -> Key:
    """A key of the what-if mode."""
    return Key(key_id, key, action, shown or key, does, f"What if: {explained}", weight, mode="what-if")


LESS, MORE = "edit('nudge', -1)", "edit('nudge', 1)"
WHAT_IF = (
    edit_key("less", "comma", LESS, "less memory, or a smaller weight", ","),
    replace(edit_key("more", "full_stop", MORE, "more memory, or a larger weight", ".", "memory"), both=(", .", LESS)),
    edit_key("forget", "f", "edit('forget')", "the network without its memory", does="forget", weight=4),
    edit_key("activation", "a", "edit('activation')", "another squashing function"),
    edit_key("silence", "o", "edit('silence')", "the picked unit is held at 0", does="silence", weight=4),
    edit_key("replace", "r", "ask('replace')", "another word here"),
    edit_key("insert", "i", "ask('insert')", "one more word before this one"),
    edit_key("drop", "d", "edit('drop')", "without this word", does="drop", weight=5),
    edit_key("shift-back", "left_curly_bracket", "edit('shift', -1)", "this word one place earlier", "{"),
    edit_key("shift-on", "right_curly_bracket", "edit('shift', 1)", "this word one place later", "}"),
    edit_key("next-weight", "j", "weight(1)", "the next weight, in the arithmetic"),
    edit_key("last-weight", "k", "weight(-1)", "the weight before, in the arithmetic"),
    edit_key("any-edit", "n", "ask('any')", "type any edit, or the picked weight's value", does="type", weight=4),
    edit_key("choose", "tab", "choose(1)", "choose the next of the edits in force"),
    edit_key("take-out", "delete,backspace", "edit('take_out', -1)", "take the chosen edit out", "del", "take out", 3),
    edit_key("original", "0", "edit('original')", "back to what was there", does="original", weight=1),
    edit_key("save-model", "y", "ask('save')", "save the edited network as a new model file", does="save", weight=4),
)
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
    Key("overview", "escape", "back", "esc", "", "Back: close what is open, stop what is being measured"),
    Key("terms-up", "left_square_bracket", "terms(-5)", "[", "", "Scroll the arithmetic up"),
    Key("terms-down", "right_square_bracket", "terms(5)", "]", "", "Scroll the arithmetic down"),
    Key("sentence", "e", "sentence", "e", "sentence", "Type a sentence of your own", 1),
    Key("model", "m", "models", "m", "model", "Pick a model or one of its sentences", 2),
    Key("lens", "v", "move('lens', 1)", "v", "lens", "The next lens: what it remembers, forgets, has learned", 3),
    lens_key("full", "V", "move('full')", "large", "The lens on the whole screen, and what it says"),
    Key("slide", "l", "slide", "l", "slide", "Recency: slide the word from first place to last", mode="recency"),
    Key("write", "g", "write", "g", "write on", "Write on: draw the next character or word", 1, mode="write"),
    Key("temperature", "G", "temperature", "G", "", "Write more carefully or more boldly"),
    Key("what-if", "x", "move('what_if')", "x", "what if", "What if: change the network or the words", 3),
    *WHAT_IF,
    Key("compare", "c", "compare", "c", "compare", "Compare with another sentence or model, or the original", 5),
    Key("notation", "t", "move('notation')", "t", "notation", "Words alone, or words with notation", 6),
    Key("predict", "p", "move('predict')", "p", "predict", "Cover the answer until the class has guessed", 7),
    Key("picture", "s", "picture", "s", "picture", "Save a picture (SVG) of the screen", 9),
    Key("undo", "u", "undo", "u", "undo", "Back to the sentence and model before", 8),
    Key("redo", "ctrl+r", "redo", "ctrl+r", "", "And forward again"),
    Key("help", "question_mark", "help", "?", "help", "All keys"),
    Key("quit", "q", "quit", "q", "quit", "Quit", 1),
)
WORD_KEYS = tuple(
    Binding(str(n), f"move('go_to', {n})", f"To word {n}", show=False, id=f"word-{n}") for n in range(1, 10)
)
BINDINGS = [*(key.binding for key in KEYS), *WORD_KEYS]
