"""What the tables show is true as shown: the text of each row is read back and computed, over all shipped models."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from rnn_tui.pictures.phases import phase_line
from tests.pictures.shipped import MODELS, SIZES, bars_of, beside, drawn
from tests.pictures.views import PLAIN, texts

NUMBER = re.compile(r"[+−]?\d+\.\d\d(?!\d)")
FIGURE = re.compile(r"(\d+)%|[<>]\d+%")


def read(text):
    return [Decimal(found.replace("−", "-")) for found in NUMBER.findall(text)]


def equations(name, size):
    """The equations of all rows: their numbers, whether they are multiplied, the sign and the result."""
    for one in drawn(name, size):
        for unit, row in enumerate(one.rows):
            sides = re.split("([=≈])", row)
            if len(sides) != 3:
                assert len(sides) == 1, row
                continue
            left, sign, right = sides
            parts, (result, *after) = read(left), read(right)
            assert not after or _beside_answers(one), row
            if one.phase.name == "add" and "input" not in one.head:  # it stands at the end of the panel to the left
                assert re.search(r"\+ +[+−]?\d", left), row
                parts = [read(beside(one, "multiply", size).rows[unit])[-1], *parts]
            yield row, parts, "×" in left, sign, result


def _beside_answers(one):
    """Whether a row of Check ends with the answer, which is a number in its own unit and on its own scale."""
    return one.phase.name == "check" and one.view.model.output.is_number


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_equation_of_every_table_closes_as_shown_or_says_about(size):
    signs = {"=": 0, "≈": 0}
    kinds = {True: 0, False: 0}
    for name in MODELS:
        for row, parts, times, sign, result in equations(name, size):
            assert len(parts) >= 2, row
            if times:
                first, second = parts
                closes = abs(first * second - result) <= Decimal("0.005")
            else:
                closes = sum(parts) == result
            assert sign == ("=" if closes else "≈"), (name, row)
            signs[sign] += 1
            kinds[times] += 1
    assert sum(signs.values()) > 2000
    assert min(signs.values()) > 50, signs
    assert kinds[False] > 1500
    assert kinds[True] > 500 or size[0] > 100, kinds


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_row_of_add_has_input_memory_bias_and_sum_as_the_network_has_them(size):
    rows = 0
    for name in MODELS:
        for one in drawn(name, size):
            if one.phase.name != "add":
                continue
            step, cell = one.view.step, one.view.model.cell
            expected = [step["ih"], cell.weight_hh @ step.h_prev, cell.bias_hh, step["pre_activation"]]
            if not cell.bias_hh.any():
                del expected[2]
            for unit, row in enumerate(one.rows):
                shown = [float(number) for number in read(row)]
                given = [float(values[unit]) for values in expected]
                given = given[-len(shown) :] if len(shown) < len(given) else given
                assert shown == pytest.approx(given, abs=0.0051), row
                rows += 1
            first = len(one.view.trace) - 1 if one.view.model.floor.backward else 0
            if one.view.t == first and len(shown) == len(expected):
                assert {read(row)[1] for row in one.rows} == {Decimal(0)}  # nothing is remembered yet
    assert rows > 1000


RESULTS = {"add": "squash", "write": "expose"}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_smaller_number_is_never_a_longer_bar_than_the_sum_that_it_came_from(size):
    compared = 0
    for name in MODELS:
        for one in drawn(name, size):
            table = one.phase.table
            if one.view.alone and getattr(table, "of", None) is not None:
                for row in one.rows:
                    of, result = bars_of(row)
                    before, after = read(row)[-2:]
                    assert result <= of or abs(after) >= abs(before), (name, row)
                    compared += 1
            elif one.phase.name in RESULTS and not one.view.alone:
                result = beside(one, RESULTS[one.phase.name], size)
                done = next(
                    other
                    for other in drawn(name, size)
                    if other.phase is result.phase and (other.view.trace, other.view.t) == (one.view.trace, one.view.t)
                )
                for row, squashed in zip(one.rows, done.rows, strict=True):
                    smaller = abs(read(squashed)[-1]) < abs(read(row)[-1])
                    assert not smaller or bars_of(squashed)[-1] <= bars_of(row)[-1], (name, row, squashed)
                    compared += smaller
    assert compared > 1000


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_all_bars_of_a_panel_are_on_the_scale_that_its_foot_says(size):
    checked = 0
    for name in MODELS:
        for one in drawn(name, size):
            said = re.search(r"scale ±(\d+\.\d\d)", one.lines[-1])
            if said is None:
                continue
            if _beside_answers(one):
                sides = [re.split("[=≈]", row) for row in one.rows]
                shown = [abs(read(side[1])[0]) for side in sides if len(side) == 2]
                shown = shown or [abs(number) for side in sides for number in read(side[0])[-1:]]  # the parts alone
            else:
                shown = [abs(number) for row in one.rows for number in read(row)[-1:]]
            assert max(shown, default=0) <= Decimal(said[1]), (name, one.phase.name)
            checked += len(shown)
    assert checked > 3000


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_of_two_labels_the_votes_keep_their_sides_over_all_words(size):
    two = 0
    for name in MODELS:
        heads = [one.head[: len(one.head) // 2] if one.view.alone else one.head for one in drawn(name, size)
                 if one.phase.name == "check" and one.view.model.output_size == 2]  # fmt: skip
        if heads:
            two += 1
            assert len({head.strip() for head in heads}) == 1
            assert re.fullmatch(
                r"◂(against|not)? +(Positive|rises|Good day|More sun)▸(  FINAL answer)?", heads[0].strip()
            ), heads[0]
    assert two >= 4


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_words_over_the_columns_are_those_whose_weights_stand_below(size):
    read_back = 0
    for name in MODELS:
        for one in drawn(name, size):
            model = one.view.model
            if one.phase.name != "multiply" or type(model.embedding).__name__ != "OneHot":
                continue
            gate = one.phase.table.drawn
            weight = model.cell.block(model.cell.weight_ih.T, "" if gate is None else gate.letter).T
            words = dict.fromkeys(
                model.vocabulary.words[token.index] for token in one.view.trace.tokens if token.index is not None
            )
            heads = [found for found in re.finditer(r"▾?[^\s▾→]+", one.head) if found[0] not in ("input", "#")]
            heads = [found for found in heads if one.head[found.start() - 1 : found.start()] != "→"]
            assert heads
            marked = [found[0][1:] for found in heads if found[0].startswith("▾")]
            now = model.vocabulary.words[one.view.trace.tokens[one.view.t].index]
            assert len(marked) == 1
            assert now.startswith(marked[0].rstrip("…")), (name, one.head)
            for found in heads:
                shown = found[0].lstrip("▾").rstrip("…")
                (word,) = [word for word in words if (word.startswith(shown) if "…" in found[0] else word == shown)]
                column, largest = model.vocabulary.words.index(word), abs(model.cell.weight_ih).max()
                for unit, row in enumerate(one.rows):
                    value = float(weight[unit, column])
                    glyph = "·" if abs(value) < 0.02 * largest else "+" if value > 0 else "−"
                    assert row[found.start() - 1 : found.end() + 1].strip() == glyph, (name, one.head, row)
                    read_back += 1
    assert read_back > 500


NOTATION = {"weight_ih", "weight_hh", "bias_ih", "bias_hh", "h_prev", "c_prev", "ih", "hh", "pre_activation", "logits"}
NOTATION |= {"probs", "fc", "context", *"hcxrzngifo"}


def names_in(lines):
    return set(re.findall(r"[A-Za-z_]+", " ".join(lines)))


def with_one_line(one):
    """The lines of a phase, and the line that it is where it stands in one."""
    last = replace(one.view.scene.position, phase=len(one.view.model.phases) - 1)
    done = replace(one.view, scene=one.view.scene.at(last))
    return [*one.lines, *texts(phase_line(done, one.phase, 100, 1, PLAIN))]


@pytest.mark.parametrize("name", MODELS)
def test_words_mode_has_no_notation_in_any_phase(name):
    for size in SIZES:
        for one in drawn(name, size):
            model = one.view.model
            own = " ".join(
                [*(token.surface for token in one.view.trace.tokens), *model.labels, *(model.unit_names or ())]
            )
            assert not (names_in(with_one_line(one)) & NOTATION) - set(re.findall(r"[A-Za-z_]+", own)), one.lines


@pytest.mark.parametrize(
    ("name", "letters"), [("sentiment-lstm", "ifgohc"), ("sentiment-gru", "rznh"), ("sentiment", "h")]
)
def test_notation_has_the_letters(name, letters):
    found = set().union(*(names_in(with_one_line(one)) for one in drawn(name, SIZES[1], notation=True)))

    assert set(letters) <= found


@pytest.mark.parametrize("name", ["sentiment-lstm", "sentiment-gru"])
def test_gates_are_shown_in_per_cent_and_new_is_signed(name):
    shown = 0
    for one in drawn(name, SIZES[1]):
        if one.phase.name != "gates":
            continue
        step, gates = one.view.step, one.phase.table.gates
        for unit, row in enumerate(one.rows):
            figures = [float(share) for share in re.findall(r"[<>]?(\d+)%", row)]
            opened = [100 * float(step[gate.letter][unit]) for gate in gates if not gate.signed]
            assert figures == pytest.approx(opened, abs=1)
            new = [float(step[gate.letter][unit]) for gate in gates if gate.signed]
            assert [float(number) for number in read(row)] == pytest.approx(new, abs=0.0051)
            shown += len(figures)
    assert shown > 300
