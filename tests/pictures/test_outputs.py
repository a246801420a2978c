from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rnn_tui.edits import Forget, apply_edits
from rnn_tui.network.trace import run
from rnn_tui.pictures.outputs import answer_in, caption, outputs, short_label, shown_labels
from rnn_tui.pictures.phases import phase_line
from tests.builders import build, trace_of, wired
from tests.pictures.views import COLOURED, NASTY, PLAIN, model, obeyed, texts, view_of, widths


def test_one_bar_a_label_with_its_share_in_per_cent():
    assert texts(outputs(view_of(t=2, phase="check"), 30, 2, COLOURED)) == [
        "Negative ████████▋·······  54%",
        "Positive ███████▍········  46%",
    ]


def test_before_the_first_answer_there_are_the_labels_alone():
    assert texts(outputs(view_of(t=0, phase="squash"), 30, 2, PLAIN)) == [f"{'Negative':<30}", f"{'Positive':<30}"]


@pytest.mark.parametrize("phase", ["read", "multiply", "add", "squash"])
def test_until_check_the_answer_is_the_one_after_the_word_before(phase):
    before = texts(outputs(view_of(t=0, phase="check"), 30, 2, PLAIN))

    assert texts(outputs(view_of(t=1, phase=phase), 30, 2, PLAIN)) == before


def test_the_bar_grows_from_the_answer_before_and_the_figure_is_the_new_one_at_once():
    start = texts(outputs(view_of(t=1, phase="check", motion=0.0), 30, 2, PLAIN))
    before, end = (texts(outputs(view_of(t=t, phase="check"), 30, 2, PLAIN)) for t in (0, 1))

    assert start[0][:-5] == before[0][:-5]
    assert start[0][-5:] == end[0][-5:]


def test_the_leading_label_stands_out():
    best, other = outputs(view_of(t=0, phase="check"), 30, 2, COLOURED)

    assert best[0].style == COLOURED.strong
    assert other[0].style == COLOURED.text


def tie(labels=("Negative", "Positive"), probabilities=None):
    """A trace of one word after which the first labels have one share."""
    even = probabilities or [1 / len(labels)] * len(labels)
    model = wired([[0.0]], words=("kick",), fc=[[0]] * len(labels), fc_bias=list(np.log(even)), labels=labels)
    return trace_of(model, "kick")


def test_where_two_share_the_first_rank_none_stands_out():
    one, other = outputs(view_of(tie(), t=0, phase="check"), 30, 2, COLOURED)

    assert one[0].style == other[0].style == COLOURED.text
    assert {segment.style for segment in one} == {segment.style for segment in other}
    assert COLOURED.answer not in {segment.style for segment in one}


@pytest.mark.parametrize(("width", "said"), [(30, "undecided"), (14, "tie")])
def test_one_row_is_not_the_row_of_one_of_two_that_share_the_first_rank(width, said):
    (row,) = texts(outputs(view_of(tie(), t=0, phase="check"), width, 1, PLAIN))

    assert row.split()[0] == said
    assert row.endswith(" 50%")
    assert len(row) == width


def test_the_folded_line_names_nobody_where_two_share_the_first_rank():
    view = view_of(tie(), t=0, phase="check")
    (row,) = texts(phase_line(view, view.model.phases[-1], 90, 1, PLAIN))

    assert "undecided" in row
    assert "Negative" not in row


SIX = ("anger", "anguish", "calm", "joy", "sad", "sadly")


@pytest.mark.parametrize(
    ("labels", "probabilities", "width", "said"),
    [
        (("Negative", "Positive"), None, 10, "50:50"),
        (("Negative", "Positive"), None, 4, "50%"),
        (SIX, [0.3, 0.3, 0.1, 0.1, 0.1, 0.1], 10, "tie 30%"),
        (SIX, [0.3, 0.3, 0.1, 0.1, 0.1, 0.1], 6, "30%"),
        (SIX, [0.5, 0.1, 0.1, 0.1, 0.1, 0.1], 9, "anger 50%"),
        (SIX, [0.5, 0.1, 0.1, 0.1, 0.1, 0.1], 8, "ange 50%"),
        (SIX, [0.5, 0.1, 0.1, 0.1, 0.1, 0.1], 7, "50%"),  # ang could be anguish
        (("Negative", "Positive"), [0.8, 0.2], 12, "Negative 80%"),
        (("Negative", "Positive"), [0.8, 0.2], 11, "Neg 80%"),
        (("Negative", "Positive"), [0.8, 0.2], 6, "Ne 80%"),
        (("Negative", "Positive"), [0.8, 0.2], 5, "N 80%"),
        (("Pan", "Pin"), [0.8, 0.2], 6, "Pa 80%"),
        (("Pan", "Pin"), [0.8, 0.2], 5, "80%"),  # P could be the other
        (("Negative", "Positive"), [0.8, 0.2], 3, "80%"),
    ],
)
def test_the_answer_in_short(labels, probabilities, width, said):
    assert answer_in(view_of(tie(labels, probabilities), t=0, phase="check"), 0, width) == said


