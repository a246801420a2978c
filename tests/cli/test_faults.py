"""A fault of our own: one line, exit code 1, and a report that says no more than it must."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from rnn_tui.cli import faults, main
from rnn_tui.network.errors import ProgramError


@pytest.fixture
def logs(monkeypatch, tmp_path):
    """The folder that reports lie in."""
    folder = tmp_path / "log"
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: folder)
    return folder


def raised(error):
    try:
        raise error
    except (ValueError, KeyError) as caught:
        return caught


def test_a_fault_in_a_command_is_one_line(monkeypatch, capsys, logs):
    def broken(*_):
        raise KeyError("nothing of that name")

    monkeypatch.setattr("rnn_tui.cli.command_of", broken)
    assert main(["trace", "-s", "a sentence of mine"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "rnn-tui: a fault inside the program, which is not yours: KeyError: 'nothing of that name'; "
        f"a report is in {logs / faults.REPORT}\n"
    )
    report = (logs / faults.REPORT).read_text(encoding="utf-8")
    assert "in broken" in report
    assert "a sentence of mine" not in report


def test_of_a_fault_in_the_program_its_cause_is_told(logs):
    error = ProgramError()
    error.__cause__ = raised(ValueError("two\nlines \x1b[2J"))
    assert "ValueError: two lines" in faults.told(error)
    assert "ProgramError" not in (logs / faults.REPORT).read_text(encoding="utf-8")


def test_a_report_stays_small_and_is_the_only_one(logs):
    def deep(n):
        return deeper(n)

    def deeper(n):
        return deep(n + 1) if n < 300 else 1 / 0

    for message in ("x" * 1_000_000, "y\n" * 100_000):
        faults.told(raised(ValueError(message)))
    try:
        deep(0)
    except ZeroDivisionError as error:
        said = faults.told(error)
    (report,) = logs.iterdir()
    assert str(report) in said
    written = report.read_text(encoding="utf-8")
    assert len(written) < 100_000
    assert "test_a_report_stays_small" in written
    assert written.rstrip().endswith("ZeroDivisionError: division by zero")


def test_a_long_message_is_clipped_in_the_line(logs):
    assert len(faults.told(raised(ValueError("x" * 10_000)))) < 500


def test_a_report_goes_to_the_temporary_folder_where_the_other_cant_be_written(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "file" / "log")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    said = faults.told(raised(ValueError("x")))
    path = Path(said.rpartition(" in ")[2])
    assert path.parent == tmp_path
    assert "ValueError: x" in path.read_text(encoding="utf-8")


def test_where_nothing_can_be_written_that_is_said(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "file" / "log")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    assert faults.told(raised(ValueError("x"))).endswith("; no report of it could be written")


def test_an_exit_code_of_a_signal_is_handed_on(monkeypatch):
    def ended(*_):
        raise SystemExit(143)

    monkeypatch.setattr("rnn_tui.cli.command_of", ended)
    assert main([]) == 143
