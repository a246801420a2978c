"""A scene inside a notebook: the page that `rnn-tui export -o page.html` writes, inline and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.api import Edits, Named, Text, edits_of, model_of, tokens_of
from rnn_tui.lenses.lanes import DIRECTIONS
from rnn_tui.network.errors import UserError
from rnn_tui.quoting import command_line
from rnn_tui.scene import Reading, Scene
from rnn_tui.scene_text import arguments_of, parse_position
from rnn_tui.text import cited, clipped, printable, quoted

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.trace import Trace

HEIGHT = 720
"""The height of the page in a notebook, in pixels, unless another is asked for."""
LEAST, MOST = 200, 5_000
LONGEST = 60


class Shown:
    """A scene as a notebook shows it; in a console its text says what else can be done with it.

    `page` is the whole page, in HTML. It stands in a frame of its own, without leave to reach what is around it.
    """

    def __init__(self, scene: Scene, trace: Trace, page: str, *, height: int = HEIGHT, named: bool = True) -> None:
        self.scene, self.trace, self.page, self.height = scene, trace, page, height
        self._named = named

    def save(self, path: str | Path) -> None:
        """Write the page to a file, whole or not at all; raises UserError where that can't be done."""
        from rnn_tui.network.storage import write_whole

        write_whole(Path(path), self.page.encode("utf-8"), mend="give another folder")

    def _repr_html_(self) -> str:
        title = _in_attribute(f"{printable(self.scene.model)} reads {printable(self.trace.text)}")
        frame = f"width='100%' height='{self.height}' style='border:0;width:100%'"
        leave = "sandbox='allow-scripts allow-forms'"  # the form is the page's own, in which a text is typed
        return f"<iframe {leave} title='{title}' {frame} srcdoc='{_in_attribute(self.page)}'></iframe>"

    def __repr__(self) -> str:
        floors = self.trace.model.floors
        command = command_line(["rnn-tui", "export", *arguments_of(self.scene, floors), "-o", "page.html"])
        also = f"; in a shell: {command}" if self._named else ""
        reads = f"{printable(self.trace.model.called)} on {quoted(clipped(self.trace.text, LONGEST))}"
        return f'<Walk of {reads}: a notebook shows it here; to open it in a browser: .save("page.html"){also}>'


def show(
    model: Named,
    text: Text | None = None,
    *,
    at: str | None = None,
    edits: Edits = (),
    layer: int | None = None,
    direction: str | None = None,
    unit: int | None = None,
    notation: bool = False,
    height: int = HEIGHT,
) -> Shown:
    """Show how a network reads a text, inline in a notebook: the walk itself, which needs no network to work.

    `model`, `text` and `edits` are those of `run`; without a text it is the model's first example. `at` is where the
    walk begins, as on the command line: "3:add" is the third word, where it adds. `layer` (from 0) and `direction`
    ("forward", "backward") name the lane there, `unit` (from 0) is the hidden unit that is picked, `notation` shows
    equations. `height` is that of the page in pixels. Raises UserError, in one line.
    """
    from rnn_tui.edits import apply_edits
    from rnn_tui.export.page.document import document
    from rnn_tui.network.tokens import join
    from rnn_tui.network.trace import run

    if not (isinstance(height, int) and LEAST <= height <= MOST):
        raise UserError(f"the height is a whole number of pixels from {LEAST} to {MOST}")
    for name, value, kind in (("at", at, str), ("layer", layer, int), ("unit", unit, int)):
        if not isinstance(value, kind | None):
            example = '"3:add"' if kind is str else "a whole number, from 0"
            raise UserError(f"{name} is {cited(value)}, and is to be {example}")
    network, changes = model_of(model), edits_of(edits)
    tokens = tokens_of(network, _first_example(network) if text is None else text)
    trace = run(*apply_edits(network, tokens, changes))
    read = join([token.surface for token in tokens], network.tokenizer)
    named = str(model) if isinstance(model, str | Path) else network.name
    reading = Reading(named, text if isinstance(text, str) else read, changes)
    scene = _placed(Scene(reading, notation=bool(notation)), trace, at, layer, direction).with_unit(unit)
    size = trace.model.on(scene.position.floor).hidden_size
    if unit is not None and not 0 <= unit < size:
        raise UserError(f"there is no unit {unit}; the model has {size} hidden units there, so 0 to {size - 1}")
    return Shown(scene, trace, document(scene, trace), height=height, named=isinstance(model, str | Path))


def _placed(scene: Scene, trace: Trace, at: str | None, layer: int | None, direction: str | None) -> Scene:
    """The scene at the position that is asked for; raises UserError where there is none."""
    layers = len(trace.model.layers)
    if direction not in (None, *DIRECTIONS):
        raise UserError(f"there is no direction {cited(direction)}; there are {' and '.join(DIRECTIONS)}")
    if layer is not None and not 0 <= layer < layers:
        raise UserError(f"there is no layer {layer}; the model has {layers}, from 0")
    try:
        return scene.at(parse_position(at, trace, None if layer is None else layer + 1, direction))
    except UserError as error:
        raise UserError(str(error).removeprefix("--")) from error


def _first_example(model: Model) -> str:
    if not model.examples:
        raise UserError(f"the model “{model.name}” brings no text of its own; give it one: show(model, text)")
    return model.examples[0].text


def _in_attribute(text: str) -> str:
    """A text as it stands in an attribute between single quotes."""
    return text.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")
