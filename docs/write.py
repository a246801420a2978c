"""Write docs/keys.md and docs/command-line.md from the program itself: `python docs/write.py`."""

from __future__ import annotations

import re
from argparse import BooleanOptionalAction
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rnn_tui.cli.command import PROGRAM, Command
from rnn_tui.cli.commands import COMMANDS, PLAIN
from rnn_tui.edits import FORMS
from rnn_tui.tui.dialogs.help import OTHERS
from rnn_tui.tui.registry import SCREENS, keys_of
from rnn_tui.tui.screen.keys import Key, by_group

FOLDER = Path(__file__).parent
KEYS_INTRODUCTION = """\
# Keys

Those that can do nothing now are grey at the bottom of the screen; `?` lists all of them, and the command palette
(`ctrl+p`) has an entry for each. The name in the last column is for the [settings file](settings.md), which binds other
keys.
"""
SCREEN_TITLES = {
    "walk": "One sentence",
    "compare": "A comparison",
    "lesson": "A lesson",
    "practice": "Practice",
    "learn": "A training",
    "watch": "A training that goes on",
}
"""How a screen is called on the page, by its name; another one is called by its name."""

COMMAND_LINE_INTRODUCTION = """\
# The command line

```text
rnn-tui -m sentiment -s "this movie is not good" --at 4:add    open a sentence at its fourth word
rnn-tui models      every model: what it does, its figure, where it lies
rnn-tui trace       every number that the network computes, as a table
rnn-tui walk        the same walk in plain lines, for screen readers and pipes
rnn-tui lens memory        what it means: memory, gradient, recency, units, attention or path
rnn-tui trace --edit "scale-memory 0.5" --edit "drop 2"    what if: of the network or of the words
rnn-tui compare -m recall-elman -m recall-lstm -s obcdfghjklmnpq    two networks in lockstep
rnn-tui compare -m recall-elman -m recall-lstm -s obcdfghjklmnpq --lens memory    both through a lens
rnn-tui compare -m sentiment -s "not good" -s "good"    or two sentences; --edit: with and without a change
rnn-tui generate -m names -s Ma    let a model write on
rnn-tui export --help      a scene as a file: its numbers, or the changed network
rnn-tui import --help      a model from PyTorch or Keras weights
rnn-tui train --help       a model of your own, from texts, tags, lines or numbers
rnn-tui evaluate --help    how good a model is, and its worst mistakes
```

Every command has `--help`, with examples. Exit codes: 0 done, 1 it could not be done, 2 the call is wrong; what is
wrong is one line on stderr. With `--json` there is JSON on stdout and nothing else.

`-m` takes a model's name or a path: what has a separator or ends in `.safetensors` is a path. A name is looked for
among the shipped models, then in `models` in your data folder, then in the folders that `RNN_TUI_MODELS` names. Words,
phases, units, weights and edits count from 1. `RNN_TUI_SETTINGS` names another [settings file](settings.md).
`TEXTUAL_ANIMATIONS=none` turns motion off, `NO_COLOR=1` turns colour off.
"""
SHARED = ("the scene", "the program")
"""Groups of options that several commands have, which are written down once, with plain `rnn-tui`."""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    """A text in a table, where a bar would end the cell and a “<” begin HTML."""
    return re.sub(r"([|<])", r"\\\1", text)


# The keys


def keys_page() -> str:
    """Every key of every screen, in its group."""
    return "\n".join([KEYS_INTRODUCTION, *(part for screen in SCREENS for part in _screen(screen))])


def _screen(screen: str) -> Iterator[str]:
    keys = keys_of(screen)
    yield f"## {SCREEN_TITLES.get(screen, screen.capitalize())}\n"
    for group, listed in by_group(keys).items():
        rows = [(key.printed, key.help, _name(key)) for key in listed]
        rows += [(sign, does, _names(keys, sign)) for other, sign, does in OTHERS if other is group]
        yield f"### {group}\n"
        yield table(("key", "what it does", "name"), rows) + "\n"


