"""A lesson as one page: its prose, a walk for each of its stops, and its questions, which the page marks itself.

All that the lesson says of its networks is computed here, in the words of the program; the page's scripts compute the
walks. An answer stands in the page, and is seen once it was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rnn_tui.edits import without_words
from rnn_tui.export.page.document import page, scene_fields
from rnn_tui.export.page.lens_rows import lens_rows
from rnn_tui.lessons.asking import opened, question_of
from rnn_tui.lessons.lesson import Lesson, Prose, QuestionPart, Stop
from rnn_tui.lessons.opening import open_stop
from rnn_tui.lessons.placeholders import value_in_words
from rnn_tui.lessons.prose import Block, blocks
from rnn_tui.network.errors import UserError
from rnn_tui.questions.marking import answer_in_words, tolerance_in_words
from rnn_tui.questions.opening import revealed
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.network.model import Model
    from rnn_tui.network.trace import Trace
    from rnn_tui.questions.question import Question
    from rnn_tui.scene import Scene
    from rnn_tui.traces import Traces

SCRIPTS = ("lesson_marking", "lesson_prose", "lesson_cards", "lesson_page")
STYLES = ("lesson",)
MEMORY = "memory"
"""The lens that the page's own scripts draw."""


def lesson_page(lesson: Lesson, traces: Traces, *, notation: bool = False) -> str:
    """The page of a lesson, as HTML; with `notation` every scene has its equations.

    Raises UserError where a scene can't be opened, a question can't be asked there, or a page can't compute a network.
    """
    networks = _Networks()
    stops = [_stop(lesson, stop, traces, networks, notation=notation) for stop in lesson.stops]
    content = {
        "lesson": {
            "title": printable(lesson.title),
            "minutes": lesson.minutes,
            "audience": printable(lesson.audience),
            "stops": stops,
        }
    }
    body = '<main id="lesson"></main>'
    return page(lesson.title, networks.models, content, body, scripts=SCRIPTS, styles=STYLES)


class _Networks:
    """The networks of a lesson, each once: a network with edits is another one than without."""

    def __init__(self) -> None:
        self.models: list[Model] = []
        self._places: dict[object, int] = {}

    def place(self, scene: Scene, trace: Trace) -> int:
        """The place of a scene's network among them, from 0."""
        edits = without_words(scene.edits)
        key = (scene.model, scene.epoch, tuple(edit.to_text() for edit in edits))
        if key not in self._places:
            self._places[key] = len(self.models)
            model = trace.model.on(0)
            name = ", ".join([model.called, *(edit.told(model) for edit in edits)])
            self.models.append(replace(model, name=name, epoch=None) if name != model.name else model)
        return self._places[key]


def _stop(lesson: Lesson, stop: Stop, traces: Traces, networks: _Networks, *, notation: bool) -> dict[str, Any]:
    scene, trace = open_stop(lesson, stop, traces)
    scene = replace(scene.fitted(trace), notation=scene.notation or notation)
    return {"model": networks.place(scene, trace), "cards": list(_cards(stop, scene, trace))}


def _cards(stop: Stop, scene: Scene, trace: Trace) -> Iterator[dict[str, Any]]:
    """The cards of a stop, each with the scene that stands beside it: that of the stop, or of the last answer."""
    seen = _shown(scene, trace)
    for part in stop.parts:
        if isinstance(part, Prose):
            told = blocks(part, lambda placeholder, _: value_in_words(trace, placeholder))
            yield {"kind": "prose", "blocks": [_block(block) for block in told], **seen}
            continue
        asked = opened(part, scene, trace)
        seen = _shown(replace(revealed(asked, trace), asked=None), trace)
        yield {"kind": "question", **_question(part, scene, trace), **_shown(asked, trace), "revealed": seen["scene"]}


def _shown(scene: Scene, trace: Trace) -> dict[str, Any]:
    """A scene as the page opens it, and the picture of its lens where the page has none of its own.

    While something is asked a unit is picked: which one counts most would say something of the answer.
    """
    if scene.asking:
        scene = scene.with_unit(scene.unit_in(trace))
    fields: dict[str, Any] = {"scene": scene_fields(scene, trace), "lens_first": scene.full and scene.lens == MEMORY}
    if scene.lens in (None, MEMORY):
        return fields
    try:
        return {**fields, "lens": lens_rows(scene, trace)}
    except UserError as error:  # the network gives it nothing to see, and the program says the same
        return {**fields, "lens": {"asks": "", "shows": "", "told": [f"{error}."], "wide": [], "narrow": []}}


def _block(block: Block) -> dict[str, Any]:
    runs = [[run.role, printable_lines(run.text)] for run in block.runs]
    return {"kind": block.kind, "depth": block.depth, "mark": block.mark, "runs": runs}


def printable_lines(text: str) -> str:
    """The text with nothing in it but what is seen, line by line."""
    return "\n".join(map(printable, text.split("\n")))


def _question(part: QuestionPart, scene: Scene, trace: Trace) -> dict[str, Any]:
    question = question_of(part, scene, trace)
    asked: dict[str, Any] = {
        "ask": printable(question.ask),
        "choices": [printable(choice) for choice in question.choices],
        "why": printable(question.why),
        "said": answer_in_words(question),
    }
    return asked | (_chosen(question) if question.choices else _number(question))


def _chosen(question: Question) -> dict[str, Any]:
    return {"answer": question.choices.index(str(question.answer))}


def _number(question: Question) -> dict[str, Any]:
    return {
        "answer": question.answer,
        "tolerance": question.tolerance,
        "within": tolerance_in_words(question),
        "share": question.share,
        "slips": [{"value": slip.value, "said": printable(slip.said)} for slip in question.slips],
    }
