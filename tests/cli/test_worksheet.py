"""`rnn-tui worksheet`: both files or neither, and nothing replaced by mistake."""

from __future__ import annotations

import os
import shlex
from itertools import pairwise

import pytest

from rnn_tui.cli import main
from rnn_tui.network.errors import UserError


def worksheet(path, *options):
    return main(["worksheet", *options, "-o", str(path)])


def complaint(capsys):
    """The one line on stderr."""
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert not captured.out
    return captured.err.removeprefix("rnn-tui: ").rstrip()


@pytest.mark.parametrize("suffix", [".html", ".md", ".HTML"])
def test_both_files_are_written_and_named(tmp_path, capsys, suffix):
    path = tmp_path / f"sheet{suffix}"
    assert worksheet(path) == 0
    answers = tmp_path / f"sheet-answers{suffix}"
    assert capsys.readouterr().out.splitlines() == [f"{path}: a worksheet", f"{answers}: the answer key"]
    assert sorted(os.listdir(tmp_path)) == sorted([path.name, answers.name])
    assert "Answers: Kicking and screaming" in answers.read_text(encoding="utf-8")
    assert "Answers" not in path.read_text(encoding="utf-8")


def test_the_scene_the_seed_and_the_levels_are_those_that_were_asked_for(tmp_path):
    path = tmp_path / "class.md"
    assert worksheet(path, "-s", "Running in the rain", "--students", "3", "--seed", "7", "--level", "2-3") == 0
    text, key = path.read_text(encoding="utf-8"), (tmp_path / "class-answers.md").read_text(encoding="utf-8")
    assert text.count("# Kicking and screaming\n") == 3
    assert "Sheet 3 of 3, seed 7" in text
    assert "1 **Running** · 2 **in** · 3 **the** · 4 **rain**" in text
    assert "Levels: 2 up, down or same, 3 the answer. Each sheet has another sentence." in key


def test_edits_go_into_the_sheet_and_into_the_command(tmp_path):
    path = tmp_path / "forgetful.md"
    assert worksheet(path, "--edit", "set weight_hh[1,2] 0.25", "--edit", "hold h[3] 0.5 at 2") == 0
    assert "| verb | +1.00 | +0.25 | 0.00 | 0.00 |" in path.read_text(encoding="utf-8")
    assert "--edit" not in path.read_text(encoding="utf-8")
    key = (tmp_path / "forgetful-answers.md").read_text(encoding="utf-8")
    command = key.partition("```sh\n")[2].partition("\n```")[0]
    arguments = shlex.split(command)
    assert arguments[:3] == ["rnn-tui", "-m", "kicking-and-screaming"]
    edits = [after for before, after in pairwise(arguments) if before == "--edit"]
    assert edits == ["set weight_hh[1,2] 0.25", "hold h[3] 0.5 at 2"]


@pytest.mark.parametrize("there", ["sheet.html", "sheet-answers.html"])
def test_nothing_is_replaced_unless_it_is_asked_for(tmp_path, capsys, there):
    (tmp_path / there).write_text("mine", encoding="utf-8")
    assert worksheet(tmp_path / "sheet.html") == 1
    assert complaint(capsys) == (
        f"{tmp_path / there}: there is such a file already; give another name, or --force to replace it"
    )
    assert os.listdir(tmp_path) == [there]
    assert worksheet(tmp_path / "sheet.html", "--force") == 0
    assert (tmp_path / there).read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("before", [None, "mine"])
def test_where_the_second_cannot_be_written_the_first_is_as_it_was(tmp_path, capsys, monkeypatch, before):
    path = tmp_path / "sheet.html"
    if before:
        path.write_text(before, encoding="utf-8")
    from rnn_tui.network import storage

    write = storage.write_whole

    def fail_at_answers(file, content, *rest):
        if "answers" in file.name:
            raise UserError(f"{file}: can't be written: the disk is full")
        write(file, content, *rest)

    monkeypatch.setattr(storage, "write_whole", fail_at_answers)
    assert worksheet(path, "--force") == 1
    assert "the disk is full" in complaint(capsys)
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == before


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("-o", "x.pdf"), 2, "-o x.pdf: no worksheet is written as .pdf; there are .html (a page to print) and .md"),
        (("-o", "x"), 2, "the suffix is missing"),
        (("-o", "x.md", "--level", "6"), 2, "“6” is no level from 1 to 5, such as 3 or 2-4"),
        (("-o", "x.md", "--level", "4-2"), 2, "“4-2” is no level"),
        (("-o", "x.md", "--students", "0"), 2, "“0” is no whole number of at least 1"),
        (("-o", "x.md", "--students", "301"), 2, "301 sheets at once are too many; at most 300"),
        (("-o", "x.md", "-s", "and " * 20), 1, "the sentence has 20 words, and a sheet of paper has room for 12"),
        (("-o", "no/x.md",), 1, "is not there; make it first"),
        (("-o", "x.md", "-m", "names", "--vary", "weights"), 1, "has room for 60 drawn ones"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(tmp_path, monkeypatch, capsys, options, code, says):
    monkeypatch.chdir(tmp_path)
    assert main(["worksheet", *options]) == code
    assert says in complaint(capsys)
    assert os.listdir(tmp_path) == []