def _name(key: Key) -> str:
    """The name of a key that can be bound to others."""
    return f"`{key.id}`" if key.keys else "in the palette"


def _names(keys: Sequence[Key], sign: str) -> str:
    """The names of the keys that are listed together under one sign, such as "1 … 9"."""
    together = [key.id for key in keys if not (key.listed or key.mode) and key.printed in (sign[0], sign[-1])]
    return " … ".join(f"`{name}`" for name in together)


# The commands


@dataclass
class Options:
    """Takes the options of a command as a parser does, and keeps how each is written and what it does."""

    title: str = ""
    note: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)
    groups: list[Options] = field(default_factory=list)
    listing: Callable[[], str] = str
    usage: str = ""

    def add_argument(self, *names: str, **options: Any) -> None:
        """Keep an option or an argument."""
        written = [*names]
        if options.get("action") is BooleanOptionalAction:
            written += [f"--no-{name.removeprefix('--')}" for name in names]
        elif names[0].startswith("-") and options.get("action") not in ("store_true", "version"):
            value = _value(names, options)
            written = [f"{name} {value}" for name in names]
        elif not names[0].startswith("-"):
            written = [_value(names, options)]
        does = (options.get("help") or "print the version") % {"default": options.get("default")}
        self.rows.append((", ".join(f"`{name}`" for name in written), does))

    def add_argument_group(self, title: str, note: str | None = None) -> Options:
        """Keep a group of options."""
        self.groups.append(Options(title, note or ""))
        return self.groups[-1]

    def add_mutually_exclusive_group(self, **_: Any) -> Options:
        """Take options of which one can be given."""
        return self


def _value(names: Sequence[str], options: dict[str, Any]) -> str:
    """How the value of an option or an argument is written."""
    choices = options.get("choices")
    fallback = f"{{{','.join(choices)}}}" if choices else names[-1].lstrip("-").upper().replace("-", "_")
    return str(options.get("metavar") or fallback)


def options_of(command: Command) -> Options:
    """The options of a command."""
    options = Options()
    command.add_arguments(options)  # type: ignore[arg-type]  # of a parser it uses no more than this
    return options


def command_line_page() -> str:
    """Every command with its options, and every form of an edit."""
    commands = [PLAIN(), *(load() for load in COMMANDS.values())]
    parts = [COMMAND_LINE_INTRODUCTION, *(part for command in commands for part in _command(command))]
    return "\n".join([*parts, *_edits()])


def _command(command: Command) -> Iterator[str]:
    options = options_of(command)
    name = f"{PROGRAM} {command.name}".rstrip()
    yield f"## {name}\n"
    yield f"{command.description.strip()}\n"
    if command.name and (listed := options.listing()):
        yield f"```text\n{listed}\n```\n"
    if options.rows:
        yield _rows(options.rows)
    for group in options.groups:
        if command.name and group.title in SHARED:
            note = f" {group.note}" if group.note else ""
            yield f"And all options of [{group.title}](#{group.title.replace(' ', '-')}).{note}\n"
        else:
            yield f"### {group.title[0].upper()}{group.title[1:]}\n"
            yield _rows(group.rows)
    yield f"```text\n{command.examples.strip()}\n```\n"


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return table(("option", "what it does"), rows) + "\n"


def _edits() -> Iterator[str]:
    yield "## Edits\n"
    yield "What `--edit` and `--edit-a` take, and what is typed after `x` and `n` in the program:\n"
    yield table(("edit", "what it does"), ((f"`{form.example}`", form.summary) for form in FORMS.values())) + "\n"


PAGES: dict[str, Callable[[], str]] = {"keys.md": keys_page, "command-line.md": command_line_page}
"""What makes each page, by its file's name."""


def page(name: str) -> str:
    """The text of a page, which ends in one line end."""
    return re.sub(r"\n{3,}", "\n\n", PAGES[name]()).strip() + "\n"


if __name__ == "__main__":
    for written in PAGES:
        (FOLDER / written).write_text(page(written), encoding="utf-8")
