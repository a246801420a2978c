"""Every answer in the key is the network's own, and right by hand with what is printed."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest

from rnn_tui import shelf
from rnn_tui.edits import parse_edit
from rnn_tui.export.worksheet.making import sheets_of
from rnn_tui.export.worksheet.sheet import Cell
from rnn_tui.network.cells import CELLS, register
from rnn_tui.questions.asking import question_at
from rnn_tui.questions.numbers import LARGEST
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import CELL_KINDS, HEAD_KINDS, INPUT_KINDS, READOUT_KINDS, build, wired
from tests.export.worksheet.made import ALL, as_json, at, read, sheet, sheets, traced
from tests.network.test_a_new_cell import MGU

SHIPPED = [name for name, path in shelf.in_order().items() if shelf.is_shipped(path)]
OF_TWO_WORDS = ("sun-or-rain",)
KINDS = [
    *((cell, activation, "last", inputs, ()) for cell, activation in CELL_KINDS for inputs in INPUT_KINDS),
    *(("elman", "tanh", readout, "one-hot", ()) for readout in READOUT_KINDS),
    *(("gru", None, "last", "one-hot", head) for head in HEAD_KINDS),
]


def check_answers(model, page):
    """Each answer that the trace holds is the trace's."""
    printed = as_json(traced(model, page))
    checked = 0
    for blank in page.blanks():
        if blank.path is None:
            assert blank.value is None or "squashed" in blank.asks or blank.asks == "together"
            continue
        checked += 1
        if blank.value is None:
            assert at(printed, blank.path) in (blank.answer, *blank.also)
        else:
            assert blank.value == pytest.approx(at(printed, blank.path), abs=1e-6)
            assert read(blank.answer) == pytest.approx(blank.value, abs=0.00501)
            assert 0 < blank.tolerance <= 0.2
    return checked


@pytest.mark.parametrize("name", SHIPPED)
def test_the_answers_of_each_shipped_model_are_in_its_trace(name):
    model = shelf.load(name)
    count = 4 if name not in OF_TWO_WORDS else 1  # of so few words other weights are drawn for the second student
    for page in sheets(model, count=count):
        assert check_answers(model, page) > len(page.sentence)


@pytest.mark.parametrize(("cell", "activation", "readout", "inputs", "head"), KINDS)
@pytest.mark.parametrize("hidden", [1, 3, 6])
def test_the_answers_of_each_kind_of_network_are_in_its_trace(cell, activation, readout, inputs, head, hidden):
    model = build(cell, activation, readout, inputs, head=head, hidden=hidden, seed=hidden)
    page = sheet(model, seed=hidden)
    assert check_answers(model, page)
    assert [blank.number for blank in page.blanks()] == list(range(1, sum(1 for _ in page.blanks()) + 1))


def test_a_sum_without_a_name_in_the_trace_is_what_the_equation_says():
    # n of a GRU is squashed from ih_n + r·hh_n, and h of an LSTM takes tanh(c): neither is in the JSON
    gru, lstm = (build(cell, None, hidden=2, scale=0.5) for cell in ("gru", "lstm"))
    for model, asks, formula in (
        (gru, "together", lambda s, u: s["ih"][4 + u] + s["r"][u] * s["hh"][4 + u]),
        (lstm, "cell state squashed", lambda s, u: math.tanh(s["c"][u])),
    ):
        page = sheet(model, levels=(5,))
        steps = as_json(traced(model, page))["steps"]
        found = [blank for blank in page.blanks() if blank.asks == asks]
        assert found
        for blank in found:
            t, unit = int(blank.where.split()[1]) - 1, int(blank.where.rsplit(" ", 1)[1]) - 1
            assert blank.value == pytest.approx(formula(steps[t], unit), abs=1e-5)


def printed_table(page, caption):
    """A table of weights as {row: {column: number}}, a number each."""
    table = next(table for table in page.weights if table.caption == caption)
    heads = [head.words for head in table.heads[1:]]
    return {
        row[0].text: dict(zip(heads, (read(cell.text) for cell in row[1:]), strict=True))
        for group in table.groups
        for row in group
    }


