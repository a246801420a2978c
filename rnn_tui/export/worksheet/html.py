"""Worksheets as a page that prints: no script, nothing from elsewhere, black on white, for A4 and Letter paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape

from rnn_tui.export.worksheet.blanks import COPY
from rnn_tui.export.worksheet.said import accepted, heading, key_lines, levels_said, numbers_of, slips_said
from rnn_tui.export.worksheet.sheet import Blank, Cell, Head, PaperQuestion, Sheet, Table
from rnn_tui.text import printable

STYLE = """
@page { margin: 10mm 11mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 196mm; padding: 4mm; color: #000; background: #fff;
  font: 10.5pt/1.25 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif; }
section + section, .page + .page { break-before: page; border-top: 1px solid #000; margin-top: 8mm; padding-top: 4mm; }
/* What stands in a table's head is printed again at the top of each page on which the table goes on. */
.page { display: table; width: 100%; table-layout: fixed; }
.running { display: table-header-group; break-inside: avoid; }
.content { display: table-row-group; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 6mm;
  border-bottom: 1.5pt solid #000; padding-bottom: 1mm; margin-bottom: 2mm; }
.running header { padding-top: 3mm; border: 0; }
.running header > * { white-space: nowrap; }
.running .line { flex: 1 1 30mm; border-bottom: 1px solid #000; }
.running .line.date { flex: 0 1 38mm; }
h1 { font-size: 14pt; margin: 0; }
.running h1, .running h2 { font-size: 11pt; overflow: hidden; text-overflow: ellipsis; }
h2 { font-size: 10.5pt; margin: 0 0 1mm; }
p, ul, ol { margin: 1mm 0; }
ul, ol { padding-left: 5mm; }
.sentence { font-size: 12pt; margin: 3mm 0; }
.sentence span { display: inline-block; margin: 0 2mm 1mm 0; border: 1px solid #000; padding: 0 1.5mm; }
.sentence sub { font-size: 8pt; margin-left: 1mm; }
.side { display: flex; flex-wrap: wrap; gap: 1mm 6mm; align-items: flex-start; }
.block { break-inside: avoid; margin: 2.5mm 0 0; }
.block:has(.walk) { break-inside: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding-bottom: .5mm; }
caption small, small { font-size: 9pt; font-weight: normal; }
th, td { border: .5pt solid #000; padding: .4mm 1.2mm; text-align: right; white-space: nowrap; }
th { font-weight: normal; text-align: left; }
thead th { text-align: center; vertical-align: bottom; line-height: 1.1; }
thead small { display: block; }
tbody { border-bottom: 1.2pt solid #000; break-inside: avoid; }
.walk { width: calc(100% - 2px); margin: 0 1px; }
.walk td, .check td, .check tbody th { height: 8mm; }
.walk td, .walk thead th { padding-left: .7mm; padding-right: .7mm; }
.walk thead th { white-space: normal; }
.walk td { min-width: 11mm; }
.walk th[scope=rowgroup] { font-weight: bold; vertical-align: top; }
.walk th.blank { vertical-align: top; min-width: 22mm; padding-top: 0; }
.curve td, .curve th { padding: 0 1.2mm; }
.blank { vertical-align: top; }
td.blank { text-align: left; padding: 0 .6mm; font-size: 8pt; line-height: 1.1; }
th.blank small { font-size: 8pt; vertical-align: super; }
th.blank i { display: block; height: 9mm; border-bottom: 1px solid #000; }
th.blank.short i { display: inline-block; height: 6mm; width: 20mm; margin-left: 1.5mm; }
.walk td:last-child, .check td:last-child { text-align: center; }
.walk td.blank:last-child, .check td.blank:last-child { text-align: left; }
.check td { min-width: 16mm; }
.check td.blank:last-child { min-width: 24mm; }
.side > .grows { flex: 1 1 58mm; }
.operations { list-style: none; padding: 0; }
.operations li { margin-bottom: 1mm; }
.answer { font-weight: bold; }
.answer sup { font-weight: normal; font-size: 6pt; margin-right: .5mm; }
.choices { display: flex; flex-wrap: wrap; gap: 1mm 4mm; list-style: none; padding: 0; margin: 1.5mm 0 2mm; }
.choices .line { flex: 1 0 60mm; border-bottom: 1px solid #000; padding-top: 2mm; }
.key { font-size: 9pt; line-height: 1.2; }
.key th, .key td { padding-top: .2mm; padding-bottom: .2mm; }
.key small { font-size: 8pt; }
.key .walk td, .key .check td, .key .check tbody th { height: auto; }
.key .walk th.blank { min-width: 0; }
ul.key { columns: 3; column-gap: 4mm; font-size: 7pt; line-height: 1.15; padding: 0;
  list-style: none; margin: 2mm 0 0; }
.key li { break-inside: avoid; margin-bottom: .3mm; }
code { font: 7.5pt/1.2 "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
@media screen and (max-width: 170mm) { .block { overflow-x: auto; } }
@media print { body { max-width: none; padding: 0; }
  section + section, .page + .page { border: 0; margin: 0; padding: 0; } .running header { padding-top: 0; } }
"""


def sheets(pages: Sequence[Sheet]) -> str:
    """The students' pages."""
    return _document(f"Worksheet: {pages[0].title}", (_section(_student(sheet), "sheet") for sheet in pages))


def answers(pages: Sequence[Sheet]) -> str:
    """The answer key, a page for each sheet."""
    return _document(f"Answers: {pages[0].title}", (_section(_key(sheet), "key") for sheet in pages))


def _document(title: str, sections: Iterator[str]) -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{''.join(sections)}</body>\n</html>\n"
    )


def _section(lines: Iterator[str], name: str) -> str:
    return f'<section class="{name}">\n{chr(10).join(filter(None, lines))}\n</section>\n'


def _student(sheet: Sheet) -> Iterator[str]:
    """The two sides of a student's sheet: what is to be done, and the work with all numbers that it needs."""
    yield from _page(sheet, "h1", _explained(sheet))
    yield from _page(sheet, "h2", _work(sheet))


def _page(sheet: Sheet, tag: str, content: Iterator[str]) -> Iterator[str]:
    """A side under the title that is printed at the top of every page, with room for the name."""
    yield '<div class="page"><div class="running"><header>'
    yield f"<{tag}>{_text(sheet.title)} · {_text(heading(sheet))}</{tag}>"
    yield '<span class="line">Name</span><span class="line date">Date</span></header></div>'
    yield '<div class="content">'
    yield from content
    yield "</div></div>"


def _explained(sheet: Sheet) -> Iterator[str]:
    """The first side: the sentence, the operations, what has to be known, and the table of the curve."""
    yield _sentence(sheet)
    yield f'<div class="block">{_operations(sheet)}</div>'
    yield _list("ul", (_text(note) for note in sheet.notes))
    if sheet.curve is not None:
        yield _block(sheet.curve, "curve")


def _work(sheet: Sheet) -> Iterator[str]:
    """The second side: the weights, the walk, the output nodes and the questions."""
    yield f'<div class="side">{"".join(map(_block, sheet.weights))}</div>'
    yield from (_block(walk, "walk") for walk in sheet.walks)
    questions = "".join(map(_question, sheet.questions))
    yield f'<div class="side">{_block(sheet.check, "check")}<div class="grows">{questions}</div></div>'


def _sentence(sheet: Sheet) -> str:
    pieces = "".join(f"<span>{_text(piece)}<sub>{at}</sub></span>" for at, piece in enumerate(sheet.sentence, 1))
    return f'<p class="sentence">{pieces}</p>'


def _operations(sheet: Sheet) -> str:
    """The operations at each word, under their phases."""
    items = []
    for before, one in zip((None, *sheet.operations), sheet.operations, strict=False):
        phase = f"<b>{_text(one.phase)}</b><br>" if before is None or before.phase != one.phase else ""
        notation = f" <small>{_text(one.notation)}</small>" if one.notation else ""
        items.append(f"{phase}<i>{_text(one.result)}</i> = {_text(one.words)}{notation}")
    return f"<h2>At each {_text(sheet.token)}, for each unit</h2>{_list('ul', iter(items), 'operations')}"


def _block(table: Table, name: str = "", *, key: bool = False) -> str:
    """A table with its caption; with the answers in it where it is the key's."""
    note = f" <small>{_text(table.note)}</small>" if table.note else ""
    heads = "".join(map(_head, table.heads))
    groups = "".join(f"<tbody>{''.join(_row(row, key=key) for row in group)}</tbody>" for group in table.groups)
    label = f' class="{name}"' if name else ""
    caption = f"<caption>{_text(table.caption)}{note}</caption>"
    return f'<div class="block"><table{label}>{caption}<thead><tr>{heads}</tr></thead>{groups}</table></div>'


def _head(head: Head) -> str:
    notation = f"<small>{_text(head.notation)}</small>" if head.notation else ""
    return f'<th scope="col">{_text(head.words)}{notation}</th>'


def _row(row: Sequence[Cell], *, key: bool) -> str:
    return f"<tr>{''.join(_cell(cell, key=key) for cell in row)}</tr>\n"


def _cell(cell: Cell, *, key: bool) -> str:
    """A cell; a blank shows its number, and in the key its answer."""
    tag = "th" if cell.heading else "td"
    place = "" if not cell.heading else f' scope="{"rowgroup" if cell.span > 1 else "row"}"'
    place += f' rowspan="{cell.span}"' if cell.span > 1 else ""
    text = _text(cell.text)
    if cell.blank is None:
        return f"<{tag}{place}>{text}</{tag}>"
    if key:
        number = f"<sup>{cell.blank.number}</sup>"
        return f'<{tag}{place} class="answer">{text} {number}{_text(cell.blank.answer)}</{tag}>'
    if not cell.heading:
        return f'<{tag} class="blank">{cell.blank.number}</{tag}>'
    short = "" if cell.span > 1 else " short"
    return f'<{tag}{place} class="blank{short}"><small>{cell.blank.number}</small> {text}<i></i></{tag}>'


def _question(question: PaperQuestion) -> str:
    """A question with its choices, and a line for the reason."""
    choices = "".join(f"<li>☐ {_text(choice)}</li>" for choice in question.choices)
    because = '<li class="line">Because</li>' if question.blank.level > COPY else ""
    line = f'<ul class="choices">{choices}{because}</ul>'
    return f'<div class="block"><p><b>{question.blank.number}</b> {_text(question.ask)}</p>{line}</div>'


def _key(sheet: Sheet) -> Iterator[str]:
    """The parts of a page of the answer key."""
    yield f"<header><h1>Answers: {_text(sheet.title)}</h1><span>{_text(heading(sheet))}</span></header>"
    yield _sentence(sheet)
    said = f"{levels_said(sheet)} The same in the program:"
    yield f"<p><small>{_text(said)}</small> <code>{_text(sheet.command)}</code></p>"
    yield from (_block(walk, "walk", key=True) for walk in sheet.walks)
    yield _block(sheet.check, "check", key=True)
    yield _list("ul", (_answer(blanks) for blanks in key_lines(sheet)), "key")
    for question in sheet.questions:
        asked = f"<b>{question.blank.number}</b> {_text(question.ask)}"
        yield f"<p><small>{asked} <b>{_text(question.blank.answer)}</b>. {_text(question.why)}</small></p>"


def _answer(blanks: tuple[Blank, ...]) -> str:
    """A line of the key."""
    blank = blanks[0]
    said = "".join(f"; {_text(slip)}" for slip in slips_said(blank))
    return f"<b>{numbers_of(blanks)}</b> {_text(blank.asks)} <b>{_text(accepted(blank))}</b>{said}"


def _list(tag: str, items: Iterator[str], name: str = "") -> str:
    label = f' class="{name}"' if name else ""
    return f"<{tag}{label}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _text(text: str) -> str:
    """A text that nothing reads as markup, and nothing invisible in it."""
    return escape(printable(text))
