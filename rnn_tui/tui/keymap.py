"""The keys of one's own, from the settings or from a file of keys: a line a key, such as `next = "n,right"`."""

from __future__ import annotations

from collections.abc import Mapping

from rnn_tui.settings import KEYS_EXAMPLE, Settings
from rnn_tui.tui.registry import SCREENS, keys_of


def keymap_of(settings: Settings) -> Mapping[str, str]:
    """The keys that are set, by the names of what they do.

    Raises UserError where a name is that of no key of any screen, or the keys are no text.
    """
    if not settings.keys:
        return {}
    known = {key.id for screen in SCREENS for key in keys_of(screen) if key.keys}
    for name, keys in settings.keys.items():
        if name not in known:
            raise settings.refusal("keys", f"no key “{name}”; there are {', '.join(sorted(known))}")
        if not isinstance(keys, str):
            raise settings.refusal("keys", f"{name} can't be {keys}; write such as {KEYS_EXAMPLE}")
    return settings.keys
