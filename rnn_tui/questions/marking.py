"""Marking: whether what was given is right, and which usual slip a wrong number comes from."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from rnn_tui.questions.numbers import EDGE
from rnn_tui.questions.question import Question, Slip
from rnn_tui.text import MINUS, cited, joined, number, percent, printable, quantity

_NUMBER = re.compile(r"[=≈~]?([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d{1,3})?)(%?)", re.IGNORECASE)
_DASHES = f"{MINUS}–—‒‐"
LONGEST = 60
WHOLE = 100
NEAR = 0.02
"""As near to a slip as this a guessed share must be: the tolerance of a guess is far too wide to say what was done."""


@dataclass(frozen=True)
class Marked:
    """The mark of an answer: whether it is right, what is said of it, and the slips that it comes from, if any.

    `read` is False where nothing was marked, since what was given is no answer to the question; `said` says why.
    """

    right: bool
    said: str
    slips: tuple[Slip, ...] = ()
    read: bool = True

    @property
    def slip(self) -> str | None:
        """The names of the slips, with commas between them, or None."""
        return ", ".join(dict.fromkeys(slip.name for slip in self.slips)) or None


def mark(question: Question, given: str) -> Marked:
    """Mark an answer as it was typed: a choice verbatim, by its number or in other capitals, or a number."""
    return _chosen(question, given) if question.choices else _number(question, given)


def answer_in_words(question: Question) -> str:
    """The right answer as it is said: a choice, or the number as it is shown."""
    if isinstance(question.answer, str):
        return printable(question.answer)
    if question.amount:
        return quantity(question.answer)
    return percent(question.answer) if question.share else number(question.answer)


def tolerance_in_words(question: Question) -> str:
    """The tolerance as it is said of a number: "to within 0.02"."""
    if question.tolerance is None:
        return ""
    return f"to within {within(question.tolerance, share=question.share, amount=question.amount)}"


def within(tolerance: float, *, share: bool = False, amount: bool = False) -> str:
    """A tolerance as it is written, of a share of 1 in per cent, of an amount with as many digits as it has."""
    return quantity(tolerance) if amount else f"{tolerance:.0%}" if share else f"{tolerance:.2f}"


def _chosen(question: Question, given: str) -> Marked:
    choice = chosen(question, given)
    if choice is None:
        listed = joined([printable(one) for one in question.choices], "or")
        return Marked(False, f"{cited(given.strip())} is none of the answers: {listed}", read=False)
    if choice == question.answer:
        return Marked(True, "Right.")
    return Marked(False, f"Not {printable(choice)}: it is {answer_in_words(question)}.")


def chosen(question: Question, given: str) -> str | None:
    """The choice that was meant, or None where that isn't plain."""
    given = given.strip()
    if given in question.choices:
        return given
    alike = [choice for choice in question.choices if choice.casefold() == given.casefold()]
    if len(alike) == 1:
        return alike[0]
    counted = given.isascii() and given.isdigit() and len(given) <= LONGEST
    return question.choices[int(given) - 1] if counted and 1 <= int(given) <= len(question.choices) else None


def read_number(given: str, *, share: bool = False) -> float | None:
    """The number that was typed, in any of the usual ways (0.5, 0,5, −.5), or None where it is none.

    A share of 1 may be given in per cent, with or without the sign; with the sign from 0% to 100%.
    """
    text = "".join(given.split()).translate(str.maketrans(_DASHES, "-" * len(_DASHES)))
    found = _NUMBER.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or (found[2] and not share):
        return None
    value = float(found[1].replace(",", "."))
    if not math.isfinite(value) or (found[2] and not 0 <= value <= WHOLE):
        return None
    return value / 100 if found[2] or (share and abs(value) > 1) else value


def _number(question: Question, given: str) -> Marked:
    assert not isinstance(question.answer, str)
    assert question.tolerance is not None
    value = read_number(given, share=question.share)
    if value is None:
        example = "a share such as 60%, from 0% to 100%" if question.share else "a number such as −0.25"
        return Marked(
            False,
            f"{cited(given.strip())} is {'no share' if question.share else 'no number'}; give {example}",
            read=False,
        )
    meant = _meant(value, given, question)
    if min(abs(one - question.answer) for one in meant) <= question.tolerance + EDGE:
        return Marked(True, "Right.")
    slips = tuple(dict.fromkeys(slip for one in meant for slip in slips_near(question, one)))
    said = f"Not quite: it is {answer_in_words(question)}."
    if slips:
        said += f" {' Or: '.join(dict.fromkeys(slip.said for slip in slips))}"
    return Marked(False, said, slips)


def _meant(value: float, given: str, question: Question) -> tuple[float, ...]:
    """The numbers that may be meant: a share a little above 1 is taken for per cent, but may be meant as it stands."""
    plain = read_number(given)
    return (value,) if not question.share or plain is None else (value, plain)


def slips_near(question: Question, value: float) -> tuple[Slip, ...]:
    """The slips that lead to a number; those that lead to the answer, too, are none."""
    assert not isinstance(question.answer, str)
    assert question.tolerance is not None
    wrong = question.tolerance + EDGE
    near = min(wrong, NEAR + EDGE) if question.share else wrong
    return tuple(
        slip for slip in question.slips if abs(slip.value - question.answer) > wrong and abs(value - slip.value) <= near
    )
