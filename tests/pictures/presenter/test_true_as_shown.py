"""The figures of the presenter view over all shipped models: read back, they are the trace's numbers as rounded."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import chain

import pytest
from rich.cells import cell_len

from rnn_tui.pictures.presenter.content import content
from rnn_tui.pictures.presenter.figures import figures, height_of, lay_out
from rnn_tui.pictures.presenter.screen import presenter
from rnn_tui.pictures.ribbon import laid_out
from rnn_tui.pictures.view import View
from rnn_tui.rounding import as_shown
from rnn_tui.scene import Position, Reading, Scene
from rnn_tui.story import plain, tell
from rnn_tui.text import number, percent, quantity, unsigned
from tests.pictures.presenter.reading_back import decoded
from tests.pictures.shipped import MODELS, traces
from tests.pictures.views import PLAIN, texts, widths

SIZES = ((80, 23), (100, 28), (120, 34), (160, 46))
"""The presenter view's own cells on screens of 80×24, 100×30, 120×36 and 160×48."""


def views(name, **fields):
    """A view of every phase of every floor, at three words of a model's first sentence, of other units in turn."""
    trace = traces(name)[0]
    for floor in trace.model.floors:
        words = [t for t in range(len(trace)) if trace.order.has(t, floor.index)]
        for t in sorted({words[0], words[min(2, len(words) - 1)], words[-1]}):
            for phase in range(len(floor.phases)):
                position, unit = Position(t, phase, floor.index), (t * 3) % floor.hidden_size
                scene = Scene(Reading(name, ""), position=position, unit=unit, **fields)
                yield View(trace, scene, count=floor.hidden_size, wide=False)


def computed(view):
    """The figures of a phase, computed from the trace alone; None where the phase has others."""
    step, cell, unit = view.step, view.model.cell, view.unit

    def of(array):
        return float(array[unit])

    match view.phase.name:
        case "multiply":
            return [number(of(cell.block(step["ih"], gate.letter))) for gate in cell.gates] or [number(of(step["ih"]))]
        case "add":
            memory, bias = cell.weight_hh @ step.h_prev, cell.bias_hh
            parts = [step["ih"], memory, *([bias] if bias.any() else []), step["pre_activation"]]
            return [unsigned(of(part)) for part in parts]
        case "squash":
            return [number(of(step["pre_activation"])), number(of(step["h"]))]
        case "gates":
            shares = [percent(of(step[gate.letter])) for gate in view.phase.table.gates if not gate.signed]
            return shares + [number(of(step[gate.letter])) for gate in view.phase.table.gates if gate.signed]
        case "write":
            return [
                unsigned(of(step["f"] * step["c_prev"])),
                unsigned(of(step["i"] * step["g"])),
                unsigned(of(step["c"])),
            ]
        case "blend":
            z = step["z"]
            parts = (z * step.h_prev, (1 - z) * step["n"], step["h"])
            return [percent(of(z)), *(unsigned(of(part)) for part in parts)]
        case "candidate":
            return [percent(of(step["r"])), None, number(of(step["n"]))]
        case "expose":
            return [percent(of(step["o"])), None, number(of(step["h"]))]
        case "check" if view.model.output_size == 2:
            return [percent(float(p)) for p in step.probs]
    return None


