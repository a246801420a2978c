"""The workbook as a whole: what it is, the sentence, a sheet a lane, the answer, the weights, the vocabulary."""

from __future__ import annotations

import datetime
from typing import IO

from rnn_tui.export.sheet.answers import AnswerSheet
from rnn_tui.export.sheet.lanes import LaneSheet, Memory
from rnn_tui.export.sheet.paper import Paper
from rnn_tui.export.sheet.weights import Weights
from rnn_tui.export.sheet.words import Words
from rnn_tui.network.trace import Trace

START = "Start here"


def fill(trace: Trace, file: IO[bytes]) -> None:
    """Write the workbook of a trace; raises UserError where it is too large for one, or a number is no finite one."""
    trace = trace.on(0)
    paper = Paper(file)
    model = trace.model
    paper.book.set_properties({"title": model.title or model.name, "created": datetime.datetime(2000, 1, 1)})
    start = paper.sheet(START, rows=1, columns=0)
    words = Words(paper, trace)
    words.fill()
    weights = Weights(paper)
    below: list[Memory] = []
    for index, recording in enumerate(trace.layers):
        lanes = [lane for lane in (recording.forward, recording.backward) if lane is not None]
        below = [LaneSheet(paper, trace, lane, index).fill(words, weights, below) for lane in lanes]
    AnswerSheet(paper, trace, weights).fill(below)
    start.set_column(0, 0, 100)
    paper.text(start, 0, 0, model.title or model.name, "title")
    unit = model.tokenizer.unit
    lines = [
        f"{model.architecture}: this workbook computes what it does with a sentence, one row a {unit}.",
        f"Sentence: the {unit}s. Change one and look at the sheet Answer. A cell holds one {unit}.",
        "Weights: every weight and bias. Set one to 0, or double it, and see what follows.",
        "Layer …: from left to right what is computed at each word; hh reads the memory h of the row before,",
        "or of the row below where the layer reads backward.",
        "Answer: the output nodes and what they say after each word that has an answer.",
        "Yellow cells are yours to change; orange is above 0, blue below, as in the program; grey is held at a number.",
        "σ(v) is written (1 + TANH(v/2))/2, which is the same and never overflows.",
    ]
    if len(model.vocabulary):
        all_or = "some of the words alone, because all are too many" if words.shortened else "all words"
        lines.append(f"Vocabulary: {all_or} that can be read, and what each brings; another one is unknown.")
    for row, line in enumerate(lines, 2):
        paper.text(start, row, 0, line, "text")
    paper.book.close()
