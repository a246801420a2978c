"""A lesson's file: its text, and the lesson that is written in it."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.lessons.faults import Fault, LessonError
from rnn_tui.lessons.front import Front, read_front
from rnn_tui.lessons.lesson import Lesson, Part, Prose, QuestionPart, Stop
from rnn_tui.lessons.markdown import CODE, QUESTION, SCENE, block_tokens, faults_of_block, is_closed
from rnn_tui.network.errors import UserError
from rnn_tui.text import cited, printable

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_BYTES = 1_000_000
MOST_STOPS = 200
OTHER_MODEL = "other-cell"
"""The kind of question behind which another model stands."""
FRONT_BYTES = 20_000
"""The bytes of a file in which its front matter is looked for, where nothing else of it is read."""
MOST_CHARACTERS = 200_000
"""The most text of a lesson, without its blocks: one that is told for days is no lesson, and keeps a machine busy."""
MOST_PARAGRAPHS = 10_000
"""The most paragraphs of it, however short: each is read by itself."""
_QUOTED = re.compile(r"""\\.|'[^']*'|"(?:\\.|[^"\\])*\"""", re.DOTALL)
_TYPOGRAPHIC = re.compile(r"(?:^|[\s=])[“”„‟«»‘’‚]")


def parse(text: str, path: Path) -> Lesson:
    """The lesson in a text that was read from `path`; raises LessonError with every fault of its form."""
    lesson, faults = read(text, path)
    if faults:
        raise LessonError(path, faults)
    return lesson


def read(text: str, path: Path) -> tuple[Lesson, list[Fault]]:
    """The lesson in a text as far as it can be read, and every fault of its form."""
    lines = _lines(text)
    front = read_front(lines)
    faults = [*front.faults, *_controls(lines)]
    body = [""] * front.lines + lines[front.lines :]  # so that a line of the body is that of the file
    stops = _Stops(body, os.path.dirname(path))
    stops.read()
    faults += stops.faults
    if not stops.stops:
        faults.append(Fault(1, "there is no scene: a lesson shows at least one (```scene, its arguments, ```)"))
    if len(stops.stops) > MOST_STOPS:
        faults.append(Fault(stops.stops[MOST_STOPS].line, f"there are more than {MOST_STOPS} scenes; make two lessons"))
    found = tuple(stops.stops[:MOST_STOPS])
    lesson = Lesson(name_of(path), front.title, front.minutes, front.audience, path, found)
    return lesson, sorted(set(faults))


def load(path: Path) -> Lesson:
    """The lesson in a file; raises LessonError, and UserError where the file can't be read."""
    return parse(read_text(path), path)


def front_of(path: Path) -> Front:
    """The front matter of a file, without the rest of it being read; raises LessonError and UserError as `load` does.

    The file must be one that can be read from its start, so no pipe.
    """
    try:
        with path.open("rb") as file:
            begun = file.read(FRONT_BYTES)
    except (OSError, ValueError) as error:
        raise UserError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error
    front = read_front(_lines(begun.decode("utf-8-sig", "replace")))
    if front.faults:
        raise LessonError(path, front.faults)
    return front