@given(
    labels=st.lists(st.text("abPN日é", min_size=1, max_size=9), min_size=2, max_size=6, unique=True),
    room=st.integers(0, 12),
)
def test_no_two_labels_have_one_short_name(labels, room):
    named = model(labels=tuple(labels), fc=[[0, 0]] * len(labels))
    short = [short_label(named, label, room) for label in range(len(labels))]
    said = [name for name in short if name]

    assert len(set(said)) == len(said)
    assert all(cell_len(name) <= room for name in said)


def test_while_the_class_is_to_guess_nothing_of_the_answer_is_shown():
    rows = texts(outputs(view_of(t=2, phase="check", scene={"hidden": True}), 30, 2, PLAIN))

    assert [row.split() for row in rows] == [["Negative", "?"], ["Positive", "?"]]


MANY = trace_of(build(labels=tuple(f"label {n}" for n in range(17)), hidden=4, seed=3), "the dog")


def test_where_not_all_labels_fit_the_most_probable_are_shown():
    view = view_of(MANY, t=1, phase="check")
    probs = MANY.values["probs"][1]

    shown = shown_labels(view, 3)

    assert shown == sorted(range(17), key=lambda label: -probs[label])[:3]
    assert shown_labels(view, 17) == list(range(17))
    assert len(outputs(view, 30, 3, PLAIN)) == 3


def test_hidden_labels_are_in_their_own_order_and_not_in_that_of_the_answer():
    rows = texts(outputs(view_of(MANY, t=1, phase="check", scene={"hidden": True}), 30, 3, PLAIN))

    assert [row.split("?")[0].strip() for row in rows] == ["label 0", "label 1", "label 2"]


def test_the_caption_says_after_which_word():
    at = {
        (0, "read"): "no answer yet",
        (0, "check"): "so far, after “kick”",
        (1, "add"): "after “kick”",
        (2, "squash"): "after “and”",
        (2, "check"): "FINAL answer",
    }

    assert {place: caption(view_of(t=place[0], phase=place[1])) for place in at} == at


def test_a_model_that_answers_every_word_has_no_final_answer():
    trace = trace_of(build(readout="each"), "the dog")

    assert caption(view_of(trace, t=1, phase="check")) == "answer for the last word"


def test_what_is_no_number_is_refused():
    # 3e38 is near the end of float32: the second word takes it to infinity, and infinity − infinity is no number
    grown = wired([[3e38, 0]], weight_hh=[[-2.0]], activation="identity", fc=[[1], [-1]])
    trace = trace_of(grown, " ".join(["<unk>"] * 5))
    assert np.isnan(trace.values["probs"][-1]).any()

    rows = texts(outputs(view_of(trace, t=4, phase="check"), 30, 2, PLAIN))

    assert rows[0].split() == ["Negative", "?", "?"]


@given(
    label=st.one_of(st.just(NASTY), st.text(min_size=1, max_size=30)),
    width=st.integers(16, 100),
    phase=st.sampled_from(["read", "check"]),
    hidden=st.booleans(),
)
def test_the_rows_are_as_wide_as_was_asked_for_whatever_the_labels(label, width, phase, hidden):
    trace = trace_of(model(labels=(label, "日本語日本語日本語")), "kick and")
    rows = outputs(view_of(trace, t=1, phase=phase, scene={"hidden": hidden}), width, 2, COLOURED)

    assert widths(rows) == {width}
    assert not obeyed(rows)


def forgetful(t, phase, text="kick and kick", **fields):
    """A view of the model without its memory, beside what it was with it."""
    own = model()
    before = trace_of(own, text)
    after = run(*apply_edits(own, own.tokenize(text), (Forget(),)))
    return view_of(after, t, phase, before=before, origins=tuple(range(len(before))), **fields)


def test_where_the_answer_was_before_an_edit_is_marked():
    # given what each label got with the memory, and without it
    view = forgetful(2, "check")
    was, now = (trace.values["probs"][2] for trace in (view.before, view.trace))
    assert was[0] > now[0] + 0.05
    # when the answer is drawn, then the mark is beyond the end of the bar that fell, and inside the one that rose
    fell, rose = texts(outputs(view, 40, 2, PLAIN))
    assert fell.index("╎") > fell.rindex("█")
    assert rose.index("╎") < rose.rindex("█")


def test_an_answer_that_an_edit_did_not_change_has_no_mark():
    # the first word has nothing to remember
    assert "╎" not in "".join(texts(outputs(forgetful(0, "check"), 40, 2, PLAIN)))


def test_a_covered_answer_has_no_mark_that_would_tell():
    assert "╎" not in "".join(texts(outputs(forgetful(2, "check", scene={"hidden": True}), 40, 2, PLAIN)))


def test_a_new_word_has_no_answer_from_before():
    view = replace(forgetful(2, "check"), origins=(0, 1, None))

    assert "╎" not in "".join(texts(outputs(view, 40, 2, PLAIN)))
