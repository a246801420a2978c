"""Write docs/keys.md from the program's own lists of keys: `python docs/keys.py`."""

from __future__ import annotations

from pathlib import Path

from rnn_tui.settings import KEYS_EXAMPLE
from rnn_tui.tui.registry import SCREENS, keys_of

PAGE = Path(__file__).with_name("keys.md")
TITLES = {"walk": "In the walk", "compare": "In a comparison"}
PAGE_TEXT = """\
# Keys

`?` lists the keys of the screen that is open, and `ctrl+p` finds one by what it does. The mouse works, too: click a
word, a unit, a weight, a panel or a key of the footer. In the walk, `1` … `9` go to that word.

{tables}

## Keys of your own

The third column is a key's name in your settings. What you write there takes the place of the keys that are listed;
several keys go between commas. In the settings file (`settings.toml` in your configuration folder, on Linux
`~/.config/rnn-tui`):

```toml
theme = "projector"   # as --theme
notation = true       # words with notation from the start
pace = 1.4            # seconds that a phase stays while it plays

[keys]
{example}
```

`--keys FILE` reads just such lines, without `[keys]`, from a file of their own, and `--settings FILE` other settings.
An option of the command line goes before a setting. Nothing is ever written there, so that a home that is read-only
or missing is fine.
"""


def table(screen: str) -> str:
    """The table of a screen's keys, in their order."""
    rows = [f"| {key.sign} | {key.help} | `{key.id}` |" for key in keys_of(screen) if key.listed and key.keys]
    return "\n".join(
        [f"## {TITLES.get(screen, screen.capitalize())}", "", "| key | what it does | name |", "|---|---|---|", *rows]
    )


def page() -> str:
    """The page as it should be now."""
    return PAGE_TEXT.format(tables="\n\n".join(map(table, SCREENS)), example=KEYS_EXAMPLE)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
