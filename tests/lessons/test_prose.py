"""Markdown becomes blocks of runs, with the placeholders filled in."""

from __future__ import annotations

import pytest

from rnn_tui.lessons.lesson import Prose
from rnn_tui.lessons.prose import Block, Run, blocks


def shown(text, line=1):
    return blocks(Prose(line, text), lambda path, line: f"<{path}|{line}>")


def paragraph(text, line=1):
    return Block("paragraph", line, (Run(text),))


def test_styles_are_runs():
    assert shown("a **b** *c* `d` ***e***") == (
        Block(
            "paragraph",
            1,
            (
                Run("a "),
                Run("b", "strong"),
                Run(" "),
                Run("c", "emphasis"),
                Run(" "),
                Run("d", "code"),
                Run(" "),
                Run("e", "strong"),
            ),
        ),
    )


def test_lines_of_a_paragraph_are_one_and_a_break_is_kept():
    assert shown("a\nb\\\nc  \nd") == (paragraph("a b\nc\nd"),)


def test_lists_and_quotations_have_a_depth_and_marks():
    text = "- a\n\n  more\n  3. b\n  4. c\n\n> d\n>\n> - e\n"

    assert [(block.kind, block.depth, block.mark, block.text) for block in shown(text)] == [
        ("item", 0, "•", "a"),
        ("paragraph", 1, "", "more 3. b 4. c"),
        ("paragraph", 1, "", "d"),
        ("item", 1, "•", "e"),
    ]
    assert [(block.depth, block.mark, block.text) for block in shown("- a\n\n  3. b\n  4. c\n- d")] == [
        (0, "•", "a"),
        (1, "3.", "b"),
        (1, "4.", "c"),
        (0, "•", "d"),
    ]


def test_headings_and_code():
    found = shown("# a *b*\n\n```python\nx = {1}\n\ny\n```\n\n    z {2}\n", line=10)

    assert found == (
        Block("heading", 10, (Run("a "), Run("b", "emphasis"))),
        Block("code", 12, (Run("x = {1}\n\ny", "code"),)),
        Block("code", 18, (Run("z {2}", "code"),)),
    )


def test_placeholders_are_filled_in_with_their_line_but_not_in_code():
    found = shown("{a[0].b_c}\n*{ d }* `{e}` {{f}} }} {g\n\n    {h}\n", line=5)

    assert [block.text for block in found] == ["<a[0].b_c|5> <d|6> <e|6> {f} } <{g|6>", "{h}"]


@pytest.mark.parametrize("value", ["*a*", "<b>", "`c`", "[d](e)", "&amp;", "{f}"])
def test_what_is_filled_in_is_no_markdown(value):
    assert blocks(Prose(1, "so: {x}"), lambda *_: value) == (paragraph(f"so: {value}"),)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a \\* b \\{x\\}", "a * b <x|1>"),
        ("3 < 4 &amp; 5 > 2", "3 < 4 & 5 > 2"),
        ("a [link](https://example.org) <https://example.org>", "a link https://example.org"),
        ("a <!-- not\nseen --> b", "a  b"),
        ("[0] and h_t_1 and a*b", "[0] and h_t_1 and a*b"),
    ],
)
def test_what_else_there_is_in_markdown(text, seen):
    assert shown(text)[0].text == seen


def test_a_comment_of_its_own_is_not_shown():
    assert shown("a\n\n<!-- b\n\nc -->\n\nd {e}") == (paragraph("a"), paragraph("d <e|7>", 7))


def test_a_line_behind_a_comment_keeps_its_number():
    assert shown("a <!-- b\nc --> d\n{e}") == (paragraph("a  d <e|3>"),)


def test_nothing_is_shown_of_nothing():
    assert shown("") == ()
