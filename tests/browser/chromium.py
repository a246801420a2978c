"""A headless Chromium for the tests of pages; where there is none they are skipped, and say so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FOUND = next(filter(None, map(shutil.which, NAMES)), None)
REQUIRED = os.environ.get("RNN_TUI_BROWSER_TESTS") == "required"
"""Whether the tests fail where there is no Chromium, as .ci/run asks for, rather than be skipped."""
needs_chromium = pytest.mark.skipif(FOUND is None and not REQUIRED, reason="needs Chromium: apt-get install chromium")
PAPERS = {"A4": (595, 842), "letter": (612, 792)}
"""The sizes of paper, in points."""
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def printed(page, folder, paper):
    """The PDF of a page on paper of a size, as bytes; the size is written into a copy of the page."""
    source, pdf = folder / "page.html", folder / "page.pdf"
    # The policy knows the style by its digest, so it has to go where the style is another.
    sized = _POLICY.sub("", page).replace("@page {", f"@page {{ size: {paper};", 1)
    source.write_text(sized, encoding="utf-8")
    run("--no-pdf-header-footer", f"--print-to-pdf={pdf}", source.as_uri(), folder=folder)
    return pdf.read_bytes()


def page_count(pdf):
    """The number of pages of a PDF that Chromium wrote."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def sizes(pdf):
    """The sizes of the pages, in whole points."""
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return {(round(float(width)), round(float(height))) for width, height in boxes}


def run(*arguments, folder):
    """Run it with a profile of its own."""
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={folder}")
    return subprocess.run([FOUND, *switches, *arguments], capture_output=True, timeout=300, check=True, text=True)