def read_text(path: Path) -> str:
    """The text of a lesson's file; raises UserError where it can't be read, and LessonError where it is no UTF-8."""
    from rnn_tui.learning.rows import read_bytes  # only where a file is read: start-up time is a feature

    content = read_bytes(path, MOST_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        said = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise LessonError(path, [Fault(before.count(b"\n") + 1, said)]) from error


def _lines(text: str) -> list[str]:
    """The lines of a text, whichever way they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def name_of(path: Path) -> str:
    """The name of a lesson: that of its file without the ending, and without the number that puts it in a row."""
    return re.sub(r"^[0-9]+[-_ ]+(?=.)", "", path.stem)


class _Stops:
    """The stops of a lesson, read from the lines of its file block by block."""

    def __init__(self, lines: list[str], folder: str) -> None:
        self.lines, self.folder = lines, folder
        self.stops: list[Stop] = []
        self.faults: list[Fault] = []
        self._opening: list[Part] = []
        self._arguments: tuple[str, ...] = ()
        self._line = 0  # of the scene that is being read, 0 before the first
        self._parts: list[Part] = []
        self._prose: list[Token] = []  # its blocks at the margin
        self._tokens: list[Token] = []  # all of them
        self._characters = self._paragraphs = 0

    def read(self) -> None:
        """Read all of it."""
        for token in block_tokens("\n".join(self.lines)):
            if token.type == "inline":
                self._characters += len(token.content)
                self._paragraphs += 1
            if most := self._too_much():
                line = (token.map[0] if token.map else 0) + 1
                self.faults.append(Fault(line, f"there are more than {most} before here"))
                break
            self.faults += faults_of_block(token)
            self._tokens.append(token)
            if token.level or token.nesting < 0 or token.map is None:
                continue
            if token.type == "fence" and not is_closed(token, self.lines):
                never = f"the block is never closed: a line of {token.markup} ends it"
                self.faults.append(Fault(token.map[0] + 1, never))
            kind = token.info.strip() if token.type == "fence" else token.type
            if kind == SCENE:
                self._begin(token)
            elif kind == QUESTION:
                self._ask(token)
            elif kind == "hr":
                self._end_prose()
            elif kind != "html_block":
                self._prose.append(token)
        self._end_stop()

    def _too_much(self) -> str:
        """The thing of which there is more than is read so far, with its number; or nothing."""
        if self._characters > MOST_CHARACTERS:
            return f"{MOST_CHARACTERS} characters of text"
        return f"{MOST_PARAGRAPHS} paragraphs" if self._paragraphs > MOST_PARAGRAPHS else ""

    def _begin(self, token: Token) -> None:
        """Begin a stop with a scene."""
        self._end_stop()
        assert token.map is not None
        self._line = token.map[0] + 1
        self._arguments = ()
        try:
            self._arguments = _arguments(token.content)
        except ValueError as error:
            line = min(self._line + 1, len(self.lines))
            self.faults.append(Fault(line, f"the scene can't be read: {error}"))

    def _ask(self, token: Token) -> None:
        """Enter a question."""
        self._end_prose()
        assert token.map is not None
        line = token.map[0] + 1
        if not self._line:
            self.faults.append(Fault(line, "a question stands after the scene that it is about"))
            return
        part, faults = _question(token.content, line, self.folder)
        self.faults += faults
        self._parts += [] if part is None else [part]

    def _end_prose(self) -> None:
        """Make one card of the blocks of text since the last one."""
        if self._prose:
            first, last = self._prose[0].map, self._prose[-1].map
            assert first is not None
            assert last is not None
            text = "\n".join(self.lines[first[0] : last[1]]).rstrip()
            tokens = (token for token in self._tokens if token.type != "fence" or token.info.strip() in CODE)
            self._parts.append(Prose(first[0] + 1, text, tuple(tokens)))
        self._prose, self._tokens = [], []

    def _end_stop(self) -> None:
        """End a stop where the next begins; what stands before the first scene is kept for it."""
        self._end_prose()
        if not self._line:
            self._opening = self._parts
        else:
            parts = self._parts if self.stops else [*self._opening, *self._parts]
            self.stops.append(Stop(self._line, self._arguments, tuple(parts) or (Prose(self._line, ""),)))
        self._parts = []


def _arguments(content: str) -> tuple[str, ...]:
    """The arguments of a scene, split as a shell does; raises ValueError with what is wrong."""
    lines = [line for line in content.split("\n") if not line.lstrip().startswith("#")]
    text = " ".join(line.removesuffix("\\") for line in lines)
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise ValueError("a quotation mark is never closed") from error
    if _TYPOGRAPHIC.search(_QUOTED.sub("_", text)):  # inside straight ones they belong to the sentence
        raise ValueError("a shell knows the straight quotation marks \" and ' alone")
    arguments = tuple(words[1:] if words[:1] == ["rnn-tui"] else words)
    if not arguments:
        raise ValueError('it is empty; write the options that open it, such as -s "Kicking and screaming" --at 2:add')
    return arguments


def _question(content: str, line: int, folder: str) -> tuple[QuestionPart | None, list[Fault]]:
    """The question in a block that begins at a line, and what is wrong with it.

    A path of another model is meant from the lesson's folder.
    """
    faults: list[Fault] = []
    asked, ask, choices = "", None, []
    for number, text in enumerate(content.split("\n"), start=line + 1):
        key, colon, value = text.partition(":")
        key, value = key.strip().lower(), value.strip()
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if colon and key in ("ask", "choice"):
            if not value:
                faults.append(Fault(number, f"{key}: is empty"))
            elif key == "choice":
                choices.append(value)
            elif ask is not None:
                faults.append(Fault(number, "ask: stands twice"))
            else:
                ask = value
        elif not asked:
            asked = text.strip()
        else:
            faults.append(Fault(number, f"expected ask: … or choice: …; found {cited(text.strip())}"))
    if not asked:
        faults.append(Fault(line, "the question is empty; its first line says what is asked, such as direction h[1]"))
        return None, faults
    kind, _, name = asked.partition(" ")
    if kind == OTHER_MODEL:
        asked = f"{kind} {beside(folder, name.strip())}"
    return QuestionPart(line, asked, ask, tuple(choices)), faults


def beside(folder: str, name: str) -> str:
    """A model's name as it is, and a relative path from a folder."""
    if not shelf.is_path(name) or os.path.isabs(name) or name.startswith("~"):
        return name
    return os.path.join(folder or os.curdir, name)


def _controls(lines: list[str]) -> Iterator[Fault]:
    """A fault for every line with a character that a terminal would obey."""
    for number, line in enumerate(lines, start=1):
        found = next((sign for sign in line if sign != "\t" and (sign < " " or "\x7f" <= sign < "\xa0")), None)
        if found is not None:
            yield Fault(number, f"holds a control character ({printable(found)}); take it out")
