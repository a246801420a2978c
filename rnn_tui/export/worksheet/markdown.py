"""Worksheets as Markdown, for whoever prints them from another program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rnn_tui.export.worksheet.blanks import COPY
from rnn_tui.export.worksheet.said import accepted, heading, key_lines, levels_said, numbers_of, slips_said
from rnn_tui.export.worksheet.sheet import Blank, Cell, PaperQuestion, Sheet, Table
from rnn_tui.text import printable

ROOM = "\\_" * 6
"""The line on which a student writes."""
_MARKS = re.compile(r"([\\`*{}\[\]#|~!^$]|(?<!\w)_|_(?!\w))")


def sheets(pages: Sequence[Sheet]) -> str:
    """The students' pages."""
    return _document(_student(sheet) for sheet in pages)


def answers(pages: Sequence[Sheet]) -> str:
    """The answer key, a part for each sheet."""
    return _document(_key(sheet) for sheet in pages)


def _document(parts: Iterator[Iterator[str]]) -> str:
    return "\n\n---\n\n".join("\n".join(part).strip() for part in parts) + "\n"


def _student(sheet: Sheet) -> Iterator[str]:
    """The lines of a student's sheet."""
    yield f"# {_text(sheet.title)}\n"
    yield f"{heading(sheet)}\n"
    yield f"Name: {ROOM * 4} Date: {ROOM * 2}\n"
    yield f"{_sentence(sheet)}\n"
    yield f"## At each {sheet.token}, for each unit\n"
    for one in sheet.operations:
        notation = f" ({_text(one.notation)})" if one.notation else ""
        yield f"- **{_text(one.phase)}**: *{_text(one.result)}* = {_text(one.words)}{notation}"
    yield ""
    yield from (f"- {_text(note)}" for note in sheet.notes)
    for table in filter(None, (sheet.curve, *sheet.weights, *sheet.walks, sheet.check)):
        yield from _table(table)
    for question in sheet.questions:
        yield from _question(question)


def _sentence(sheet: Sheet) -> str:
    return " · ".join(f"{at} **{_text(piece)}**" for at, piece in enumerate(sheet.sentence, 1))


def _table(table: Table, *, key: bool = False) -> Iterator[str]:
    """The lines of a table under its caption; with the answers in it where it is the key's."""
    yield f"\n## {_text(table.caption)}\n"
    if table.note:
        yield f"{_text(table.note)}\n"
    heads = [_text(f"{head.words} ({head.notation})" if head.notation else head.words) for head in table.heads]
    yield _line(heads)
    yield _line(["---"] * len(heads))
    for group in table.groups:
        for row in group:
            cells = [_cell(cell, key=key) for cell in row]
            yield _line([""] * (len(heads) - len(cells)) + cells)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, *, key: bool) -> str:
    text = _text(cell.text)
    if cell.blank is None:
        return text
    inside = f"**{_text(cell.blank.answer)}**" if key else ROOM
    return f"{text} ({cell.blank.number}) {inside}".strip()


def _question(question: PaperQuestion) -> Iterator[str]:
    yield f"\n**({question.blank.number})** {_text(question.ask)}\n"
    yield from (f"- ☐ {_text(choice)}" for choice in question.choices)
    if question.blank.level > COPY:
        yield f"\nBecause {ROOM * 6}"


def _key(sheet: Sheet) -> Iterator[str]:
    """The lines of a part of the answer key."""
    yield f"# Answers: {_text(sheet.title)}\n"
    yield f"{heading(sheet)}\n"
    yield f"{_sentence(sheet)}\n"
    yield f"{_text(levels_said(sheet))} The same in the program:\n"
    yield _code(sheet.command)
    for walk in sheet.walks:
        yield from _table(walk, key=True)
    yield from _table(sheet.check, key=True)
    yield "\n## Answers, and what a wrong one would mean\n"
    yield from (_answer(blanks) for blanks in key_lines(sheet))
    for question in sheet.questions:
        answer = f"**{_text(question.blank.answer)}**"
        yield f"\n({question.blank.number}) {_text(question.ask)} {answer}. {_text(question.why)}"


def _answer(blanks: tuple[Blank, ...]) -> str:
    """A line of the key; one that is about a single blank says where that stands."""
    blank = blanks[0]
    said = "".join(f"; {_text(slip)}" for slip in slips_said(blank))
    where = f"{_text(blank.where)}: " if len(blanks) == 1 else ""
    return f"- ({numbers_of(blanks)}) {where}{_text(blank.asks)} **{_text(accepted(blank))}**{said}"


def _code(line: str) -> str:
    """A block of code, behind a fence that is longer than any run of ticks in it."""
    plain = printable(line)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", plain)), default=0))
    return f"{fence}sh\n{plain}\n{fence}"


def _text(text: str) -> str:
    """A text that nothing reads as markup, in one line, and nothing invisible in it."""
    plain = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\1", plain)
