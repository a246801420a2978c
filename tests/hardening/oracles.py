"""What must be true of every call and every screen, whatever came in; each says in words what is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from tests.hardening.cases import Fault
from tests.hardening.running import Ended

SECONDS = 2.0
SECONDS_A_MEGABYTE = 5.0
"""Seconds of the processor for each megabyte that is printed: a walk through a deep network prints many."""
GROWN = 230.0
"""MiB by which a call may let the memory of this process rise; with the program itself that is the 300."""
WHOLE = 300.0
"""MiB that a process of its own may take."""
LONGEST_LINE = 1_200
"""Characters of an error line: a path may have 255, a name may be quoted, and what is expected may be listed."""
CODES = (0, 1, 2)
OBEYED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that a terminal obeys, that turn what is printed around, or that are none; a line end may come."""
FAULT = "a fault inside the program"
"""The words of the one line that stands for an exception which nobody caught."""
WARNING = re.compile(r"\b\w*Warning: |\bTraceback \(most recent")


def controls(text: str) -> list[str]:
    """The characters of a text that must not reach a terminal, by their codes."""
    return sorted({f"U+{ord(found):04X}" for found in OBEYED.findall(text)})


def faults(ended: Ended, *, seconds: float = SECONDS, apart: bool = False, talks: bool = False) -> list[str]:
    """What is wrong with a call that has ended, whatever was asked of it; nothing where all is well.

    `talks` is for commands that say on stderr how it goes: the last line is then the one that counts.
    """
    asked = ascii(" ".join(ended.arguments))
    return [f"{fault} <- {asked:.200}" for fault in _faults(ended, seconds, apart=apart, talks=talks)]


def _faults(ended: Ended, seconds: float, *, apart: bool, talks: bool) -> Iterable[str]:
    if ended.escaped is not None:
        error = ended.escaped
        yield f"{type(error).__name__} leaves main: {str(error)[:200]}{_where(error)}"
        return
    if ended.code not in CODES:
        yield "hangs" if ended.code is None else f"exit code {ended.code}"
    for name, text in (("stdout", ended.text), ("stderr", ended.complaint)):
        if found := controls(text):
            yield f"{name} has {', '.join(found)}"
        if WARNING.search(text):
            yield f"{name} has a traceback or a warning: {text.strip().splitlines()[-1][:200]}"
    if FAULT in ended.complaint:
        yield ended.complaint.strip()[:300]
    yield from (f"warns: {warning[:200]}" for warning in dict.fromkeys(ended.warned))
    if ended.code in (1, 2):
        yield from _faults_of_complaint(ended, talks=talks)
    allowed = seconds + SECONDS_A_MEGABYTE * len(ended.out) / 1e6
    if ended.seconds > allowed:
        yield f"takes {ended.seconds:.1f} s of the processor, more than {allowed:g}"
    most = WHOLE if apart else GROWN
    if ended.grown > most:
        yield f"takes {ended.grown:.0f} MiB, more than {most:.0f}"


def _faults_of_complaint(ended: Ended, *, talks: bool) -> Iterable[str]:
    lines = ended.complaint.splitlines()
    if not lines or (len(lines) != 1 and not talks):
        yield f"exit code {ended.code} with {len(lines)} lines on stderr: {lines[:3]}"
        return
    if not lines[-1].startswith("rnn-tui: ") or len(lines[-1]) < len("rnn-tui: ") + 10:
        yield f"the error line says nothing: {lines[-1]!r}"
    if len(lines[-1]) > LONGEST_LINE:
        yield f"the error line has {len(lines[-1])} characters: {lines[-1][:100]!r} …"


def json_of(text: str) -> object:
    """A JSON text as what it says; raises Fault where it is none, or holds NaN or an infinity, which no JSON has."""

    def refuse(constant: str) -> None:
        raise Fault(f"the JSON holds {constant}")

    try:
        return json.loads(text, parse_constant=refuse)
    except ValueError as error:
        raise Fault(f"stdout is no JSON: {error}") from error


def check(ended: Ended, **limits) -> Ended:
    """The call, if nothing is wrong with it; raises Fault with all that is."""
    if found := faults(ended, **limits):
        raise Fault(*found)
    return ended


def _where(error: BaseException) -> str:
    """The last place of the package in a traceback."""
    place, traceback = "", error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if "rnn_tui" in code.co_filename:
            place = f" at {code.co_filename.rpartition('rnn_tui')[2]}:{traceback.tb_lineno} {code.co_name}"
        traceback = traceback.tb_next
    return place
