"""Questions as JSON, and the result of a practice as JSON or as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rnn_tui.export import strict
from rnn_tui.network.errors import UserError
from rnn_tui.network.storage import write_whole
from rnn_tui.questions.marking import answer_in_words
from rnn_tui.questions.practice import Attempt, Practice, choices_in_words, command_of, standing
from rnn_tui.questions.question import Question
from rnn_tui.text import cited, printable

FORMAT = 1
SUFFIXES = (".json", ".txt")


def lines(seed: int, questions: Iterable[Question]) -> Iterator[str]:
    """The JSON object in lines, one a question."""
    yield f'{{"format": {FORMAT}, "seed": {seed}, "questions": ['
    before = ""
    for question in questions:
        if before:
            yield f"{before},"
        before = strict.dumps(fields(question))
    yield f"{before}]}}"


def fields(question: Question) -> dict[str, Any]:
    """A question as `practice --json` prints it."""
    return {
        "level": question.level,
        "kind": question.kind,
        "command": command_of(question),
        "ask": question.ask,
        "target": question.target,
        "choices": list(question.choices) or None,
        "answer": question.answer,
        "tolerance": question.tolerance,
        "why": question.why,
    }


def check_suffix(path: Path) -> None:
    """Raise UserError for a file that is neither JSON nor text."""
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(f"{path}: a result is saved as {' or '.join(SUFFIXES)}; give the file such an ending")


def write(practice: Practice, path: Path) -> None:
    """Write the result of a practice, as JSON or as text by the file's suffix; raises UserError where it can't be."""
    check_suffix(path)
    text = strict.dumps(result(practice)) + "\n" if path.suffix.lower() == ".json" else as_text(practice)
    write_whole(path, text.encode("utf-8"), mend="give another folder")


def result(practice: Practice) -> dict[str, Any]:
    """The result: the score, and every question with what was given and whether that was right."""
    return {
        "format": FORMAT,
        "seed": practice.seed,
        "asked": len(practice.attempts),
        "right": practice.right,
        "questions": [_attempt(attempt) for attempt in practice.attempts],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    marked = attempt.marked
    return {
        **fields(attempt.question),
        "given": attempt.given,
        "right": attempt.right,
        "slips": [slip.name for slip in marked.slips] if marked else [],
    }


def as_text(practice: Practice) -> str:
    """The result in plain lines."""
    told = [f"Practice, seed {practice.seed}: {practice.score}."]
    for number, attempt in enumerate(practice.attempts, 1):
        question = attempt.question
        given = "(shown)" if attempt.given is None else cited(attempt.given.strip())
        told += ["", f"{number}. {standing(question)}", question.ask]
        told += [choices_in_words(question)] if question.choices else []
        said = attempt.marked.said if attempt.marked else f"It is {answer_in_words(question)}."
        told += [f"Given: {given}. {said} {question.why}", command_of(question)]
    return "".join(f"{printable(line)}\n" for line in told)
