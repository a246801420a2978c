"""The cases of the hostile suite: how many there are, from which seed they are drawn, and what is said of them.

`./test tests/hardening -m hardening` runs all of them. A test of this suite has the fixture `cases`, and its module
says KIND, TOTAL and CHUNK: so many cases, so many to a test. A case is drawn from the seed, the kind and its number.
"""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections import Counter

import pytest

from tests.hardening.cases import Cases, is_single, numbers

SEED, SHARE, CASE, DEADLINE = (f"RNN_TUI_HARDENING_{name}" for name in ("SEED", "SHARE", "CASE", "DEADLINE"))
collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []  # limits, signals and terminals are POSIX's
ran = Counter()
"""The cases that have run, by kind."""


def pytest_addoption(parser):
    """Add the options of the suite."""
    group = parser.getgroup("hardening", "the hostile suite")
    group.addoption("--hardening-seed", metavar="N", help="the seed that all cases are drawn from (a new one)")
    group.addoption("--hardening-share", metavar="X", default="1", help="the share of the cases that is run (1)")
    group.addoption("--hardening-case", metavar="KIND:N", help="one case alone, such as walk:37")
    group.addoption("--hardening-seconds", metavar="X", help="begin no case after so many seconds")


def pytest_configure(config):
    """Hand the options on to the processes that xdist starts, so that all draw from one seed."""
    if hasattr(config, "workerinput") and SEED in os.environ:
        return
    option = config.getoption
    shared = getattr(config, "workerinput", {}).get("testrunuid")  # where the options were not this conftest's to read
    new = int(shared, 16) % 2**32 if shared else secrets.randbelow(2**32)
    os.environ[SEED] = option("--hardening-seed", None) or os.environ.get(SEED) or str(new)
    os.environ[SHARE] = option("--hardening-share", None) or "1"
    os.environ[CASE] = option("--hardening-case", None) or ""
    seconds = option("--hardening-seconds", None)
    os.environ[DEADLINE] = str(time.time() + float(seconds)) if seconds else ""


def pytest_report_header(config):
    """Print the seed before anything else, where the suite is asked for."""
    return f"hardening: seed {os.environ[SEED]}" if config.option.markexpr == "hardening" else None


def pytest_generate_tests(metafunc):
    """Make a test of every chunk of the cases."""
    if "cases" in metafunc.fixturenames:
        module = metafunc.module
        chosen = numbers(module.KIND, module.TOTAL, float(os.environ[SHARE]), os.environ[CASE])
        chunks = [chosen[start : start + module.CHUNK] for start in range(0, len(chosen), module.CHUNK)]
        metafunc.parametrize("chunk", chunks, ids=[f"{chunk[0]}-{chunk[-1]}" for chunk in chunks])


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path_factory, monkeypatch):
    """Give what the program keeps of a user's (models, reports, pictures) a folder of the test's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA_HOME", "STATE_HOME", "CACHE_HOME", "CONFIG_HOME", "DOWNLOAD_DIR"):
        monkeypatch.setenv(f"XDG_{name}", str(home))


@pytest.fixture
def cases(request, chunk, record_property):
    """The cases of this test: `cases.each(check)` calls check(chance) for every one, and fails with all that fail."""
    deadline = float(os.environ[DEADLINE] or "inf")
    chosen = Cases(request.module.KIND, chunk, os.environ[SEED], deadline, alone=is_single(os.environ[CASE]))
    yield chosen
    record_property("hardening", f"{chosen.kind}:{chosen.count}")


def pytest_runtest_logreport(report):
    """Count the cases that a test has run, in whichever process."""
    if report.when == "teardown":
        for name, value in report.user_properties:
            if name == "hardening":
                kind, _, count = value.rpartition(":")
                ran[kind] += int(count)


def pytest_terminal_summary(terminalreporter):
    """Print the seed and the counts."""
    if ran:
        counts = ", ".join(f"{count} {kind}{'s' if count != 1 else ''}" for kind, count in sorted(ran.items()))
        terminalreporter.write_line(f"hardening: seed {os.environ[SEED]}: {counts}")
