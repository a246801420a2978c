"""Every sentence that a lens tells is computed anew, from the trace and the numbers that it is told of.

The sentences are read back from their text. Of the story nothing is used but the functions that tell.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import product

import pytest

from rnn_tui import shelf
from rnn_tui.comparison import Comparison
from rnn_tui.lenses import LENSES
from rnn_tui.lenses.measuring import measure, question
from rnn_tui.network.changes import without_memory
from rnn_tui.network.outputs import Classes
from rnn_tui.network.trace import run
from rnn_tui.pictures.lenses.panel import lens_panel
from rnn_tui.pictures.palette import Palette
from rnn_tui.pictures.rows import text_of
from rnn_tui.pictures.view import Measurement, View
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.story.comparing_lenses import tell_lenses
from rnn_tui.story.lenses import compare, tell_lens
from tests.builders import CELL_KINDS, build
from tests.story.lenses.claims import CLAIMS
from tests.story.lenses.claims.comparing import COMPARED, Both
from tests.story.lenses.reading import Told, sentences

SENTENCES = 1500
WRITTEN = ("Kicking and screaming", "this movie is not good", "good", "not bad")
NUMBERS = ("1 2 3", "120.5")
LONG = "the dog and the cat slept not " * 5
BUILT = [
    build(cell, activation, readout, hidden=4, scale=scale, name=f"{cell}-{activation}-{readout}-{scale}")
    for cell, activation in CELL_KINDS
    for readout in ("last", "attention")
    for scale in (1e-3, 0.1, 0.8, 2.0)
]
POOLED = [
    build(cell, activation, readout, hidden=4, scale=scale, head=head, name=f"{cell}-{readout}-{scale}-{head}")
    for cell, activation in CELL_KINDS
    for readout in ("mean", "max", "attention")
    for head, scale in (((), 0.8), (("relu",), 0.3), (("tanh",), 2.0))
] + [build(readout="last", hidden=4, head=("relu",), name="last-relu")]


@cache
def shipped():
    """All shipped models of one lane that answer one of several, by name; `test_truth_of_stacks.py` has the others."""
    models = {name: shelf.load(name) for name in shelf.paths()}
    return {
        name: model for name, model in models.items() if len(model.floors) == 1 and isinstance(model.output, Classes)
    }


@cache
def trace_of(model, text):
    """The trace of a text."""
    return run(model, model.tokenize(text))


@cache
def measured(lens, trace, t, unit):
    """The result of a lens; None where it has nothing to show. The same question is measured once."""
    return _answered(question(lens, trace, t, unit), trace)


@cache
def _answered(asked, trace):
    need = LENSES[asked.lens].need
    if need is not None and not need.partial and not need.met(trace.model):
        return None
    return measure(asked, trace)


def traces():
    """The traces of all shipped models on their examples and on what a class would type, and of built ones."""
    for model in shipped().values():
        written = NUMBERS if model.tokenizer.kind == "numbers" else WRITTEN
        for text in dict.fromkeys((*(example.text for example in model.examples), *written)):
            yield trace_of(model, text)
    for model in (*BUILT, *POOLED):
        for text in ("the dog barked and slept", "the dog", "the"):
            yield trace_of(model, text)
    for name in ("sentiment", "sentiment-gru", "recall-elman", "sunspots"):
        model = without_memory(shipped()[name])
        for example in model.examples:
            yield trace_of(model, example.text)
    yield trace_of(BUILT[0], LONG)
    yield trace_of(BUILT[8], LONG)
    yield trace_of(BUILT[25], LONG)
    yield trace_of(BUILT[-1], "barked slept the dog and not " * 6)


@cache
def told_by(lens):
    """What a lens tells, everywhere: the text of a line, and what it is told of."""
    found = []
    for trace in traces():
        phases = len(trace.model.phases) if LENSES[lens].each_phase else 1
        for t, phase in product(range(len(trace)), range(phases)):
            for notation in (False, True):
                scene = Scene(Reading(trace.model.name, ""), position=Position(t, phase), notation=notation)
                unit = scene.unit_in(trace)
                result = measured(lens, trace, t, unit)
                if result is None or not _bounded(result):
                    continue
                told = tell_lens(lens, result, trace, scene)
                lines = told[:-1] if notation else told
                about = Told(result, trace, t, unit, notation, phase)
                found += [("".join(span.text for span in line), about) for line in lines]
    return found


def _bounded(result):
    """False where the numbers overflowed; what is told then is tested where each lens is."""
    influence = getattr(result, "influence", None)
    log10 = getattr(result, "log10_norm", None)
    return not any(array is not None and (array != array).any() for array in (influence, log10))


@pytest.mark.parametrize("lens", LENSES)
def test_every_sentence_is_borne_out(lens):
    # when all that the lens tells is taken apart into sentences
    checked, false = Counter(), []
    for text, told in told_by(lens):
        for claim, match in sentences(text, CLAIMS[lens]):
            checked[claim] += 1
            if not claim.holds(match.groups(), told):
                false.append((match.group(), told.trace.model.name, told.t))
    # then none is false
    assert not false, f"{len(false)} of {checked.total()}: {false[:5]}"
    # and none of the kinds of sentences has been left out
    unseen = [claim.pattern.pattern for claim in CLAIMS[lens] if not checked[claim]]
    assert not unseen


def test_there_were_many_sentences():
    counts = {lens: sum(len(sentences(text, CLAIMS[lens])) for text, _ in told_by(lens)) for lens in LENSES}

    assert sum(counts.values()) >= SENTENCES, counts
    assert min(counts.values()) >= 100, counts


FIGURES = re.compile(r"[0-9]+\.[0-9]+|[<>]?[0-9]+%")


@pytest.mark.parametrize("lens", ["memory", "recency"])
def test_every_figure_that_is_told_is_drawn_beside_it(lens):
    # given every word of sentences that fit on the screen, as a walk through them shows them
    count = 0
    for name in ("sentiment", "sentiment-gru", "recall-elman", "kicking-and-screaming"):
        trace = trace_of(shipped()[name], "this movie is not good" if name != "recall-elman" else "angst")
        for t in range(len(trace)):
            result = measured(lens, trace, t, 0)
            scene = Scene(Reading(name, ""), position=Position(t, 0), lens=lens, full=True)
            view = View(trace, scene, count=trace.model.hidden_size, measurement=Measurement(lens, result))
            drawn = " ".join(text_of(row) for row in lens_panel(view, 120, 26, Palette()))
            said = "".join(span.text for line in tell_lens(lens, result, trace, scene) for span in line)
            # when a figure is told, then it is in the picture; the answer without a word is the one less its points
            for figure in FIGURES.findall(re.sub(r"[Ww]ithout [^;.]*?%|without it: [<>0-9]+%", "", said)):
                count += 1
                assert figure in drawn, (figure, said, drawn)
    assert count >= 50


def test_words_mode_has_no_notation():
    signs = ("weight_hh", "h_prev", "logit", "spectral", "correlation", "cases", "‖", "∂", "σ", "bias_hh")
    for lens in LENSES:
        told = [text for text, about in told_by(lens) if not about.notation]
        assert len(told) > 20
        assert not [text for text in told for sign in signs if sign in text]


def test_words_are_said_of_words_alone():
    texts = [text for lens in LENSES for text, about in told_by(lens) if about.name != "word"]

    assert len(texts) > 200
    assert not [
        text for text in texts if " word" in text.replace("asked of words", "").replace("“sentiment” words", "")
    ]


@pytest.mark.parametrize("lens", ["memory", "gradient"])
def test_what_compares_two_sides_is_borne_out(lens):
    # given all pairs of models on the same words, and on others
    seen = Counter()
    names = [name for name, model in shipped().items() if model.tokenizer.kind != "numbers"]
    for a, b in product(names, names):
        for text, other in (
            ("this movie is not good", "this movie is not good"),
            ("angst", "not bad at all"),
            ("o", "o"),
        ):
            comparison = Comparison(trace_of(shipped()[a], text), trace_of(shipped()[b], other))
            results = [measured(lens, trace, len(trace) - 1, 0) for trace in comparison.traces]
            # when the line that compares them is told
            said = "".join(span.text for span in compare(lens, *results, comparison))
            if not said:
                assert min(len(trace) for trace in comparison.traces) == 1 or "o" in (text, other)
                continue
            # then it is true
            for claim, match in sentences(said, COMPARED[lens]):
                seen[claim] += 1
                assert claim.holds(match.groups(), Both(*results, comparison)), match.group()
            # and it is what is told of both sides
            scenes = [Scene(Reading(trace.model.name, text), position=Position(0, 0)) for trace in comparison.traces]
            whole = ["".join(span.text for span in line) for line in tell_lenses(lens, results, comparison, scenes, 0)]
            assert said == whole[-1]
    assert len(seen) == len(COMPARED[lens]), [claim.pattern.pattern for claim in COMPARED[lens] if not seen[claim]]
