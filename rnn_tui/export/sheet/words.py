"""The sheets of what is read: the sentence, which can be changed, and the vocabulary in which it is looked up."""

from __future__ import annotations

import numpy as np

from rnn_tui.export.sheet.paper import Paper, area, cell
from rnn_tui.network.embedding import Learned, OneHot
from rnn_tui.network.layers import Layer
from rnn_tui.network.tokens import NumberTokenizer, as_number
from rnn_tui.network.trace import Trace

SENTENCE, VOCABULARY = "Sentence", "Vocabulary"
FIRST = 3
"""The row (from 0) of the first word on every sheet with a row a word; above it stands what is there before."""
MOST_NUMBERS = 200_000
"""The most numbers on the sheet of the vocabulary; a larger one keeps the sentence's words and as many as fit."""


class Words:
    """The sentence and, where there is one, the vocabulary; `shortened` where not all of that is there."""

    def __init__(self, paper: Paper, trace: Trace) -> None:
        self.paper, self.trace, self.model = paper, trace, trace.model
        self.sheet = paper.sheet(SENTENCE, rows=FIRST, columns=2)
        self.sheet.set_column(1, 2, 18)
        self.shortened = False

    def fill(self) -> None:
        """Write both sheets."""
        paper, tokens = self.paper, self.trace.tokens
        paper.text(self.sheet, 0, 0, "Sentence: change what is in the yellow cells", "title")
        paper.heads(self.sheet, FIRST - 1, 0, ["t"])
        for t in range(len(tokens)):
            paper.number(self.sheet, FIRST + t, 0, t, "whole")
        if isinstance(self.model.tokenizer, NumberTokenizer):
            self._numbers(self.model.tokenizer)
            return
        self._vocabulary()
        paper.heads(self.sheet, FIRST - 1, 1, [self.model.tokenizer.unit, "its row of the vocabulary, 0: none"])
        lowers = getattr(self.model.tokenizer, "lowercase", False)
        known = area(VOCABULARY, FIRST, 0, len(self.rows))
        numbers = area(VOCABULARY, FIRST, 1, len(self.rows))
        unknown = self.model.vocabulary.unknown
        fallback = 0 if unknown is None else self.at[self.model.vocabulary.index[unknown]]
        for t, token in enumerate(tokens):
            paper.text(self.sheet, FIRST + t, 1, token.text, "word")
            typed = cell(FIRST + t, 1)
            found = f"SUMPRODUCT(EXACT({known},{f'LOWER({typed})' if lowers else typed})*{numbers})"
            formula = f"IF({found}=0,{fallback},{found})" if fallback else found
            paper.formula(self.sheet, FIRST + t, 2, formula, self.at.get(token.index, 0), "whole")

    def _numbers(self, tokenizer: NumberTokenizer) -> None:
        """Numbers as they were typed, and below their heads how they are scaled."""
        names = [f"number {tokenizer.feature_name(feature)}" for feature in range(tokenizer.features)]
        self.paper.heads(self.sheet, FIRST - 1, 1, names)
        for t, token in enumerate(self.trace.tokens):
            for feature, field in enumerate(token.text.split(",") if tokenizer.features > 1 else [token.text]):
                self.paper.number(self.sheet, FIRST + t, 1 + feature, as_number(field) or 0.0, "typed")

    def _vocabulary(self) -> None:
        """The words that can be read, each with its row of the embedding, or its column of weight_ih."""
        paper, model = self.paper, self.model
        if isinstance(model.embedding, Learned):
            brings, names = model.embedding.weight, [f"x {index + 1}" for index in range(model.embedding.input_size)]
        else:
            bottom: Layer = model.layers[0]
            brings = np.concatenate([lane.weight_ih for lane in bottom.cells]).T
            names = [
                f"{arrow}weight_ih {row + 1}"
                for arrow, lane in zip(("", "← "), bottom.cells, strict=False)
                for row in range(len(lane.weight_ih))
            ]
        most = max(1, MOST_NUMBERS // len(names))
        read = {token.index for token in self.trace.tokens if token.index is not None}
        if model.vocabulary.unknown is not None:
            read.add(model.vocabulary.index[model.vocabulary.unknown])
        self.shortened = len(model.vocabulary) > most
        kept = {*read, *range(max(0, most - len(read)))} if self.shortened else range(len(model.vocabulary))
        self.rows = sorted(kept)
        self.at: dict[int | None, int] = {row: number for number, row in enumerate(self.rows, 1)}
        sheet = paper.sheet(VOCABULARY, rows=FIRST, columns=2)
        sheet.set_column(0, 0, 18)
        paper.text(sheet, 0, 0, "Vocabulary: the words that can be read, and what each brings", "title")
        paper.heads(sheet, FIRST - 1, 0, ["word", "row", *names])
        for number, row in enumerate(self.rows):
            paper.text(sheet, FIRST + number, 0, model.vocabulary.words[row])
            paper.number(sheet, FIRST + number, 1, number + 1, "whole")
            for column, value in enumerate(brings[row].tolist()):
                paper.number(sheet, FIRST + number, 2 + column, value)
        paper.coloured(sheet, FIRST, 2, len(self.rows), len(names))

    def brought(self, t: int, column: int) -> str:
        """The formula of one number (from 0) that the word brings: 0 where it is no word."""
        row = area(SENTENCE, FIRST + t, 2)
        return f"IF({row}=0,0,INDEX({area(VOCABULARY, FIRST, 2 + column, len(self.rows))},{row}))"

    def x(self, t: int, unit: int) -> str:
        """The formula of a number (from 0) of x."""
        if isinstance(self.model.tokenizer, NumberTokenizer):
            mean, scale = self.model.tokenizer.scaling(unit)
            return f"({area(SENTENCE, FIRST + t, 1 + unit)}-({mean!r}))/({scale!r})"
        return self.brought(t, unit)

    @property
    def one_hot(self) -> bool:
        """True where x is zeros and a one, which aren't written out."""
        return isinstance(self.model.embedding, OneHot)
