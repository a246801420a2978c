"""`rnn-tui lesson`: in plain lines, checked, and begun."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from rnn_tui.cli import lesson_plain, main
from rnn_tui.lessons import course
from rnn_tui.lessons.template import template
from rnn_tui.network.storage import save
from tests.builders import build
from tests.lessons.conftest import FRONT, SCENE

ASKS = f"{FRONT}Hello.\n\n{SCENE}\nIt is {{steps[0].h[0]}}.\n\n```question\nlabel\nask: Which?\n```\n\nSo.\n"


@pytest.fixture
def tell(capsys, monkeypatch):
    """Run `rnn-tui lesson` with what is typed; the lines that it prints."""

    def run(*arguments, typed="", at_terminal=False):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        monkeypatch.setattr(lesson_plain, "is_terminal", lambda: at_terminal)
        assert main(["lesson", *arguments]) == 0
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a lesson in the current folder; its name."""
    monkeypatch.chdir(tmp_path)

    def write(text, name="mine.md"):
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return name

    return write


def fails(capsys, *arguments):
    code = main(["lesson", *arguments])
    ended = capsys.readouterr()
    assert ended.out == ""
    return code, ended.err.splitlines()


def test_alone_it_runs_the_first_lesson(tell):
    lines = tell()
    assert lines[:2] == [
        "Words go in one by one.",
        "4 minutes, 5 stops, 3 questions. For everybody; no mathematics.",
    ]
    assert lines[3].startswith("How can a machine read a sentence?")
    assert lines[-1] == "That was the lesson."
    assert tell("1") == tell("one-word-at-a-time") == tell("1-one-word-at-a-time") == lines


@pytest.mark.parametrize("path", course.paths(), ids=lambda path: path.stem)
def test_every_lesson_is_told_to_its_end(tell, path):
    lines = tell(path.stem, "--plain")
    asked = [line for line in lines if line.startswith("Question: ")]
    answered = [line for line in lines if line.startswith("The answer is ") and line.endswith(".")]
    assert lines[-1] == "That was the lesson."
    assert 2 <= len(asked) <= len(answered)
    assert not any("{" in line or "**" in line for line in lines if not line.startswith(" "))


def test_a_lesson_is_told_in_its_order(tell, file):
    lines = tell(file(ASKS))
    order = ["A title.", "Hello.", "Word 2 of 3: and.", "It is 0.72.", "Question: Which?", "  1 Negative", "So."]
    places = [lines.index(line) for line in order]
    assert places == sorted(places)
    assert "Stop 1 of 1." not in lines


@pytest.mark.parametrize("typed", ["Negative", "negative", "1", " 1 "])
def test_a_right_answer_is_right(tell, file, typed):
    lines = tell(file(ASKS), typed=f"{typed}\n")
    at = lines.index("Right.")
    assert lines[at + 1].startswith("The scores after “screaming” are Negative +0.93")


def test_a_wrong_answer_is_told_the_right_one_and_why(tell, file):
    lines = tell(file(ASKS), typed="2\n")
    at = lines.index("Not Positive: it is Negative.")
    assert lines[at + 1].startswith("The scores after “screaming” are")


def test_what_is_no_answer_is_asked_again(tell, file):
    lines = tell(file(ASKS), typed="maybe\n3\n1\n")
    at = lines.index("“maybe” is none of the answers: Negative or Positive")
    assert lines[at + 1 : at + 3] == ["“3” is none of the answers: Negative or Positive", "Right."]


def test_without_an_answer_it_is_told(tell, file):
    assert "The answer is Negative." in tell(file(ASKS))
    assert "The answer is Negative." in tell(file(ASKS), typed="\n")


def test_a_number_is_asked_with_its_tolerance_and_a_slip_is_named(tell, file):
    name = file(f"{FRONT}{SCENE}```question\nvalue h[1]\nask: How much?\n```\n".replace("A title", "Really?"))
    lines = tell(name, typed="verb\n0,72\n")
    at = lines.index("Question: How much?")
    assert lines[0] == "Really?"
    assert lines[at + 1].startswith("A number is right to within 0.0")
    assert lines[at + 2].startswith("“verb” is no number")
    assert lines[at + 3].startswith("Not quite: it is +0.61. ")
    assert "squash" in lines[at + 3]
    assert "Right." in tell(name, typed="0.61\n")


def test_at_a_terminal_enter_goes_on_and_the_end_of_the_input_ends_it(tell, file):
    lines = tell(file(ASKS), typed="\n\n1\n\n\n", at_terminal=True)
    assert lines[2] == "Enter goes on, and an answer is typed before it. Ctrl-D ends the lesson."
    assert "Right." in lines
    assert lines[-1] == "That was the lesson."
    for typed, last in (("", "Hello."), ("\n", "It is 0.72.")):
        assert tell(file(ASKS), typed=typed, at_terminal=True)[-1] == last
    assert "So." not in tell(file(ASKS), typed="\n\n1\n", at_terminal=True)


