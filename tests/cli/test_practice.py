"""`rnn-tui practice`."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys

import pytest

from rnn_tui.cli import main
from rnn_tui.cli.commands import PLAIN
from rnn_tui.cli.opening import open_scene
from rnn_tui.network.storage import save
from tests.builders import build
from tests.cli.conftest import ROOT
from tests.cli.test_main import complaint

SMALL = ("-m", "small-sums", "--seed", "5")
FIELDS = ["level", "kind", "command", "ask", "target", "choices", "answer", "tolerance", "why"]


@pytest.fixture
def practise(capsys, monkeypatch):
    """Practise with lines of answers; the lines that are printed."""

    def run(answers, *arguments):
        import io

        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in answers)))
        assert main(["practice", *arguments]) == 0
        return capsys.readouterr().out.splitlines()

    return run


def questions(capsys, *arguments):
    assert main(["practice", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_json_has_the_fields_that_programs_read(capsys):
    printed = questions(capsys, *SMALL)

    assert (printed["format"], printed["seed"], len(printed["questions"])) == (1, 5, 10)
    for question in printed["questions"]:
        assert list(question) == FIELDS
        assert question["command"].startswith("rnn-tui -m small-sums -s ")
        if question["choices"] is None:
            assert isinstance(question["answer"], float)
            assert question["tolerance"] > 0
        else:
            assert question["answer"] in question["choices"]
            assert question["tolerance"] is None
        _, *words = shlex.split(question["command"])
        scene, _ = open_scene(PLAIN().parser().parse_args(words))
        assert scene.hidden


def test_the_same_seed_prints_the_same(capsys):
    first = questions(capsys, "--seed", "3", "--count", "4")

    assert questions(capsys, "--seed", "3", "--count", "4") == first
    assert questions(capsys, "--seed", "3", "--count", "2")["questions"] == first["questions"][:2]


def test_without_a_seed_one_is_printed(capsys):
    printed = questions(capsys, "-m", "small-sums", "--count", "3")

    assert questions(capsys, "-m", "small-sums", "--count", "3", "--seed", str(printed["seed"])) == printed


def test_levels(capsys):
    assert {q["level"] for q in questions(capsys, *SMALL, "--level", "2")["questions"]} == {2}
    assert {q["level"] for q in questions(capsys, *SMALL, "--level", "4-5", "--count", "20")["questions"]} == {4, 5}


def test_answers_are_marked_with_the_arithmetic_and_counted(capsys, practise):
    asked = questions(capsys, *SMALL, "--count", "3")["questions"]
    answers = [one["answer"] if one["choices"] else f"{one['answer']:.2f}" for one in asked]

    lines = practise(answers, *SMALL, "--count", "3")

    assert lines[0] == "Practice, seed 5. ? shows the answer, q or Ctrl-D ends."
    assert [line for line in lines if line.startswith("Right.")] == [f"Right. {one['why']}" for one in asked]
    assert [line for line in lines if line.endswith(" right.")] == [
        "1 of 1 right.",
        "2 of 2 right.",
        "3 of 3 right.",
        "The score: 3 of 3 right.",
    ]
    assert [line for line in lines if line in [one["ask"] for one in asked]] == [one["ask"] for one in asked]


def test_a_wrong_answer_is_told_its_slip_and_what_is_no_answer_is_asked_again(capsys, practise):
    arguments = ("-m", "small-sums", "--level", "5", "--seed", "2", "--count", "1")
    (asked,) = questions(capsys, *arguments)["questions"]
    assert asked["choices"] is None
    wrong = f"{-asked['answer']:.2f}"

    lines = practise(["what?", wrong], *arguments)

    assert "“what?” is no number; give a number such as −0.25." in lines
    (said,) = [line for line in lines if line.startswith("Not quite: it is ")]
    assert "its sign is the wrong way round" in said
    assert said.endswith(asked["why"])
    assert lines[-1] == "The score: 0 of 1 right."


@pytest.mark.parametrize("answers", [["?", "?", "q"], ["", "?", "", "?"], ["?", "?", "", "Quit", "1"]])
def test_a_question_mark_shows_the_answer_an_empty_line_does_not_and_the_end_tells_the_score(practise, answers):
    lines = practise(answers, *SMALL)

    assert sum(line.startswith("It is ") for line in lines) == 2
    assert lines.count("No answer yet: ? shows it.") == answers.count("")
    assert lines[-1] == "The score: 0 of 2 right."


def test_the_result_is_saved_as_json(capsys, practise, tmp_path):
    path = tmp_path / "result.json"
    first, _ = asked = questions(capsys, *SMALL, "--count", "2")["questions"]
    right = first["answer"] if first["choices"] else f"{first['answer']:.2f}"

    lines = practise([right, "?"], *SMALL, "--count", "2", "-o", str(path))

    assert lines[-1] == f"{path}: the result"
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert {key: saved[key] for key in ("format", "seed", "asked", "right")} == {
        "format": 1,
        "seed": 5,
        "asked": 2,
        "right": 1,
    }
    assert [list(one) for one in saved["questions"]] == [[*FIELDS, "given", "right", "slips"]] * 2
    assert [{name: one[name] for name in FIELDS} for one in saved["questions"]] == asked
    assert [(one["given"], one["right"], one["slips"]) for one in saved["questions"]] == [
        (right, True, []),
        (None, False, []),
    ]


def test_the_result_is_saved_as_text_also_where_the_input_ends(practise, tmp_path):
    path = tmp_path / "result.txt"

    practise(["?"], *SMALL, "-o", str(path))

    text = path.read_text(encoding="utf-8")
    assert text.startswith("Practice, seed 5: 0 of 1 right.\n\n1. small-sums reads “")
    assert "Given: (shown). It is " in text
    assert "\nrnn-tui -m small-sums -s " in text


def test_a_file_that_is_there_is_not_replaced_unless_that_is_said(practise, tmp_path, capsys):
    path = tmp_path / "result.txt"
    path.write_text("mine")

    assert main(["practice", *SMALL, "-o", str(path)]) == 1
    assert "there is such a file already; give another name, or --force" in complaint(capsys)
    assert path.read_text() == "mine"
    practise([], *SMALL, "-o", str(path), "--force")
    assert path.read_text().startswith("Practice, seed 5: 0 of 0 right.")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--level", "6"], 2, "“6” is no level from 1 to 5, such as 3 or 2-4"),
        (["--level", "4-2"], 2, "“4-2” is no level"),
        (["--level", ""], 2, "“” is no level"),
        (["--count", "0"], 2, "“0” is no whole number of at least 1"),
        (["--seed", "-1"], 2, "is no whole number of at least 0"),
        (["-m", "smal-sums"], 1, "did you mean “small-sums”?"),
        (["-o", "result.pdf"], 2, "a result is saved as .json or .txt"),
        (["-o", "result.txt", "--json"], 2, "--json prints questions, and -o saves what was answered"),
        (["--json", "--plain"], 2, "not allowed with"),
        (["-o", "nowhere/at/all.txt"], 1, "is not there; make it first"),
    ],
)
def test_a_call_that_is_wrong_is_one_line(capsys, arguments, code, said):
    assert main(["practice", *arguments]) == code
    assert said in complaint(capsys)


def test_a_model_of_ones_own_by_its_path(capsys, tmp_path):
    path = tmp_path / "mine.safetensors"
    save(build("gru", None, hidden=3), path)

    printed = questions(capsys, "-m", str(path), "-m", "small-sums", "--count", "20", "--seed", "1")

    models = {shlex.split(question["command"])[2] for question in printed["questions"]}
    assert models == {str(path), "small-sums"}


def test_in_a_pipe_it_reads_answers_and_a_closed_input_ends_it():
    words = [sys.executable, "-m", "rnn_tui", "practice", *SMALL, "--seed", "5"]
    done = subprocess.run(
        words,
        cwd=ROOT,
        input=b"\n1\n\xff\n",
        capture_output=True,
        timeout=60,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode in (0, 1)  # what is no UTF-8 is no answer, or is said
    assert b"Traceback" not in done.stderr
    assert re.search(rb"The score: [01] of 1 ", done.stdout)


def test_where_nothing_can_be_asked_no_result_is_left(practise, tmp_path, capsys):
    model = build(hidden=1, labels=("only",))
    save(model, tmp_path / "one.safetensors")
    path = tmp_path / "result.txt"

    arguments = ["practice", "-m", str(tmp_path / "one.safetensors"), "--level", "3", "--plain", "-o", str(path)]
    assert main(arguments) == 1
    assert "no question of level 3 can be asked" in capsys.readouterr().err
    assert not path.exists()
