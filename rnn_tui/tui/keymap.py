"""The keys of one's own, from the settings or from a file of keys: a line a key, such as `next = "N,right"`."""

from __future__ import annotations

from collections.abc import Mapping

from rnn_tui.settings import KEYS_EXAMPLE, Settings
from rnn_tui.tui.registry import SCREENS, keys_of
from rnn_tui.tui.screen.keys import Key


def keymap_of(settings: Settings) -> Mapping[str, str]:
    """The keys that are set, as Textual calls them, by the names of what they do.

    Raises UserError where a name is that of no key of any screen, the keys are no text or no keys, or one key would do
    two things on one screen.
    """
    if not settings.keys:
        return {}
    known = {key.id for screen in SCREENS for key in keys_of(screen) if key.keys}
    for name, keys in settings.keys.items():
        if name not in known:
            raise settings.refusal("keys", f"no key “{name}”; there are {', '.join(sorted(known))}")
        if not isinstance(keys, str):
            raise settings.refusal("keys", f"{name} can't be {keys}; write such as {KEYS_EXAMPLE}")
    from rnn_tui.tui.screen.signs import is_key  # only where keys are set: start-up time is a feature

    keymap = {name: ",".join(_listed(keys)) for name, keys in settings.keys.items()}
    for name, keys in keymap.items():
        for key in keys.split(","):
            if not is_key(key):
                raise settings.refusal("keys", f"{name} = “{keys}”: no key is called “{key}”{_nearest(key)}")
    for screen in SCREENS:
        _refuse_clashes(settings, keymap, screen)
    return keymap


def _listed(keys: str) -> list[str]:
    """The keys one by one, as Textual calls them; a comma can be given as itself where it stands alone."""
    from rnn_tui.tui.screen.signs import named

    return ["comma"] if keys.strip() == "," else [named(key) for key in keys.split(",")]


def _refuse_clashes(settings: Settings, keymap: Mapping[str, str], screen: str) -> None:
    """Raise UserError where a key that is set would do another thing on a screen as well."""
    from rnn_tui.tui.screen.signs import sign_of

    taken: dict[str, list[Key]] = {}
    for own in (key for key in keys_of(screen) if key.keys):
        for key in keymap.get(own.id, own.keys).split(","):
            others = taken.setdefault(key, [])
            others.append(own)
            for other in (other for other in others if other.id != own.id and other.meets(own)):
                moved, stays = (own.id, other.id) if own.id in keymap else (other.id, own.id)
                raise settings.refusal(
                    "keys", f"{moved} can't be “{sign_of(key)}”, which is {stays}; give {stays} another key, too"
                )


def _nearest(key: str) -> str:
    """The key that was perhaps meant."""
    from difflib import get_close_matches  # only an error needs it

    from textual.keys import Keys

    nearest = get_close_matches(key, [known.value for known in Keys], n=1)
    return f"; did you mean “{nearest[0]}”?" if nearest else "; write such as N, f2, ctrl+n, right or full_stop"
