"""Write the counts of runs into docs/reliability.md: `python docs/counts.py BLOCK=FILE...`.

A FILE holds what a run printed. A BLOCK is tests (`./test`), windows (`./test tests/windows`), hardening (`./test
tests/hardening -m hardening`) or benchmarks (`python -m benchmarks --json`). What was printed is copied, failures and
all; a block that no file is given for stays as it is.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("reliability.md")
ENDED = re.compile(r"^=*\s*(\d+ [a-z]+(?:, \d+ [a-z]+)*) in ([\d.]+)s", re.MULTILINE)
"""The last line of pytest: what passed, failed and was skipped, and the seconds."""
HARDENING = re.compile(r"^hardening: (seed \d+): (.+)$", re.MULTILINE)


def counts(block: str, output: str) -> str:
    """The lines of a block, in Markdown, from what a run printed; raises ValueError where it is no such run."""
    if block == "benchmarks":
        return _table(json.loads(output)["figures"])
    ended, cases = ENDED.findall(output), HARDENING.findall(output)
    if len(ended) != 1 or (block == "hardening") != (len(cases) == 1):
        raise ValueError(f"it is not what one run of {block} prints")
    tests = f"{ended[0][0]} in {ended[0][1]} s"
    return f"{cases[0][1]} ({cases[0][0]}); as tests: {tests}." if cases else f"{tests}."


def _table(figures: Sequence[Mapping[str, Any]]) -> str:
    lines = ["| figure | found | beside | target | met |", "| --- | --- | --- | --- | --- |"]
    for each in figures:
        target = "" if each["target"] is None else f"≤ {each['target']} {each['unit']}"
        met = {True: "yes", False: "no", None: ""}[each["met"]]
        value = "" if each["value"] is None else f" ({each['value']:.2f} {each['unit']})"
        lines.append(f"| {each['what']} | {each['ours']}{value} | {each['other']} | {target} | {met} |")
    return "\n".join(lines)


def filled(page: str, block: str, lines: str, day: str) -> str:
    """The page with a block written anew; raises ValueError where it has no such block."""
    pattern = re.compile(rf"(<!-- counts: {re.escape(block)} -->\n).*?(<!-- /counts -->)", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"{PAGE.name} has no block of counts called {block}")
    return pattern.sub(lambda found: f"{found[1]}On {day}:\n\n{lines}\n{found[2]}", page)


def main(arguments: Sequence[str]) -> None:
    """Fill the blocks that are named."""
    page = PAGE.read_text(encoding="utf-8")
    for argument in arguments:
        block, _, path = argument.partition("=")
        day = datetime.fromtimestamp(Path(path).stat().st_mtime, UTC).date().isoformat()  # the run's, not this one's
        page = filled(page, block, counts(block, Path(path).read_text(encoding="utf-8")), day)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
