"""A printed command, read back as a shell and the program read it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace

from rnn_tui.cli.commands import command_of
from rnn_tui.quoting import command_line
from rnn_tui.scene import Scene
from rnn_tui.tui.lesson.state import LessonScene
from tests.hardening.cases import Fault
from tests.hardening.oracles import controls

SHELL = shutil.which("bash")
LONGEST_COMMAND = 100_000


def words_of(line: str) -> list[str] | None:
    """The words that a shell takes a command for; None where there is no shell, or no shell takes what it would give.

    A line of more than a system's longest argument is left out, and so is a NUL, which no argument holds.
    """
    if SHELL is None or len(line) > LONGEST_COMMAND or "\\000" in line:
        return None
    script = os.fsencode(f'set -- {line}; printf "%s\\0" "$@"')
    done = subprocess.run([SHELL, "--norc", "-c", script], capture_output=True, check=False)
    return [os.fsdecode(word) for word in done.stdout.split(b"\0")[:-1]]


def check_printed(words: Sequence[str]) -> list[str]:
    """The words as they come back from the printed command; raises Fault where they are others, or it is obeyed."""
    line = command_line(words)
    if found := controls(line):
        raise Fault(f"the printed command has {', '.join(found)}")
    back = words_of(line)
    if back is not None and back != list(words):
        raise Fault(f"a shell takes {line[:300]!r} for {back!r:.300}")
    return list(words) if back is None else back


def reopened(words: Sequence[str]) -> object:
    """The Scene or the Pair that the words after `rnn-tui` open; raises UserError where they open none."""
    command, rest = command_of(list(words))
    arguments = command.parser().parse_args(rest)
    if command.name == "compare":
        from rnn_tui.cli.compare import sides
        from rnn_tui.cli.pairs import from_arguments
        from rnn_tui.comparison import Comparison

        (a, trace_a), (b, trace_b) = sides(arguments)
        return from_arguments(arguments, a, b, Comparison(trace_a, trace_b))
    from rnn_tui.cli.opening import open_scene

    return open_scene(arguments)[0]


def as_opened(scene: Scene) -> Scene:
    """The scene that its command opens: without a lesson around it, its question without votes, or none if answered."""
    plain = scene.plain if isinstance(scene, LessonScene) else scene
    asked = plain.asked if plain.asking else None
    return replace(plain, asked=asked and replace(asked, votes=((),), given="", ask="", choices=()))
