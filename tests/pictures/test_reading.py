from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.pictures.reading import reading, vocabulary_lines
from rnn_tui.pictures.rows import width_of
from tests.builders import INPUT_KINDS, build, trace_of
from tests.pictures.views import COLOURED, NASTY, PLAIN, obeyed, texts, view_of


def test_a_one_hot_word_has_its_place():
    rows = texts(reading(view_of(t=2), 14, 7, PLAIN))

    assert [row.rstrip() for row in rows] == ["dog", "place 2", "of 3", "", "· 1 ·"]


def test_an_unknown_one_hot_word_without_a_stand_in_is_all_zeros():
    rows = texts(reading(view_of(text="meh"), 14, 7, PLAIN))

    assert [row.rstrip() for row in rows] == ["meh", "unknown", "→ zeros", "", "0 0 0 …"]


def test_an_unknown_word_says_what_it_is_read_as():
    trace = trace_of(build(inputs="embedding"), "meh")

    assert vocabulary_lines(view_of(trace)) == ["unknown", "→ <unk>", "5 numbers"]


def test_an_embedding_is_a_bar_a_number():
    trace = trace_of(build(inputs="embedding"), "the dog")
    rows = texts(reading(view_of(trace, t=1), 30, 12, PLAIN))

    x = trace[1].x
    assert [row.rstrip() for row in rows[:4]] == ["dog", "place 3", "of 8", "5 numbers"]
    assert [row.split()[0] for row in rows[4:]] == ["1", "2", "3", "4", "5"]
    assert [row.split()[-1].replace("−", "-") for row in rows[4:]] == [f"{value:+.2f}" for value in x]


def test_the_bars_of_an_embedding_have_one_scale_for_the_sentence():
    trace = trace_of(build(inputs="embedding"), "the dog slept")
    view = view_of(trace)

    assert view.input_scale == max(abs(step.x).max() for step in trace)
    assert [view_of(trace, t=t).input_scale for t in range(3)] == [view.input_scale] * 3


def test_what_has_no_room_is_counted():
    trace = trace_of(build(inputs="embedding"), "the")

    assert texts(reading(view_of(trace), 30, 7, PLAIN))[-1].strip() == "… 3 more"
    assert len(reading(view_of(trace), 30, 4, PLAIN)) == 4


def test_where_it_is_narrow_there_are_the_figures_alone():
    trace = trace_of(build(inputs="embedding"), "the")

    assert all("│" not in row for row in texts(reading(view_of(trace), 12, 9, PLAIN)))


def test_a_number_is_scaled():
    trace = trace_of(build(inputs="number"), "1.5 −2")
    rows = texts(reading(view_of(trace), 20, 6, PLAIN))

    assert [row.rstrip() for row in rows[:2]] == ["1.5", "scaled"]
    assert rows[2].split()[-1] == "+0.50"  # (1.5 − 0.5) / 2


@given(
    inputs=st.sampled_from(INPUT_KINDS),
    text=st.one_of(st.just(NASTY), st.text(min_size=1, max_size=20)),
    width=st.integers(4, 90),
    height=st.integers(1, 20),
)
def test_no_row_is_wider_than_was_asked_for_whatever_the_word(inputs, text, width, height):
    trace = trace_of(_MODELS[inputs], "1 2" if inputs == "number" else f"x {text}")
    rows = reading(view_of(trace, t=1 if len(trace) > 1 else 0), width, height, COLOURED)

    assert all(width_of(row) <= max(width, 9) for row in rows)
    assert not obeyed(rows)


_MODELS = {inputs: build(inputs=inputs) for inputs in INPUT_KINDS}
