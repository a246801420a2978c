"""The page of promises: the tests that it names are there, and its counts come from what runs print."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
spec = importlib.util.spec_from_file_location("counts", ROOT / "docs" / "counts.py")
counting = importlib.util.module_from_spec(spec)
spec.loader.exec_module(counting)

SUITE = "\n.....\nSKIPPED [2] tests/a.py: no torch\n==== 4120 passed, 2 skipped, 1 xfailed in 181.42s (0:03:01) ====\n"
HOSTILE = "....\nhardening: seed 17: 500 data files, 1 kill\n1 failed, 11 passed in 20.10s\n"
FIGURES = [
    {"what": "a", "ours": "2 ms", "other": "1 ms", "value": 2.0, "target": 1.5, "unit": "×", "note": "", "met": False},
    {"what": "b", "ours": "3 kB", "other": "", "value": None, "target": None, "unit": "×", "note": "", "met": None},
]


def test_every_test_that_is_named_is_there():
    named = set(re.findall(r"`(tests/[\w/]+(?:\.py)?)`", PAGE))
    hostile = set(re.findall(r"`(test_\w+\.py)` of the hostile suite", PAGE))

    assert len(named) > 15
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert len(hostile) >= 6
    if (ROOT / "tests" / "hardening").is_dir():
        assert [name for name in hostile if not (ROOT / "tests" / "hardening" / name).exists()] == []


def test_the_pages_lead_to_one_another():
    readme, security = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "SECURITY.md"))

    assert "(docs/reliability.md)" in readme
    assert "(SECURITY.md)" in readme
    assert "(../SECURITY.md)" in PAGE
    assert re.findall(r"^(\d+)\. ", security, re.MULTILINE) == [str(n) for n in range(1, 11)]


@pytest.mark.parametrize(
    ("block", "output", "lines"),
    [
        ("tests", SUITE, "4120 passed, 2 skipped, 1 xfailed in 181.42 s."),
        ("windows", "26 passed in 45.00s\n", "26 passed in 45.00 s."),
        ("hardening", HOSTILE, "500 data files, 1 kill (seed 17); as tests: 1 failed, 11 passed in 20.10 s."),
    ],
)
def test_counts_are_what_was_printed(block, output, lines):
    assert counting.counts(block, output) == lines


def test_figures_become_a_table_that_says_which_targets_are_missed():
    rows = counting.counts("benchmarks", json.dumps({"format": 1, "figures": FIGURES})).splitlines()[2:]

    assert rows == ["| a | 2 ms (2.00 ×) | 1 ms | ≤ 1.5 × | no |", "| b | 3 kB |  |  |  |"]


@pytest.mark.parametrize(
    ("block", "output"), [("tests", HOSTILE), ("hardening", SUITE), ("tests", ""), ("tests", 2 * SUITE)]
)
def test_the_output_of_another_run_is_refused(block, output):
    with pytest.raises(ValueError, match=f"not what one run of {block} prints"):
        counting.counts(block, output)


def test_a_block_is_written_anew_and_nothing_else(tmp_path, monkeypatch):
    page, output = tmp_path / "reliability.md", tmp_path / "output.txt"
    page.write_text(PAGE, encoding="utf-8")
    output.write_text(HOSTILE, encoding="utf-8")
    monkeypatch.setattr(counting, "PAGE", page)

    counting.main([f"hardening={output}"])

    filled = page.read_text(encoding="utf-8")
    block = re.compile(r"<!-- counts: hardening -->.*?<!-- /counts -->", re.DOTALL)
    assert block.sub("", filled) == block.sub("", PAGE)
    assert "500 data files, 1 kill (seed 17)" in block.search(filled)[0]
    with pytest.raises(ValueError, match="no block of counts called none"):
        counting.filled(PAGE, "none", "", "")
