"""Worksheets on paper, printed by a real browser: a student's sheet fits, and each begins on a page of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from rnn_tui import shelf
from rnn_tui.export.worksheet import html
from tests.browser.chromium import PAPERS, needs_chromium, page_count, printed, run, sizes
from tests.export.worksheet.made import sheets

pytestmark = needs_chromium


NAMES = ["kicking-and-screaming", "small-sums", "sentiment-gru", "recall-lstm", "names", "sunspots", "tagger"]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_both_sides_of_a_sheet_of_paper_a_student_and_a_page_of_the_key(tmp_path, name, paper):
    pages = sheets(shelf.load(name), count=3)
    for written, sides in ((html.sheets(pages), 2), (html.answers(pages), 1)):
        pdf = printed(written, tmp_path, paper)
        assert page_count(pdf) == 3 * sides
        assert sizes(pdf) == {PAPERS[paper]}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext: apt-get install poppler-utils")
@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_has_the_title_the_number_and_room_for_the_name(tmp_path, paper):
    pages = sheets(shelf.load("tagger"), count=3)
    # So many rows more that each walk goes on overleaf
    longer = [replace(page, walk=replace(page.walk, groups=page.walk.groups * 3)) for page in pages]
    (tmp_path / "sheets.pdf").write_bytes(printed(html.sheets(longer), tmp_path, paper))
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "sheets.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    printed_pages = text.split("\f")[:-1]
    assert len(printed_pages) >= 9
    for page in printed_pages:
        title = next(line for line in page.splitlines() if line.strip())
        assert re.match(r"\s*Tagger · Sheet [123] of 3, seed 0 +Name +Date", title)


@pytest.mark.parametrize("name", NAMES)
def test_there_is_room_to_write_and_nothing_is_small(tmp_path, name):
    page = html.sheets(sheets(shelf.load(name)))
    script = """<script>addEventListener("load", () => {
        const mm = 96 / 25.4, of = (what) => [...document.querySelectorAll(what)];
        const rows = of(".walk tbody td, .check tbody td").map((cell) => cell.getBoundingClientRect().height / mm);
        const lines = of("th.blank i").map((line) => line.getBoundingClientRect().width / mm);
        const size = (one) => parseFloat(getComputedStyle(one).fontSize);
        const small = of("td:not(.blank), th, li, p").filter((one) => size(one) < 13.9);
        const wide = of(".page").filter((one) => one.scrollWidth > one.clientWidth + 1).length;
        const least = (found) => Math.min(...found);
        document.body.innerText = `rows ${least(rows)} lines ${least(lines)} small ${small.length} wide ${wide}`;
    })</script>"""
    source = tmp_path / "page.html"
    source.write_text(re.sub(r"<meta http-equiv[^>]*>", "", page).replace("</body>", f"{script}</body>"), "utf-8")
    seen = run("--dump-dom", "--window-size=1000,1400", source.as_uri(), folder=tmp_path).stdout
    found = re.search(r"rows ([\d.]+) lines ([\d.]+) small (\d+) wide (\d+)", seen)
    assert float(found[1]) >= 7.9, "millimetres"
    assert float(found[2]) >= 18
    assert (found[3], found[4]) == ("0", "0")


def test_the_longest_words_and_names_fit(tmp_path):
    model = shelf.load("kicking-and-screaming")
    pages = sheets(model, " ".join(["extraordinarily" * 3] * 6 + ["sunshine and music running home she"]))
    assert page_count(printed(html.sheets(pages), tmp_path, "letter")) <= 3


def test_the_style_is_allowed_by_the_pages_own_policy(tmp_path):
    page = tmp_path / "sheet.html"
    page.write_text(html.sheets(sheets(shelf.load("kicking-and-screaming"))), encoding="utf-8")
    seen = run("--enable-logging=stderr", "--v=0", "--dump-dom", page.as_uri(), folder=tmp_path)
    assert "Content Security Policy" not in seen.stderr
    assert "<table" in seen.stdout