def read_back(view, width, height):
    """The texts that the large figures of a phase show, from the top."""
    terms = content(view, view.phase, max(1, (height - 1) // 4)).terms
    if len(terms) == 1:  # its name, which may be as large, would stand beside it
        terms = [replace(terms[0], name="")]
    rows, cells = texts(figures(terms, width, height, PLAIN)), lay_out(terms, width, height)
    left, right = (cells.left - 2 - cells.figure, cells.left - 2) if len(terms) > 1 else (0, width)
    found, y = [], 0
    for scale in cells.scales:
        read, high = None, height_of(scale)
        while read is None and y + high <= len(rows):
            block = tuple(row[left:right] for row in rows[y : y + high])
            begins = block[0].strip()  # the tops of figures that begin lower look like points
            read = (decoded(block, scale) if begins else None) if scale else begins or None
            y += 1 if read is None else high
        assert read is not None, (terms, rows)
        found.append(read)
    return found


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
@pytest.mark.parametrize("name", MODELS)
def test_the_large_figures_are_the_numbers_of_the_trace(name, size):
    read = 0
    for view in views(name):
        expected = computed(view)
        if expected is None:
            continue
        found = read_back(view, size[0] - 4, size[1] - 8)
        assert len(found) == len(expected), (view.phase.name, found, expected)
        for shown, wanted in zip(found, expected, strict=True):
            assert wanted is None or _alike(shown, wanted), (view.phase.name, found, expected)
        read += len(found)
    assert read >= 12


def _alike(shown, wanted):
    """The same text; or, where float32 was added up in another order, a number that rounds to the one beside it."""
    if shown == wanted or "%" in shown:
        return shown == wanted
    values = [float(text.replace("−", "-")) for text in (shown, wanted)]
    return abs(values[0] - values[1]) < 0.0101


@pytest.mark.parametrize("name", MODELS)
def test_every_sum_closes_as_shown_or_says_about(name):
    signs = []
    for view in views(name):
        if view.phase.name not in ("add", "write", "blend"):
            continue
        *parts, result = content(view, view.phase, 9).terms
        total = sum(as_shown(part.value) for part in parts if part.bar == "signed")
        closes = abs(total - as_shown(result.value)) <= 0.005 * (1 + 1e-6)
        assert result.sign == ("=" if closes else "≈"), (parts, result)
        signs.append(result.sign)
    assert signs


def answering(name, **fields):
    """A view of every Check of a model's first sentence, on the floor where it stands, in the order of the walk."""
    trace = traces(name)[0]
    for index in range(len(trace.order)):
        position = trace.order.at(index)
        view = View(trace, Scene(Reading(name, ""), position=position, **fields), count=1, wide=False)
        if view.phase.name == "check":
            yield view


@pytest.mark.parametrize("name", MODELS)
def test_the_answers_are_those_of_the_trace(name):
    checked = 0
    for view in answering(name):
        model = view.model
        terms = content(view, view.phase, 99).terms
        row = view.trace.values[model.output.answer][view.t]
        shown = quantity if model.output.is_number else percent
        answers = [term for term in terms if term.name != "comes next"]  # the true value stands beside an answer
        assert [(term.name, term.figure) for term in answers] == [
            (label, shown(float(value))) for label, value in zip(model.labels, row, strict=True)
        ]
        few = content(view, view.phase, 2).terms
        if len(row) > 2 and len(few) == 1:
            assert few[0].figure == percent(float(row.max()))
        checked += 1
    assert checked


@pytest.mark.parametrize("size", SIZES[:3], ids=str)
@pytest.mark.parametrize("notation", [False, True])
@pytest.mark.parametrize("name", MODELS)
def test_nothing_is_cut_and_the_sentence_that_explains_is_whole(name, notation, size):
    width, height = size
    drawn = 0
    for view in views(name, notation=notation):
        rows = presenter(view, laid_out(view.trace), width, height, PLAIN)
        assert len(rows) == height
        assert widths(rows) == {width}
        shown = " ".join(" ".join(texts(rows)).split())
        first, *_, last = tell(view.trace, view.scene)
        for line in (first, last) if notation else (first,):
            assert " ".join(plain(line).split()) in shown, (view.phase.name, texts(rows))
        assert "…" not in shown.replace("−1 … 1", "").replace("0 … 1", "") or _told_with_dots(view), texts(rows)
        drawn += 1
    assert drawn >= 9


def _told_with_dots(view):
    """Whether the dots are those of what is told or read, and not of something that was cut."""
    return "…" in " ".join(plain(line) for line in tell(view.trace, view.scene)) or view.phase.name == "read"


@pytest.mark.parametrize("size", [(80, 23), (120, 34)], ids=str)
@pytest.mark.parametrize("name", MODELS)
def test_every_phase_has_large_figures(name, size):
    for view in views(name):
        if view.phase.name == "read":
            continue
        rows = texts(presenter(view, laid_out(view.trace), *size, PLAIN))
        shown = content(view, view.phase, max(1, (size[1] - 9) // 4))
        assert shown.terms
        least = 3 if (name, size) == ("digits", (80, 23)) else 6  # its picture leaves room for a large result alone
        assert sum(set(row) & set("▀▄█") != set() for row in rows) >= least, rows


@cache
def _answer_texts(name):
    """All answers of a model's first sentence as they would be shown: shares, or numbers in their unit."""
    trace = traces(name)[0]
    output = trace.model.output
    shown = quantity if output.is_number else percent
    return {shown(float(value)) for value in trace.values[output.answer].ravel() if value == value}


@pytest.mark.parametrize("name", MODELS)
def test_a_covered_answer_is_nowhere(name):
    checked = 0
    for view in chain(views(name, hidden=True), answering(name, hidden=True)):
        if view.phase not in view.model.answering:
            continue
        checked += 1
        rows = texts(presenter(view, laid_out(view.trace), 120, 34, PLAIN))
        text = "\n".join(rows)
        assert "guess first" in text
        assert not any(figure in text for figure in _answer_texts(name))
        shown = content(view, view.phase, 9)
        assert {term.figure for term in shown.terms} == {"?"}
        assert all(cell_len(row) == 120 for row in rows)
    assert checked