def squash_from_table(page, z):
    """The nearest number of the printed table."""
    if abs(z) >= 3:
        return math.copysign(1.0, z)
    steps = round(abs(z) / 0.05)
    if steps >= 60:
        return math.copysign(1.0, z)
    row = page.curve.groups[0][steps // 10]
    return math.copysign(read(row[1 + steps % 10].text), z)


def products_of_input(page, t, unit):
    """The number that a word brings a unit, from the printed tables alone."""
    inputs = printed_table(page, "From the word")[unit]
    bias = inputs.get("bias", 0.0)
    if page.weights[0].caption.startswith("What the network reads"):
        read_off = printed_table(page, page.weights[0].caption)
        word = f"{t + 1} {page.sentence[t]}"
        return bias + sum(round(inputs[name] * numbers[word], 2) for name, numbers in read_off.items())
    return bias + inputs[page.sentence[t].lower()]


NAMED = build("elman", "tanh", hidden=3, unit_names=("a", "b", "c"), scale=0.6, seed=5)


@pytest.mark.parametrize("squash", ["calculator", "table"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("model", [NAMED, shelf.load("kicking-and-screaming"), shelf.load("small-sums")])
def test_whoever_works_through_the_printed_numbers_is_right(model, seed, squash):
    # given nothing but what is printed, when a hand fills every blank in, then the key accepts each answer
    names, page = model.unit_names, sheet(model, seed=seed)
    memory = printed_table(page, "From the memory before")
    before, answers = dict.fromkeys(names, 0.0), {}

    def have(cell, value):
        if cell.blank is None:
            return read(cell.text)
        answers[cell.blank] = round(value, 2)
        return answers[cell.blank]

    for t, group in enumerate(page.walk.groups):
        after = {}
        rows = [row[1:] if at_row == 0 else row for at_row, row in enumerate(group)]
        remembered = {row[0].text: have(row[1], before[row[0].text]) for row in rows}
        for name, _, brings, gives, together, h, _ in ((row[0].text, *row[1:]) for row in rows):
            ih = have(brings, products_of_input(page, t, name))
            terms = sum(round(memory[name][other] * remembered[other], 2) for other in names)
            hh = have(gives, terms + memory[name].get("bias", 0.0))
            z = have(together, ih + hh)
            read_off = squash == "table" and page.curve is not None
            after[name] = have(h, squash_from_table(page, z) if read_off else math.tanh(z))
        before = after
    assert len(answers) >= 12
    for blank, answer in answers.items():
        assert abs(answer - blank.value) <= blank.tolerance + 1e-9, (blank, answer)


def test_each_level_asks_what_it_says():
    model = build("elman", "tanh", hidden=3, scale=0.6)
    kinds = {
        level: {
            "word" if blank.asks.startswith("the word") and blank.value is None else blank.asks
            for blank in page.blanks()
        }
        for level in ALL
        for page in [sheet(model, levels=(level,))]
    }
    assert "memory before" in kinds[1]
    assert "up, down or same" in kinds[2]
    assert all(asked.startswith("the answer") for asked in kinds[3] - {"word", "exchanged"})
    assert kinds[4] <= {"together", "memory after", "the word brings", "memory before"}
    assert {"the word brings", "the memory gives", "together", "memory after"} <= kinds[5]
    for level in ALL:
        levels = {blank.level for blank in sheet(model, levels=(level,)).blanks()}
        assert levels <= {level, 1}, "what would give an answer away is left blank, too, and is a copy"


def test_the_parts_of_one_operation_are_given():
    page = sheet(build("elman", "tanh", hidden=3, scale=0.6), levels=(4,))
    for group in page.walk.groups:
        for at_row, row in enumerate(group):
            cells = row[2:] if at_row == 0 else row[1:]
            asked = [cell for cell in cells[1:] if cell.blank is not None]
            assert len(asked) <= 1


def test_no_answer_stands_a_second_time():
    # what a word leaves behind is what the next begins with: where one is blank, so is the other
    for seed in range(6):
        page = sheet(wired([[0.9, 0.1], [0.2, -0.7]], words=("the", "dog")), "the dog dog the", seed=seed)
        rows = [[row[1:] if k == 0 else row for k, row in enumerate(group)] for group in page.walk.groups]
        for earlier, later in pairwise(rows):
            for one, other in zip(earlier, later, strict=True):
                if one[5].blank is not None:
                    assert other[1].blank is not None
                    assert other[3].blank is not None, "the weights of the memory are 1 and 0: it gives the same on"


def test_a_big_network_shows_the_units_that_count_most():
    model = shelf.load("names")
    page = sheet(model)
    assert any("The network has 32 units; these 4 count most" in note for note in page.notes)
    assert all(len(group) == 4 for group in page.walk.groups)
    heads = [head.words for head in page.walk.heads]
    others, gives = heads.index("from the other units"), heads.index("the memory gives")
    trace = traced(model, page)
    weights = model.cell.weight_hh.astype(float)
    for t, group in enumerate(page.walk.groups):
        for k, row in enumerate(group):
            cells = row if k == 0 else (Cell(), *row)
            unit = int(cells[1].text.split()[1]) - 1
            shown = {int(r[1 if n == 0 else 0].text.split()[1]) - 1 for n, r in enumerate(group)}
            rest = sum(weights[unit, j] * trace.before(t)["h"][j] for j in range(32) if j not in shown)
            assert read(cells[others].text) == pytest.approx(rest, abs=0.0051)
    assert others < gives


def test_numbers_beyond_all_bounds_are_not_asked():
    model = build("elman", "identity", hidden=2, scale=900)
    page = sheet(model)
    assert all(blank.value is None or abs(blank.value) <= LARGEST for blank in page.blanks())


def test_what_is_held_is_given_and_said():
    # tanh would give another number: whoever computes it is not to be asked
    model = shelf.load("kicking-and-screaming")
    reading = Reading(model.name, "Kicking and screaming", (parse_edit("hold h[3] 0.9 at 2"),))
    for seed in range(4):
        (page,) = sheets_of(Scene(reading), model, ALL, seed, 1)
        row = page.walk.groups[1][2]
        assert row[5] == Cell("+0.90")
        assert "At word 2 the h of glue is held at +0.90, whatever comes out." in page.notes


def test_a_cell_that_the_package_does_not_have_gets_a_sheet():
    register(MGU)
    try:
        model = build("mgu", None, hidden=2, scale=0.5)
        page = sheet(model)
        assert [head.words for head in page.walk.heads[2:]] == [
            "memory before", "the word brings", "forget gate", "the memory gives", "together", "new value",
            "memory after", "up, down or same?",
        ]  # fmt: skip
        assert check_answers(model, page)
    finally:
        CELLS.pop("mgu")


@pytest.mark.parametrize("name", ["kicking-and-screaming", "recall-lstm", "sentiment"])
def test_directions_are_those_of_the_memory(name):
    model = shelf.load(name)
    page = sheet(model, levels=(2,))
    steps = as_json(traced(model, page))["steps"]
    found = [blank for blank in page.walk.blanks() if blank.asks == "up, down or same"]
    assert len(found) == (len(page.sentence) - 1) * len(page.walk.groups[0])
    units = [model.unit_name(unit) for unit in range(model.hidden_size)]
    for blank in found:
        t, unit = int(blank.where.split()[1]) - 1, units.index(blank.where.split("”, ")[1])
        change = steps[t]["h"][unit] - steps[t]["h_prev"][unit]
        assert blank.answer == ("=" if abs(change) < 0.05 else "↑" if change > 0 else "↓")
        assert (len(blank.also) == 1) == (abs(abs(change) - 0.05) <= 0.01), (
            "whoever rounds may see the one or the other"
        )


def test_an_answer_is_not_asked_where_rounding_decides():
    # the first word leaves both output nodes at the same printed number
    close = wired([[0.5, 0.9]], weight_hh=[[0.0]], fc=[[1.0], [1.001]], words=("the", "dog"))
    page = sheet(close, "the the dog", levels=(3,))
    assert list(page.check.blanks()) == []
    clear = wired([[0.5, 0.9]], weight_hh=[[0.0]], fc=[[1.0], [0.2]], words=("the", "dog"))
    answers = [blank.answer for blank in sheet(clear, "the the dog", levels=(3,)).check.blanks()]
    assert answers == ["Negative", "Negative"]


@pytest.mark.parametrize("model", [NAMED, shelf.load("kicking-and-screaming"), build("gru", None, hidden=2, scale=0.7)])
def test_what_is_one_operation_is_as_exact_as_in_practice(model):
    compared = 0
    for seed in range(4):
        page = sheet(model, levels=(4,), seed=seed)
        trace = traced(model, page)
        rows = [row for group in page.walk.groups for row in group]
        alone = [found[0] for row in rows if len(found := [cell.blank for cell in row[1:] if cell.blank]) == 1]
        for blank in alone:  # all that it is made of is printed
            if blank.level != 4 or blank.path is None:
                continue
            t, name, row = re.fullmatch(r"steps\[(\d+)\]\.(\w+)\[(\d+)\]", blank.path).groups()
            before = Position(int(t) - 1, len(model.phases) - 1)
            asked = Scene(Reading(model.name, model.examples[0].text)).at(before)
            question = question_at(f"value {name}[{int(row) + 1}]", asked, trace)
            compared += 1
            assert question.answer == blank.value
            if name in ("h", "n"):  # they may be read off the table on the sheet
                assert question.tolerance <= blank.tolerance <= question.tolerance + 0.03
            else:
                assert question.tolerance == blank.tolerance
    assert compared >= 4
