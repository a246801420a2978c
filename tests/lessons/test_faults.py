"""Every fault of a lesson's file is found, and said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnn_tui.lessons.checking import faults_of
from rnn_tui.lessons.faults import Fault
from rnn_tui.lessons.reading import MOST_STOPS
from tests.lessons.conftest import FRONT, SCENE

PATH = Path("lesson.md")
FORM = {
    "no front matter": (SCENE, 1, "there is no front matter: a lesson begins with a line of ---"),
    "front matter that never ends": (f"---\ntitle: a\nminutes: 1\n\n{SCENE}", 1, "the front matter is never closed"),
    "no title": (f"---\nminutes: 1\n---\n{SCENE}", 1, "the front matter has no title"),
    "an empty title": (f"---\ntitle:\nminutes: 1\n---\n{SCENE}", 2, "title is empty"),
    "a long title": (f"---\ntitle: {'a' * 81}\nminutes: 1\n---\n{SCENE}", 2, "title has 81 characters; at most 80"),
    "no minutes": (f"---\ntitle: a\n---\n{SCENE}", 1, "the front matter has no minutes"),
    "minutes that are no number": (
        f"---\ntitle: a\nminutes: five\n---\n{SCENE}", 3, "minutes is “five”; expected a whole number from 1 to 600"
    ),
    "minutes of a superscript": (f"---\ntitle: a\nminutes: ²\n---\n{SCENE}", 3, "minutes is “²”; expected"),
    "no minutes at all": (f"---\ntitle: a\nminutes: 0\n---\n{SCENE}", 3, "minutes is “0”; expected"),
    "an unknown key": (
        f"---\ntitle: a\nminutes: 1\nauthor: b\n---\n{SCENE}",
        4,
        "the front matter knows no “author”; it knows title, minutes, for",
    ),
    "a key twice": (f"---\ntitle: a\ntitle: b\nminutes: 1\n---\n{SCENE}", 3, "title stands twice in the front matter"),
    "no key": (f"---\ntitle: a\nminutes: 1\nhello\n---\n{SCENE}", 4, "expected a key, a colon and a value"),
    "no scene": (f"{FRONT}Some text.\n", 1, "there is no scene"),
    "an unknown block": (f"{FRONT}{SCENE}```quiz\n```\n", 8, "there is no block “quiz”: ```scene, question, text"),
    "a block without a name": (f"{FRONT}{SCENE}```\na\n```\n", 8, "a block has to say what it is"),
    "a block that never ends": (f"{FRONT}{SCENE}\n```scene\n--at 1", 9, "the block is never closed: a line of ```"),
    "a block that is indented": (f"{FRONT}{SCENE}\n    ```scene\n    ```\n", 9, "a block of ``` begins at the margin"),
    "a scene in a list": (f"{FRONT}{SCENE}- a\n\n  ```scene\n  ```\n", 10, "a scene stands by itself"),
    "a quotation mark that is never closed": (
        f"{FRONT}```scene\n-s \"a\n```\n", 6, "the scene can't be read: a quotation mark is never closed"
    ),
    "curly quotation marks": (f"{FRONT}```scene\n-s “a b”\n```\n", 6, "the scene can't be read: a shell knows"),
    "a question before the first scene": (
        f"{FRONT}```question\nlabel\n```\n{SCENE}", 5, "a question stands after the scene that it is about"
    ),
    "an empty question": (f"{FRONT}{SCENE}```question\n```\n", 8, "the question is empty"),
    "an empty ask": (f"{FRONT}{SCENE}```question\nlabel\nask:\n```\n", 10, "ask: is empty"),
    "two asks": (f"{FRONT}{SCENE}```question\nlabel\nask: a\nask: b\n```\n", 11, "ask: stands twice"),
    "a second question in a block": (f"{FRONT}{SCENE}```question\nlabel\nword\n```\n", 10, "expected ask: … or choice"),
    "HTML": (f"{FRONT}{SCENE}<b>bold</b>\n", 8, "HTML isn't shown: “<b>”"),
    "HTML by itself": (f"{FRONT}{SCENE}<div>\nbold\n</div>\n", 8, "HTML isn't shown: “<div> bold </div>”"),
    "HTML further down": (f"{FRONT}{SCENE}one\ntwo <i>three</i>\n", 9, "HTML isn't shown: “<i>”"),
    "a comment that never ends": (f"{FRONT}{SCENE}\n<!-- a\n\nb\n", 9, "the comment is never closed: --> ends it"),
    "text behind a comment": (f"{FRONT}{SCENE}\n<!-- a --> b\n", 9, "text behind a comment isn't shown; begin a new"),
    "a picture": (f"{FRONT}{SCENE}Look: ![it](it.png)\n", 8, "a terminal shows no picture"),
    "an endless paragraph": (f"{FRONT}{SCENE}{'a ' * 2500}\n", 8, "a paragraph has 4999 characters; at most 4000"),
    "a table": (f"{FRONT}{SCENE}\n| a | b |\n|---|:-:|\n| 1 | 2 |\n", 9, "a table isn't shown"),
    "struck out": (f"{FRONT}{SCENE}\none\nis ~~gone~~\n", 10, "text can't be struck out"),
    "a link": (f"{FRONT}{SCENE}\nlook [here](https://example.org)\n", 9, "a link can't be followed from a lesson"),
    "an empty scene": (f"{FRONT}```scene\n```\n", 6, "the scene can't be read: it is empty; write the options"),
    "a scene of notes": (f"{FRONT}```scene\n# -m x\n```\n", 6, "the scene can't be read: it is empty"),
    "paragraphs without end": (f"{FRONT}{SCENE}" + "a\n\n" * 10_001, 20_008, "there are more than 10000 p"),
    "text without end": (f"{FRONT}{SCENE}" + ("word " * 700 + "\n\n") * 60, 8 + 114, "there are more than 200000 char"),
    "a control character": (f"{FRONT}{SCENE}a\x1b[2J\n", 8, "holds a control character (␛); take it out"),
    "a control character of C1": (f"{FRONT}{SCENE}a\x9b\n", 8, "holds a control character (�); take it out"),
    "too many scenes": (
        f"{FRONT}{SCENE}" + "```scene\n--at 1\n```\n" * MOST_STOPS,
        8 + 3 * (MOST_STOPS - 1),
        "there are more than 200 scenes",
    ),
}  # fmt: skip
END = "```scene\n--at 3:check\n```\n```question\n"
LENS = "```scene\n--at 3:read --lens %s\n```\n```question\n"
SHOWN = {
    "an unknown model": ("```scene\n-m sentimant\n```\n", 5, "no model is called “sentimant”; did you mean “sent"),
    "a model that is not there": ("```scene\n-m ./none.safetensors\n```\n", 5, "none.safetensors"),
    "a position outside": ('```scene\n-s "a b" --at 3\n```\n', 5, "--at 3: the sentence has 2 words, so 1 to 2"),
    "an unknown phase": ("```scene\n--at 1:gates\n```\n", 5, "--at 1:gates: no phase is called “gates”"),
    "an unknown option": ("```scene\n--speed 3\n```\n", 5, "unrecognized arguments: --speed 3"),
    "a sentence without quotation marks": ("```scene\n-s a b c\n```\n", 5, "unrecognized arguments: b c (a"),
    "the help": ("```scene\n--help\n```\n", 5, "unrecognized arguments: --help"),
    "an option without its value": ("```scene\n--at\n```\n", 5, "argument --at: expected one argument"),
    "a unit outside": ("```scene\n--unit 5\n```\n", 5, "--unit 5: the model has 4 hidden units, so 1 to 4"),
    "a size that it allows itself": ("```scene\n--allow-large\n```\n", 5, "--allow-large: a lesson can't allow it"),
    "a lens written wrongly": ("```scene\n--lens memry\n```\n", 5, "invalid choice: 'memry', did you mean memory?"),
    "a label that the scene shows": (f"{END}label\n```\n", 8, "the scene shows the answer already"),
    "a probability that the scene shows": (f"{END}probability Negative\n```\n", 8, "the scene shows the answer"),
    "a label that a lens shows": (f"{LENS % 'attention'}label\n```\n", 8, "the lens “attention” shows the answer"),
    "a word that a lens shows": (f"{LENS % 'recency'}word\n```\n", 8, "the lens “recency” shows the answer"),
    "a label that the prose tells": (
        f"{SCENE}It says {{prediction.label}}.\n\n```question\nlabel\n```\n", 10, "{prediction.label} tells the answer"
    ),
    "a label that its score tells": (
        f"{SCENE}{{steps[-1].probs[0]:%}}\n\n```question\nlabel\n```\n", 10, "{steps[-1].probs[0]} tells the answer"
    ),
    "a number that the opening tells": (
        f"{{steps[-2].h[-4]}}\n\n{SCENE}\n```question\ndirection h[1]\n```\n", 11, "{steps[-2].h[-4]} tells the answer"
    ),
    "a number that the question tells": (
        f"{SCENE}```question\nvalue h[1]\nask: is it {{steps[1].h[0]}}?\n```\n", 8, "{steps[1].h[0]} tells the answer"
    ),
    "an unknown lens": ("```scene\n--lens fisheye\n```\n", 5, "argument --lens: invalid choice: 'fisheye'"),
    "an unknown edit": ("```scene\n--edit 'forgive 3'\n```\n", 5, "forgive"),
    "an edit that doesn't fit": ("```scene\n--edit 'drop 9'\n```\n", 5, "drop 9"),
    "a text that can't be read": ("```scene\n-m sunspots -s hello\n```\n", 5, "hello"),
    "a sentence from a file": ("```scene\n--sentence-file -\n```\n", 5, "--sentence-file: in a lesson the"),
    "a question of a scene": ("```scene\n--ask label\n```\n", 5, "--ask: in a lesson a question stands in a block"),
    "a sentence that is too long": (f"```scene\n-s '{'a ' * 2501}'\n```\n", 5, "the sentence has 5002 characters"),
    "an unknown question": (f"{SCENE}```question\nguess\n```\n", 8, "no question is called “guess”"),
    "a question about what is seen already": (
        '```scene\n-s "a b" --at 2:check\n```\n```question\nvalue h[1]\n```\n', 8, "“value h[1]” can't be asked here"
    ),
    "a question about what is not there": (f"{SCENE}```question\nvalue h[9]\n```\n", 8, "“value h[9]” can't be asked"),
    "a question that the one before has answered": (
        f"{SCENE}```question\nlabel\n```\n```question\ndirection h[1]\n```\n",
        11,
        "the question before it has shown the answer already",
    ),
    "names for what has its own": (
        f"{SCENE}```question\nlabel\nchoice: a\nchoice: b\n```\n", 8, "“label” has its own answers"
    ),
    "names that are too few": (
        f"{SCENE}```question\nlargest steps[2].h[0] steps[2].h[1]\nchoice: a\n```\n", 8, "“largest” asks for 2 numbers"
    ),
    "a placeholder in a question": (f"{SCENE}```question\nlabel\nask: {{steps[9].t}}?\n```\n", 8, "there is no [9]"),
    "a placeholder in a choice": (
        f"{SCENE}```question\nlargest steps[2].h[0] steps[2].h[1]\nchoice: {{x}}\nchoice: b\n```\n", 8, "no “x”"
    ),
    "a placeholder that is not there": (f"{SCENE}a\nb {{steps[2].k[0]}}\n", 9, "“steps[2].k[0]”: there is no “k”"),
    "a placeholder before the first scene": (f"{{steps[3].t}}\n\n{SCENE}", 5, "“steps[3].t”: there is no [3];"),
    "a placeholder of several values": (f"{SCENE}{{steps[0].h}}\n", 8, "“steps[0].h” is several values; say which one"),
    "a placeholder that is no path": (f"{SCENE}{{h of unit 1}}\n", 8, "“h of unit 1” is no path to a value"),
    "an empty placeholder": (f"{SCENE}{{}}\n", 8, "“” is no path to a value"),
    "per cent of what is no share": (f"{SCENE}{{steps[0].token:%}}\n", 8, "“steps[0].token” is no share from 0 to 1"),
    "a brace that is never closed": (f"{SCENE}{{steps[0].t\n", 8, "“{steps[0].t”: the brace is never closed"),
}  # fmt: skip


def said(text):
    _, faults = faults_of(text, PATH)
    return faults


@pytest.mark.parametrize("kind", FORM)
def test_a_fault_of_the_form_is_found(kind):
    text, line, begins = FORM[kind]

    (fault,) = [fault for fault in said(text) if fault.said.startswith(begins)]
    assert fault.line == line


@pytest.mark.parametrize("kind", SHOWN)
def test_a_fault_of_what_is_shown_or_asked_is_the_only_one(kind):
    text, line, part = SHOWN[kind]

    (fault,) = said(FRONT + text)
    assert part in fault.said
    assert fault.line == line
    assert "\n" not in fault.said


@pytest.mark.parametrize("kind", [kind for kind in FORM if kind not in ("front matter that never ends",)])
def test_a_fault_of_the_form_stands_alone_where_nothing_else_is_wrong(kind):
    assert len(said(FORM[kind][0])) == 1


def test_all_faults_are_found_at_once():
    text = f"---\nminutes: no\n---\n<br>\n\n{SCENE}{{no.path}}\n\n```scene\n--at 9\n```\n\n```quiz\n"
    found = said(text)

    assert [fault.line for fault in found] == [1, 2, 4, 9, 11, 15, 15]
    assert found == sorted(found)


def test_a_fault_is_told_as_a_compiler_does():
    assert Fault(3, "is wrong").told(Path("a/b.md")) == "a/b.md:3: is wrong"
    assert Fault(3, "is\nwrong").told(PATH) == "lesson.md:3: is wrong"


def test_nothing_is_wrong_with_what_is_well():
    assert said(f"{FRONT}Text.\n\n{SCENE}\n{{steps[0].h[0]}} {{{{x}}}} < 3 & 4 > 2\n\n```text\n{{}}\n```\n") == []
