"""What holds for every test: warnings, snapshots, threads, nobody's own settings, and no deadline for hypothesis."""

from __future__ import annotations

import os
import signal
import tomllib
from importlib.metadata import version
from pathlib import Path

import hypothesis
import pytest

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"

# Tests share the machine's cores, so how long one example takes says nothing.
hypothesis.settings.register_profile("shared", deadline=None)
hypothesis.settings.load_profile("shared")

# pyproject's filterwarnings holds for the tests' own process; this for the programs that they start.
DEPRECATED = ("DeprecationWarning", "PendingDeprecationWarning", "FutureWarning")
os.environ["PYTHONWARNINGS"] = ",".join(f"error::{category}" for category in DEPRECATED)

# A developer's own settings are not to be read; this file is empty. Programs that tests start inherit it.
os.environ["RNN_TUI_SETTINGS"] = os.devnull

# Nor is anything to be remembered of it: here nothing can be written, so no start is a first one.
os.environ["RNN_TUI_STATE"] = os.devnull

# Where no terminal is there, none says what it can; the tests that pretend one is there mean an ordinary one.
os.environ.setdefault("TERM", "xterm")

# What a shell runs in the background, or `nohup`, has these ignored, and so would the programs that tests start and end
# by them. What is caught instead, and forgotten, is none of theirs.
for _number in (getattr(signal, name, None) for name in ("SIGHUP", "SIGINT", "SIGQUIT")):
    if _number is not None and signal.getsignal(_number) == signal.SIG_IGN:
        signal.signal(_number, lambda *_: None)

if "PYTEST_XDIST_WORKER" in os.environ:
    # The processes share the cores; NumPy's own threads, which wait by spinning, would take them from each other.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"


def unlike_the_drawings() -> str:
    """The releases that snapshots are drawings of, and those that are here where they are others; else ""."""
    pins = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]["snapshots"]
    drawn = dict(pin.split("==") for pin in pins)
    here = {name: version(name) for name in drawn}
    if here == drawn:
        return ""
    named = (", ".join(f"{name} {number}" for name, number in releases.items()) for releases in (drawn, here))
    return "snapshots are drawings of {}; here: {}".format(*named)


EVERY, CASES, FIRST = (
    int(os.environ.get(f"RNN_TUI_TESTS_{name}", least)) for name, least in (("EVERY", 1), ("CASES", 1), ("FIRST", 0))
)
"""Of all tests each EVERYth is run, and of a test's cases each CASESth, from the FIRST on; .ci/run asks for that."""
FEW = 3
"""A test that has no more cases is run with all of them."""
WHOLE = ("tests/network/", "tests/interop/")
"""Where CI counts every line: all cases are run there."""


def of_many_cases(items):
    """The tests without some of their cases; each test keeps at least FEW, and those of WHOLE all."""
    cases = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    kept = set()
    for name, found in cases.items():
        step = 1 if name.startswith(WHOLE) else max(1, min(CASES, len(found) // FEW))
        kept.update(item for n, item in enumerate(found) if (n - FIRST) % step == 0)
    return [item for item in items if item in kept]


def pytest_collection_modifyitems(config, items):
    """Leave out tests that aren't asked for; skip those that compare the screen with a drawing of another Textual."""
    asked = [item for n, item in enumerate(of_many_cases(items)) if (n - FIRST) % EVERY == 0]
    if len(asked) < len(items):
        kept = set(asked)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = asked
    reason = unlike_the_drawings()
    for item in items if reason else ():
        if "snap_compare" in item.fixturenames:
            item.add_marker(pytest.mark.skip(reason=reason))
