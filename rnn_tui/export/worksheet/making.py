"""From a scene and its trace to a worksheet."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from rnn_tui.edits import apply_edits
from rnn_tui.export.worksheet.asking import questions_of
from rnn_tui.export.worksheet.blanks import words_to_ask
from rnn_tui.export.worksheet.check import check_table
from rnn_tui.export.worksheet.hand import Excerpt
from rnn_tui.export.worksheet.lanes import blanks_of_lanes, lanes_of
from rnn_tui.export.worksheet.sentences import drawn
from rnn_tui.export.worksheet.sheet import Levels, Sheet, Table
from rnn_tui.export.worksheet.varying import can_draw_weights, drawn_weights
from rnn_tui.export.worksheet.walking import walk_table
from rnn_tui.export.worksheet.weights import weight_tables
from rnn_tui.export.worksheet.wording import curve_table, notes, operations
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.trace import Trace, run
from rnn_tui.scene_text import arguments_of

if TYPE_CHECKING:
    from rnn_tui.scene import Scene

SENTENCES, WEIGHTS = "sentences", "weights"
"""The kinds of what differs from student to student."""
MOST_TOKENS = 12
MOST_BLANKS = 40
"""The most blanks of a sheet, about ten minutes' work; where there would be more, fewer words are asked about."""


def check_length(trace: Trace) -> None:
    """Raise UserError where a sentence is too long for a sheet of paper."""
    count, unit = len(trace), trace.model.tokenizer.unit
    if count > MOST_TOKENS:
        text = "sentence" if unit == "word" else "text"
        raise UserError(
            f"the {text} has {count} {unit}s, and a sheet of paper has room for {MOST_TOKENS}; "
            f"give a shorter one with -s"
        )


def _count(tables: Sequence[Table]) -> int:
    """The number of blanks in some tables."""
    return sum(1 for table in tables for _ in table.blanks())


def _title(excerpts: Sequence[Excerpt]) -> str:
    """The title of the network; of one lane of several with the lane."""
    model = excerpts[0].trace.model
    title = model.title or model.name
    return f"{title}, {excerpts[0].lane}" if len(excerpts) == 1 and excerpts[0].lane else title


def sheet_of(
    scene: Scene, trace: Trace, levels: Levels, seed: int, number: int = 1, of: int = 1, *, lane: int | None = None
) -> Sheet:
    """The worksheet of a scene, its blanks drawn from the seed; of one lane (its floor) where that is said.

    Raises UserError where the sentence is too long, or the lanes are too many for it.
    """
    check_length(trace)
    floors = lanes_of(trace, lane)
    for words, carries in product(words_to_ask(len(trace)), (True, False)):
        sheet = _filled(scene, trace, floors, words, levels, seed, number, of, carries=carries)
        if sum(1 for _ in sheet.blanks()) <= MOST_BLANKS:
            break
    return sheet


def _filled(
    scene: Scene,
    trace: Trace,
    floors: Sequence[int],
    words: Sequence[int],
    levels: Levels,
    seed: int,
    number: int,
    of: int,
    *,
    carries: bool,
) -> Sheet:
    """The worksheet with blanks at some words, which are those of a lane that reads forward."""
    random = Random(f"{seed} {number}")  # noqa: S311 — a sheet that can be drawn again
    lanes = blanks_of_lanes(trace, floors, words, levels, random, carries=carries)
    tables: list[Table] = []
    for excerpt, asked in lanes:
        tables.append(walk_table(excerpt, asked, levels, 1 + _count(tables)))
    excerpts = [excerpt for excerpt, _ in lanes]
    model, curve = trace.model, curve_table(lanes)
    checked = check_table(*lanes[-1], levels, first=1 + _count(tables))
    asked_so_far = _count([*tables, checked])
    return Sheet(
        number=number,
        of=of,
        seed=seed,
        title=_title(excerpts),
        sentence=tuple(token.surface for token in trace.tokens),
        token=model.tokenizer.unit,
        levels=levels,
        weights=weight_tables(excerpts),
        operations=operations(excerpts, curve),
        notes=notes(excerpts, levels),
        curve=curve,
        walk=tables[0],
        others=tuple(tables[1:]),
        check=checked,
        command=shlex.join(["rnn-tui", *arguments_of(scene, model.floors)]),
        questions=questions_of(scene, trace, levels, random, asked_so_far + 1),
    )


def sheets_of(
    scene: Scene, model: Model, levels: Levels, seed: int, count: int, *, vary: str = SENTENCES, lane: int | None = None
) -> tuple[Sheet, ...]:
    """A worksheet for each of `count` students: the scene's own, and others as long, each with its own blanks.

    `model` is the scene's network before its edits. What differs is the sentence or, where that is asked for or where
    there are too few sentences, the weights. `lane` is the floor of the only lane that is walked. Raises UserError
    where neither can be had, or where the sentence is too long.
    """
    trace = _traced(scene, model)
    check_length(trace)
    if vary == SENTENCES:
        try:
            texts = drawn(model, scene.text, count, seed, len(trace))
        except UserError:
            if not can_draw_weights(model, model.tokenize(scene.text)):
                raise
            vary = WEIGHTS
        else:
            scenes = [scene, *(scene.of(scene.reading.of_text(text)) for text in texts[1:])]
    if vary == WEIGHTS:
        tokens = model.tokenize(scene.text)
        drawings = (drawn_weights(model, tokens, seed, number) for number in range(1, count + 1))
        readings = (replace(scene.reading, edits=(*edits, *scene.edits)) for edits in drawings)
        scenes = [scene.of(reading) for reading in readings]
    said = _varied(model, vary, count)
    made = (
        sheet_of(each, _traced(each, model), levels, seed, number, count, lane=lane)
        for number, each in enumerate(scenes, 1)
    )
    return tuple(replace(sheet, varied=said) for sheet in made)


def _traced(scene: Scene, model: Model) -> Trace:
    edited, tokens = apply_edits(model, model.tokenize(scene.text), scene.edits)
    return run(edited, tokens)


def _varied(model: Model, vary: str, count: int) -> str:
    """The difference from sheet to sheet, in words."""
    if vary == WEIGHTS:
        return "Round weights were drawn for each sheet."
    text = "sentence" if model.tokenizer.kind == "words" else f"row of {model.tokenizer.unit}s"
    return f"Each sheet has another {text}." if count > 1 else ""