def test_the_end_of_the_input_ends_a_lesson_at_a_question_too(tell, file):
    lines = tell(file(ASKS), typed="\n\n", at_terminal=True)
    assert lines[-2:] == ["  1 Negative", "  2 Positive"]
    assert "The answer is Negative." in tell(file(ASKS), typed="\n\n\n", at_terminal=True)


def test_a_line_that_is_no_answer_is_not_read_to_its_end(capsys, file, monkeypatch):
    typed = io.StringIO("1" * 1_000_000 + "\n")
    monkeypatch.setattr("sys.stdin", typed)
    assert main(["lesson", file(ASKS)]) == 1
    assert capsys.readouterr().err == (
        "rnn-tui: a line of standard input has more than 10000 characters, so it is no answer\n"
    )
    assert typed.tell() == 10_001


def test_all_faults_are_counted_where_it_is_opened_as_where_it_is_checked(capsys, file):
    name = file(f"{FRONT}{SCENE}<b>\n\n{{x}}\n\n{{y}}\n")
    _, (line,) = fails(capsys, name)
    assert line.endswith("(and 2 more; `rnn-tui lesson --check` lists them)")
    assert len(fails(capsys, "--check", name)[1]) == 3


def test_the_course_is_not_replaced(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(course, "FOLDER", tmp_path)
    (tmp_path / "1-first.md").write_text("mine", encoding="utf-8")
    code, (line,) = fails(capsys, "--new", "--force", str(tmp_path / "1-first.md"))
    assert (code, line.rpartition(": ")[2]) == (2, "the course stays as it is; give a file of your own")
    assert (tmp_path / "1-first.md").read_text(encoding="utf-8") == "mine"


def test_a_large_model_is_opened_where_the_command_line_allows_it(tell, capsys, file, monkeypatch):
    save(build(), Path("own.safetensors"))
    monkeypatch.setattr("rnn_tui.network.storage.MAX_BYTES", 100)
    name = file(f"{FRONT}```scene\n-m own.safetensors -s 'the dog'\n```\n")
    assert "--allow-large" in fails(capsys, name)[1][0]
    assert "That was the lesson." in tell(name, "--allow-large")
    assert main(["lesson", "--check", name, "--allow-large"]) == 0


@pytest.mark.parametrize(
    ("name", "said"), [("11", "there are 10; `rnn-tui"), ("xyz", "“xyz”; `rnn-tui lessons` lists")]
)
def test_what_is_like_no_name_gets_none(capsys, name, said):
    (line,) = fails(capsys, name)[1]
    assert said in line
    assert "did you mean" not in line


def test_notation_can_be_asked_for(tell):
    assert any(line.startswith("In notation: ") for line in tell("1", "--notation"))
    assert not any(line.startswith("In notation: ") for line in tell("1"))


def test_a_lens_is_told(tell, file):
    lines = tell(file(f"{FRONT}```scene\n--lens memory\n```\n```scene\n--lens attention\n```\n"))
    assert "Memory: How long is each word remembered?" in lines
    assert any(line.startswith("So what? ") for line in lines)
    attention = lines[lines.index("Attention: Where does the answer look back to?") + 1]
    assert attention.endswith(".")


def test_a_model_lies_beside_the_lesson_wherever_one_stands(tell, tmp_path, monkeypatch):
    (tmp_path / "school").mkdir()
    save(build(), tmp_path / "school" / "own.safetensors")
    lesson = tmp_path / "school" / "mine.md"
    monkeypatch.chdir(tmp_path)
    for name in ("./own.safetensors", "own.safetensors"):
        lesson.write_text(f"{FRONT}```scene\n-m {name} -s 'the dog' --edit 'silence 1'\n```\n", encoding="utf-8")
        lines = tell(str(lesson))
        assert "The sentence “the dog”: 2 words." in lines
        assert "What if: silence 1." in lines
        assert tell("school/mine.md") == lines


def test_a_fault_is_one_line_with_its_place(capsys, file, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    name = file(f"{FRONT}{SCENE}a\n{{steps[7].t}}\n")
    assert main(["lesson", name]) == 1
    assert capsys.readouterr().err == (
        "rnn-tui: mine.md:9: “steps[7].t”: there is no [7]; there are 3 steps, so [0] to [2]\n"
    )


def test_an_unknown_lesson_gets_the_nearest_name(capsys):
    code, (line,) = fails(capsys, "multply")
    assert code == 1
    assert line == (
        "rnn-tui: no lesson is called “multply”; did you mean “multiply”? `rnn-tui lessons` lists them, and a path "
        "ends in .md"
    )


@pytest.mark.parametrize("arguments", [[], ["--plain"], ["--check"]])
def test_a_file_that_is_not_there_is_said(capsys, file, arguments):
    assert fails(capsys, "none.md", *arguments) == (1, ["rnn-tui: none.md: no such file"])


def test_a_lesson_without_faults_is_one_line(capsys, file):
    assert main(["lesson", "--check", file(ASKS)]) == 0
    assert capsys.readouterr() == ("mine.md: no faults; 1 stop, 1 question, 3 min\n", "")


def test_every_fault_has_a_line_of_its_own(capsys, file):
    code, lines = fails(capsys, "--check", file(ASKS.replace("label", "guess").replace("h[0]", "k[0]")))
    assert code == 1
    assert [line.partition(": ")[0] for line in lines] == ["mine.md:11", "mine.md:13"]
    assert "there is no “k”" in lines[0]
    assert "no question is called “guess”" in lines[1]


def test_what_is_no_text_is_a_fault_like_the_others(capsys, file):
    assert fails(capsys, "--check", file(FRONT.encode() + b"\xff\n")) == (
        1,
        ["mine.md:5: byte 0xff is not UTF-8; save the file as UTF-8"],
    )


def test_very_many_faults_are_counted(capsys, file):
    _, lines = fails(capsys, "--check", file(f"{FRONT}{SCENE}" + "\n{x}\n" * 500))
    assert len(lines) == 201
    assert lines[-1] == "mine.md: 300 faults more"


def test_nothing_of_a_file_is_obeyed_by_a_terminal(capsys, file):
    _, lines = fails(capsys, "--check", file(f"{FRONT}{SCENE}```q\x1b[2J\n```\n"))
    assert not any("\x1b" in line for line in lines)
    assert len(lines) == 2


def test_a_new_lesson_is_the_template_and_passes_the_check(capsys, file):
    assert main(["lesson", "--new", "begun.md"]) == 0
    assert capsys.readouterr().out == "begun.md: a lesson to begin with; `rnn-tui lesson begun.md` runs it\n"
    assert Path("begun.md").read_text(encoding="utf-8") == template("begun.md")
    assert main(["lesson", "--check", "begun.md"]) == 0


def test_a_file_that_is_there_is_replaced_only_where_it_is_asked_for(capsys, file):
    name = file(ASKS)
    assert fails(capsys, "--new", name) == (
        1,
        ["rnn-tui: mine.md: there is such a file already; give another name, or --force to replace it"],
    )
    assert Path(name).read_text(encoding="utf-8") == ASKS
    assert main(["lesson", "--new", name, "--force"]) == 0
    assert Path(name).read_text(encoding="utf-8") == template(name)
    assert os.listdir() == [name]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--new"], 2, "--new FILE: say which file"),
        (["--check"], 2, "--check FILE: say which file"),
        (["--force"], 2, "--force goes with --new"),
        (["--new", "mine.txt"], 2, "--new mine.txt: a lesson's file ends in .md"),
        (["--new", "none/mine.md"], 1, "none/mine.md"),
        (["--new", "--check", "mine.md"], 2, "not allowed with argument"),
        (["1", "2"], 2, "unrecognized arguments: 2"),
    ],
)
def test_a_wrong_call_is_said(capsys, file, arguments, code, said):
    ended, (line,) = fails(capsys, *arguments)
    assert ended == code
    assert said in line
    assert os.listdir() == []


def test_at_a_terminal_the_screen_is_opened(monkeypatch, file, capsys):
    opened = []
    monkeypatch.setattr("rnn_tui.cli.lesson.is_terminal", lambda: True)
    monkeypatch.setattr("rnn_tui.cli.lesson.can_draw", lambda: True)
    monkeypatch.setattr("rnn_tui.tui.app.run", lambda *screens, settings: opened.append((screens, settings)))
    assert main(["lesson", file(ASKS), "--theme", "textual-light"]) == 0
    ((walk, over), settings) = opened[0]
    assert walk.state.text == "Kicking and screaming"
    assert over.lesson_state.lesson.title == "A title"
    assert settings.theme == "textual-light"


def test_a_terminal_that_cannot_draw_is_said(monkeypatch, file, capsys):
    monkeypatch.setattr("rnn_tui.cli.lesson.is_terminal", lambda: True)
    monkeypatch.setattr("rnn_tui.cli.lesson.can_draw", lambda: False)
    code, (line,) = fails(capsys, file(ASKS))
    assert code == 1
    assert line.endswith("; --plain tells the lesson in plain lines")
