"""The signs of keys, as they are printed: "." for Textual's "full_stop", "→" for "right"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from textual.keys import KEY_NAME_REPLACEMENTS, REPLACED_KEYS, Keys

from rnn_tui.text import MINUS
from rnn_tui.tui.screen.keys import Key

NAMED = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "escape": "esc",
    "delete": "del",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    "minus": MINUS,
}
"""The signs of keys that are printed in another way than they are called, or than their character."""
MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
LAST = "\u00ff"
"""The last of the characters that keys are named after here, beyond which names such as that of a dog begin."""
_KNOWN = {key.value for key in Keys if not key.value.startswith("<")}


def sign_of(key: str) -> str:
    """The sign of one key by Textual's name, such as "right", "ctrl+full_stop" or "f2"."""
    *modifiers, base = named(key).split("+")
    return "+".join([*modifiers, NAMED.get(base) or _character(base) or base])


def signs_of(keys: str) -> str:
    """The signs of some keys that stand with commas between them, each once."""
    return " ".join(dict.fromkeys(sign_of(key) for key in keys.split(",")))


def named(key: str) -> str:
    """A key as Textual calls it, for one that is given by its character: "." is "full_stop"."""
    key = key.strip()
    modifiers, plus, base = key.rpartition("+")
    if key == "+" or (key.endswith("++")):
        modifiers, plus, base = key[:-2], "+" if len(key) > 1 else "", "+"
    if len(base) == 1 and not base.isalnum():
        name = unicodedata.name(base, base).lower().replace("-", "_").replace(" ", "_")
        base = KEY_NAME_REPLACEMENTS.get(name, name)
    return f"{modifiers}{plus}{base}"


def is_key(key: str) -> bool:
    """True for a key that there is, by the name that Textual has for it."""
    *modifiers, base = key.split("+")
    if not set(modifiers) <= set(MODIFIERS):
        return False
    return len(base) == 1 or base in _KNOWN or base in REPLACED_KEYS or bool(_character(base))


def as_bound(keys: Iterable[Key], keymap: Mapping[str, str]) -> list[Key]:
    """The keys with the signs of what they are bound to, where a keymap has them under other keys."""
    return [_bound(key, keymap) for key in keys]


def _bound(key: Key, keymap: Mapping[str, str]) -> Key:
    if key.id not in keymap and not (key.pair and key.pair in keymap):
        return key
    own = keymap.get(key.id)
    sign = key.sign if own is None else signs_of(own)
    also = key.also if own is None else ""
    signs = key.signs
    if key.pair:
        paired = keymap.get(key.pair)
        first = sign.split(" ")[0]
        signs = f"{first} {signs_of(paired).split(' ')[0]}" if paired else f"{first} {_other(key)}".strip()
    return key._replace(sign=sign, also=also, signs=signs)


def _other(key: Key) -> str:
    """The sign of the key that an entry of the footer stands for as well, as it is unless it is bound anew."""
    return key.signs.replace(key.sign, "").strip()


def _character(name: str) -> str:
    """The sign that a key is named after, or nothing: letters and digits have no name but themselves."""
    asked = REPLACED_KEYS.get(name, name)
    try:
        found = unicodedata.lookup(asked.replace("_", " "))
    except KeyError:  # some have hyphens in Unicode, which Textual writes as it does spaces: "greater_than_sign"
        found = next((sign for sign in "<>-" if named(sign) == asked), "")
    return found if found.isprintable() and not found.isalnum() and not found.isspace() and found <= LAST else ""
