"""Pages of scenes, written for the tests of them."""

from __future__ import annotations

from rnn_tui import shelf
from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.export.page.document import document
from rnn_tui.network.position import Position
from rnn_tui.network.trace import run
from rnn_tui.scene import Reading, Scene
from tests.browser.devtools import Tab


def page_of(model, text=None, *, edits=(), at=(0, 0, 0), **showing):
    """The page of a scene of a model, by its name or itself, and the trace of it; `at` is t, phase and floor."""
    model = shelf.load(model) if isinstance(model, str) else model
    text = model.examples[0].text if text is None else text
    changes = tuple(parse_edit(edit) for edit in edits)
    edited, tokens = apply_edits(model, model.tokenize(text), changes)
    trace = run(edited, tokens)
    scene = Scene(reading=Reading(model.name, text, changes), position=Position(*at), **showing)
    return document(scene, trace), trace


def opened(browser, folder, page, fragment="", **options):
    """A tab with a page, from a file; `fragment` is the end of its address."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    return Tab(browser, path.as_uri() + fragment, **options)


POSITION = "(({t, phase, floor}) => [t, phase, floor])(rnnTui.open.state.position)"
"""The position that a page shows."""
