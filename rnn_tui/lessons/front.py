"""The front matter of a lesson: the lines between two lines of --- at its top, each a key, a colon and a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rnn_tui.lessons.faults import Fault
from rnn_tui.text import cited

RULE = "---"
LONGEST = {"title": 80, "for": 120}
MOST_MINUTES = 600
_KEYS = ("title", "minutes", "for")
_BEGIN = "a lesson begins with a line of ---, then title: … and minutes: …, then --- again"


@dataclass(frozen=True)
class Front:
    """The values of the front matter, `lines` how many lines of the file it takes, and all that is wrong with it."""

    title: str
    minutes: int
    audience: str
    lines: int
    faults: tuple[Fault, ...]


def read_front(lines: Sequence[str]) -> Front:
    """The front matter of a file's lines."""
    if not lines or lines[0].rstrip() != RULE:
        return Front("", 0, "", 0, (Fault(1, f"there is no front matter: {_BEGIN}"),))
    faults: list[Fault] = []
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() == RULE), None)
    if end is None:
        faults.append(Fault(1, "the front matter is never closed: a line of --- ends it"))
        end = next((at for at, line in enumerate(lines[1:], start=1) if not _pair(line)[0]), len(lines))
        taken = end
    else:
        taken = end + 1
    found: dict[str, str] = {}
    for number, line in enumerate(lines[1:end], start=2):
        if line.strip() and not line.startswith("#"):
            faults += _entered(found, line, number)
    faults += [Fault(1, f"the front matter has no {key}") for key in ("title", "minutes") if key not in found]
    return Front(
        found.get("title", ""), int(found.get("minutes") or 0), found.get("for", ""), taken, tuple(sorted(faults))
    )


def _pair(line: str) -> tuple[str, str]:
    """The key and the value of a line; an empty key where it is none."""
    key, colon, value = line.partition(":")
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    return (key.strip().lower(), value) if colon and not line[:1].isspace() else ("", "")


def _entered(found: dict[str, str], line: str, number: int) -> list[Fault]:
    """Enter what a line says; returns what is wrong with it. A wrong value is entered as an empty one, or as 0."""
    key, value = _pair(line)
    if not key:
        return [Fault(number, f"expected a key, a colon and a value, such as title: …; found {cited(line)}")]
    if key not in _KEYS:
        return [Fault(number, f"the front matter knows no {cited(key)}; it knows {', '.join(_KEYS)}")]
    if key in found:
        return [Fault(number, f"{key} stands twice in the front matter")]
    found[key] = value
    wrong = _wrong(key, value)
    if wrong and key == "minutes":
        found[key] = "0"
    return [Fault(number, wrong)] if wrong else []


def _wrong(key: str, value: str) -> str:
    """The fault of a value, or ""."""
    if key == "minutes":
        whole = value.isascii() and value.isdigit() and len(value) <= 9 and 1 <= int(value) <= MOST_MINUTES
        return "" if whole else f"minutes is {cited(value)}; expected a whole number from 1 to {MOST_MINUTES}"
    if not value:
        return f"{key} is empty"
    return f"{key} has {len(value)} characters; at most {LONGEST[key]} have room" if len(value) > LONGEST[key] else ""
