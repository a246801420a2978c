"""Every key of the compare screen, in one list: those of the main screen that walk, and its own."""

from __future__ import annotations

from rnn_tui.tui.keys import KEYS, WORD_KEYS, Key

_AS_BEFORE = (
    *("next", "back", "next-word", "back-word", "start", "end", "play", "faster", "slower", "unit-up", "unit-down"),
    *("sentence", "model", "lens", "slide", "notation", "predict", "picture", "help", "quit"),
)
"""Keys that do to both sides what they do to one, or, for a sentence and a model, to the side in focus."""
_OWN = {
    "play": (
        Key(
            "parting",
            "j",
            "move('parting')",
            "j",
            "parting",
            "To where the two part, and where they part again",
        ),
    ),
    "unit-down": (
        Key("other-side", "tab", "move('focus')", "tab", "other side", "The other side: what e, m and c mean", 1),
        Key("swap-sides", "S", "swap", "S", "swap", "Swap the sides", 3),
        Key("overview", "escape", "back", "esc", "", "Stop the measuring, close the lens, or back to one scene"),
        Key("one-scene", "c", "leave", "c", "one alone", "Back to one scene: the side in focus", 2),
    ),
}
"""Keys of its own, by the key of the main screen that they stand behind."""

COMPARE_KEYS: tuple[Key, ...] = tuple(
    each for key in KEYS if key.id in _AS_BEFORE for each in (key, *_OWN.get(key.id, ()))
)
COMPARE_BINDINGS = [*(key.binding for key in COMPARE_KEYS), *WORD_KEYS]
