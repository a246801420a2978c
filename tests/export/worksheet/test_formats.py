"""HTML and Markdown hold the same, nothing of the answers is on the students' pages, and no text becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rnn_tui import shelf
from rnn_tui.export.worksheet import html, markdown
from rnn_tui.export.worksheet.sheet import WrongAnswer
from rnn_tui.network.model import Example
from tests.builders import CELL_KINDS, build
from tests.export.worksheet.made import Page, sheet, sheets
from tests.markdown import rows

FORMATS = [html, markdown]
HOSTILE = "<script>alert(1)</script>", "**b**|x", "`c`[l](http://e.org)", "&amp;\x1b[31m", "_u_ $x$ ~~s~~ ![i](j)"


def turned(blank):
    """The same blank with everything that belongs to the key another."""
    slips = (WrongAnswer("x", 1.0, "SECRET"),)
    return replace(blank, answer="SECRET", where="SECRET", asks="SECRET", value=9e9, also=("SECRET",), slips=slips)


def with_other_answers(page):
    def table(one):
        groups = tuple(
            tuple(tuple(c if c.blank is None else replace(c, blank=turned(c.blank)) for c in row) for row in group)
            for group in one.groups
        )
        return replace(one, groups=groups)

    questions = tuple(replace(q, blank=turned(q.blank), why="SECRET") for q in page.questions)
    return replace(page, walk=table(page.walk), check=table(page.check), questions=questions, command="SECRET")


@pytest.mark.parametrize("written", FORMATS)
@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_a_students_page_knows_nothing_of_the_key(written, cell, activation):
    pages = sheets(build(cell, activation, hidden=3), count=2)
    assert written.sheets(pages) == written.sheets([with_other_answers(page) for page in pages])
    assert "SECRET" in written.answers([with_other_answers(page) for page in pages])


@pytest.mark.parametrize("written", FORMATS)
def test_the_same_seed_makes_the_same_bytes(written):
    model = shelf.load("kicking-and-screaming")
    once, again = (sheets(model, count=5, seed=3) for _ in range(2))
    other = sheets(model, count=5, seed=4)
    assert written.sheets(once) == written.sheets(again)
    assert written.answers(once) == written.answers(again)
    assert written.sheets(once) != written.sheets(other)


def test_both_formats_hold_the_same_numbers():
    page = sheet(shelf.load("kicking-and-screaming"))
    tables = Page(html.sheets([page])).tables
    body = [row for table in tables for row in table[1:]]
    numbers = re.compile(r"[+−]?\d+\.\d\d")
    in_html = [numbers.findall(" ".join(row)) for row in body]
    in_markdown = [numbers.findall(" ".join(row)) for row in rows(markdown.sheets([page]))]
    assert in_html == in_markdown
    assert sum(map(len, in_html)) > 100


@pytest.mark.parametrize("written", FORMATS)
def test_every_answer_tolerance_and_slip_is_in_the_key(written):
    page = sheet(shelf.load("kicking-and-screaming"))
    key = written.answers([page])
    plain = re.sub(r"<[^>]+>|\\|\*", "", key)
    for blank in page.walk.blanks():
        assert re.search(rf"\b{blank.number}\b", plain)
        if blank.tolerance is not None:
            assert f"{blank.answer} ± {blank.tolerance:.2f}" in plain
        assert all(slip.said in plain.replace("&quot;", '"') for slip in blank.slips)
    assert page.command.replace("'", "&#x27;") in key or page.command in key.replace("\\", "")


def hostile():
    names = tuple(HOSTILE[:3])
    model = build(
        "elman", "tanh", hidden=3, labels=HOSTILE[1:3], unit_names=names, title=HOSTILE[0], words=("<unk>", "a", "b")
    )
    return replace(model, examples=(Example("a <i> b", "hostile"),))


def test_no_text_becomes_markup_in_html():
    pages = sheets(hostile(), "a <script> |b| &lt; _x_")
    plain = Page(html.sheets(sheets(build("elman", "tanh", hidden=3))))
    for page in (html.sheets(pages), html.answers(pages)):
        found = Page(page)
        assert set(found.tags) <= set(plain.tags) | {"sup", "code"}
        assert "script" not in found.tags
        assert "\x1b" not in page
        assert {name for name, _ in found.attributes} <= {name for name, _ in plain.attributes}
    assert f"{HOSTILE[0]} · Worksheet, seed 0" in Page(html.sheets(pages)).texts


def test_no_text_becomes_markup_in_markdown():
    from markdown_it import MarkdownIt

    pages = sheets(hostile(), "a <script> |b| &lt; _x_")
    for text in (markdown.sheets(pages), markdown.answers(pages)):
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        kinds = {child.type for token in tokens for child in (token.children or [])}
        assert not kinds & {"html_inline", "link_open", "image", "code_inline", "s_open"}
        assert not any(token.type == "html_block" for token in tokens)
        widths = [len(row) for row in rows(text)]
        assert len(widths) > 5
    heading = next(token for token in MarkdownIt().parse(markdown.sheets(pages)) if token.type == "inline")
    assert "".join(child.content for child in heading.children) == HOSTILE[0]


def test_the_page_needs_nothing_from_elsewhere():
    page = html.sheets(sheets(shelf.load("kicking-and-screaming")))
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import|https?:|style=|\bon\w+=", page)


def test_a_page_a_student_and_each_has_its_number():
    pages = sheets(shelf.load("kicking-and-screaming"), count=30)
    for written in (html.sheets(pages), html.answers(pages)):
        assert written.count("<section") == 30
        assert [f"Sheet {number} of 30, seed 0" in written for number in range(1, 31)] == [True] * 30
    assert "break-before: page" in html.STYLE


def test_the_page_is_black_and_white():
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", html.STYLE)) == {"#000", "#fff"}
    assert not re.search(r"rgb|hsl|opacity|gr[ae]y", html.STYLE)


@pytest.mark.parametrize("name", ["sunspots", "names", "tagger"])
def test_nothing_is_called_a_sentence_that_is_none(name):
    page = sheet(shelf.load(name))
    assert page.walk.caption == f"The walk, {page.token} by {page.token}"


def test_the_number_of_a_missing_word_is_not_taken_for_that_of_its_blank():
    page = sheet(shelf.load("kicking-and-screaming"), levels=(1,))
    missing = next(cell for group in page.walk.groups for cell in group[0] if cell.heading and cell.blank)
    assert missing.text == "word 2"
    number = missing.blank.number
    assert f"<small>{number}</small> word 2<i></i>" in html.sheets([page])
    assert f"| word 2 ({number}) " in markdown.sheets([page])


def test_the_command_of_the_key_can_be_copied_from_markdown():
    page = replace(sheet(shelf.load("kicking-and-screaming")), command="rnn-tui -s '```a_b* [c]' --at 1:read")
    assert "\n````sh\nrnn-tui -s '```a_b* [c]' --at 1:read\n````\n" in markdown.answers([page])
