"""docs/notebook.ipynb: executed anew it says the same, and the walk in it works in a browser, in its own frame."""

from __future__ import annotations

import importlib.util
import os
import time
from pathlib import Path

import pytest

import rnn_tui
from tests.browser.chromium import needs_chromium
from tests.browser.devtools import SECONDS, Browser, Tab
from tests.notebooks import frame_in

nbformat = pytest.importorskip("nbformat", reason="needs nbclient: pip install 'rnn-tui[test]'")
pytest.importorskip("nbclient", reason="needs nbclient: pip install 'rnn-tui[test]'")
pytest.importorskip("ipykernel", reason="needs ipykernel: pip install 'rnn-tui[test]'")

DOCS = Path(__file__).resolve().parents[2] / "docs"
SPEC = importlib.util.spec_from_file_location("notebook", DOCS / "notebook.py")
notebook = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(notebook)
SCENE = ("kicking-and-screaming", "Kicking and screaming")


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The notebook, executed in an empty folder with this package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(DOCS.parent), prepend=os.pathsep)
        patch.delenv("PYTHONWARNINGS")  # the kernel's own packages call what they are told not to
        return notebook.executed(tmp_path_factory.mktemp("notebook"))


def frames(made):
    """The HTML of every walk that is shown."""
    outputs = [output for cell in made.cells for output in cell.get("outputs", ())]
    return [html for one in outputs if (html := one.get("data", {}).get("text/html", "")).startswith("<iframe")]


def test_the_walk_is_a_frame_that_reaches_nothing_around_it(executed):
    (html,) = frames(executed)
    attrs = frame_in(html)
    assert attrs["sandbox"] == "allow-scripts allow-forms"  # nothing of what is around it; a text can be typed
    assert attrs["srcdoc"] == rnn_tui.show(*SCENE, at="3:add", unit=0).page


def test_what_is_written_down_is_what_comes_out_now(executed):
    kept = notebook.FILE.read_text(encoding="utf-8")
    assert notebook.text(notebook.without_pages(nbformat.from_dict(executed))) == kept, (
        "renew it: python docs/notebook.py"
    )
    assert len(kept) < 20_000


def framed(browser):
    """The session of the frame in a page, which comes to be after the page."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for target in browser.ask("Target.getTargets")["targetInfos"]:
            if target["type"] == "iframe" and target["url"] == "about:srcdoc":
                session = browser.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
                for domain in ("Runtime", "Log"):
                    browser.ask(f"{domain}.enable", session)
                return session
        time.sleep(0.05)
    raise AssertionError("there is no frame")


@needs_chromium
def test_the_walk_works_in_its_frame(executed, tmp_path):
    file = tmp_path / "cell.html"
    (html,) = frames(executed)
    file.write_text(f"<!DOCTYPE html><meta charset='utf-8'><title>a cell</title>{html}", encoding="utf-8")
    browser = Browser(tmp_path / "profile")
    try:
        tab = Tab(browser, file.as_uri())
        session = framed(browser)

        def run(script):
            found = browser.ask("Runtime.evaluate", session, expression=script, awaitPromise=True, returnByValue=True)
            assert "exceptionDetails" not in found, found["exceptionDetails"]
            return found["result"].get("value")

        run("document.readyState === 'complete' || new Promise((done) => addEventListener('load', done))")
        assert "word 3 of 3 · 2 Add" in run("document.body.innerText")
        run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))")
        assert "word 3 of 3 · Squash" in run("document.body.innerText")
        computed = run(f"rnnTui.trace({SCENE[1]!r})")["steps"][-1]["h"]
        assert computed == pytest.approx(rnn_tui.run(*SCENE)[-1].h.tolist(), abs=1e-5)
        run("document.querySelector('.own input').value = 'and kicking'")
        run("document.querySelector('.own form, form.own').requestSubmit()")
        assert run("rnnTui.open.state.text") == "and kicking"
        of_frame = [one for one in browser.heard if one.get("sessionId") == session]
        assert not [one for one in of_frame if one["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")]
        assert [address.rpartition("/")[2] for address in tab.requests] == ["cell.html"]
    finally:
        browser.close()
