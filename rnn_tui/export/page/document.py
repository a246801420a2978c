"""One self-contained page: networks, scripts and style in one file, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from rnn_tui.export.page import squeeze
from rnn_tui.export.page.structure import structure
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.storage import written
from rnn_tui.scene import Scene
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.network.trace import Trace

ENGINE = ("safetensors", "tokenizers", "cells", "network", "trace_json", "memory", "terms")
"""The scripts that compute, in the order in which they are joined."""
WALK = (
    "page_numbers",
    "page_order",
    "page_state",
    "page_dom",
    "page_values",
    "page_moment",
    "page_story",
    "page_answers",
    "page_notation",
    "page_pictures",
    "page_panels",
    "page_strip",
    "page_arithmetic",
    "page_lens",
    "page_reading",
    "page_walk",
    "page_screen",
)
"""The scripts that show a walk."""
START = ("page_main",)
"""The script that opens what stands in the page, last."""
CELLS = ("elman", "gru", "lstm")
"""The cells that a page can compute."""
READOUTS = ("last", "last_step", "each", "attention", "mean", "max")
"""The readouts that it can compute."""


def document(scene: Scene, trace: Trace) -> str:
    """The page of a scene, as HTML; raises UserError where a page can't compute the network."""
    model = trace.model.on(0)
    return page(
        model.title or model.name,
        [model],
        {"scene": scene_fields(scene, trace)},
        '<main id="walk"></main>',
    )


def page(
    title: str,
    models: Sequence[Model],
    content: Mapping[str, Any],
    body: str,
    *,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
) -> str:
    """A page with some networks; `content` is what its scripts find as JSON, and `body` its HTML.

    `scripts` and `styles` are names of further files of this folder, which go before the script that opens the page and
    after its style. Raises UserError where a page can't compute a network.
    """
    script = "\n".join(('"use strict";', *map(script_of, (*ENGINE, *WALK, *scripts, *START))))
    style = "\n".join(style_of(name) for name in ("page", *styles))
    listed = [{"name": model.name, "structure": structure(_computable(model))} for model in models]
    data = {"title": printable(title), "models": listed, **content}
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    weights = "".join(
        f'<script type="text/plain" id="model-{at}">{base64.b64encode(written(model)).decode()}</script>\n'
        for at, model in enumerate(models)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(printable(title))}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n"
        "<noscript><p>This page computes a network as you read: it needs JavaScript.</p></noscript>\n"
        f'<script type="application/json" id="page">{as_json(data)}</script>\n'
        f"{weights}<script>{script}</script>\n</body>\n</html>\n"
    )


def scene_fields(scene: Scene, trace: Trace) -> dict[str, Any]:
    """A scene as the page's scripts open it: what is read and how it is shown.

    The weights of the trace's network are in the page, edits and all; what is held at a word is told with its lane.
    """
    scene = scene.fitted(trace)
    model = trace.model.on(0)
    told = [printable(edit.told(model)) for edit in scene.edits]
    lanes = {(floor.layer, floor.backward): floor.index for floor in model.floors}
    return {
        "text": trace.text,
        "position": {"t": scene.position.t, "phase": scene.position.phase, "floor": scene.position.floor},
        "unit": scene.unit,
        "notation": scene.notation,
        "hidden": scene.covered,
        "arithmetic": scene.arithmetic,
        "lens": "memory" if scene.lens == "memory" else None,
        "edited": " · ".join(told),
        "holds": [
            {
                "floor": lanes[held.layer, held.backward],
                "name": held.name,
                "unit": held.unit,
                "t": t,
                "value": held.value,
            }
            for t, token in enumerate(trace.tokens)
            for held in token.held
        ],
    }


def as_json(data: Any) -> str:
    """JSON that can stand inside a script element: no “<” is in it that could end that, and no half characters."""
    text = json.dumps(data, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


@cache
def script_of(name: str) -> str:
    """A script of this folder, as it stands in a page."""
    return squeeze.script(_text_of("script", f"{name}.js"))


@cache
def style_of(name: str) -> str:
    """A style sheet of this folder, as it stands in a page."""
    return squeeze.style(_text_of(f"{name}.css"))


def _text_of(*path: str) -> str:
    return resources.files("rnn_tui.export.page").joinpath(*path).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _computable(model: Model) -> Model:
    """The network itself; raises UserError where it has a cell or a readout that the scripts don't know."""
    asked = [("cell", layer.forward.kind, CELLS) for layer in model.layers]
    for what, kind, known in (*asked, ("readout", model.readout.kind, READOUTS)):
        if kind not in known:
            raise UserError(
                f"a page can't compute the {what} {kind}, only {', '.join(known)}; "
                "export a picture (.svg) or a workbook (.xlsx)"
            )
    return model
