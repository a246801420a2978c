"""The split holds out what was never seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample, Samples, dealt, majority, split


def texts(*words):
    return Samples(Path("a.csv"), "labels", tuple(Sample(row, word, ("x",)) for row, word in enumerate(words, 1)))


def test_equal_texts_stay_on_one_side():
    samples = texts(*(["same"] * 30 + [f"text {k}" for k in range(10)]))
    for seed in range(20):
        training, validation = split(samples, 0.2, seed)
        assert not {sample.text for sample in training} & {sample.text for sample in validation}
        assert len(training) + len(validation) == len(samples)


def test_the_seed_draws_the_split():
    samples = texts(*map(str, range(50)))
    assert split(samples, 0.2, 3) == split(samples, 0.2, 3)
    assert split(samples, 0.2, 3) != split(samples, 0.2, 4)
    assert len(split(samples, 0.2, 3)[1]) == 10


@pytest.mark.parametrize("share", [0.001, 0.999])
def test_both_sides_have_at_least_one(share):
    training, validation = split(texts("a", "b", "c"), share, 0)
    assert training
    assert validation


def test_too_few_to_split():
    with pytest.raises(RowError, match="fewer than two different texts"):
        split(texts("a", "a", "a"), 0.1, 0)


def test_of_a_series_the_last_is_held_out_and_nothing_overlaps():
    # given ten windows of three numbers, the numbers 1 to 13
    windows = tuple(Sample(row, "…", ("rises",)) for row in range(1, 11))
    # when a fifth is held out
    training, validation = split(Samples(Path("s.txt"), "series", windows, window=3), 0.2, 0)
    # then the windows from 9 on are; window 5 sees numbers 5 to 7 and is answered by 8, the last before them
    assert [sample.row for sample in validation] == [9, 10]
    assert [sample.row for sample in training] == [1, 2, 3, 4, 5]


def test_a_series_that_is_all_overlap():
    windows = tuple(Sample(row, "…", ("rises",)) for row in range(1, 4))
    with pytest.raises(RowError, match="too short for windows of 9 numbers"):
        split(Samples(Path("s.txt"), "series", windows, window=9), 0.2, 0)


def test_the_majority_is_the_first_by_alphabet_where_several_are():
    assert majority(["b", "a", "b", "a", "c"]) == "a"


def test_what_is_dealt_is_in_one_part_only_and_drawn_by_the_seed():
    parts = dealt(range(10), {"test": 2, "validation": 3, "rest": 10}, seed=1)

    assert {name: len(items) for name, items in parts.items()} == {"test": 2, "validation": 3, "rest": 5}
    assert sorted(item for items in parts.values() for item in items) == list(range(10))
    assert dealt(range(10), {"test": 2}, seed=1)["test"] == parts["test"]
    assert any(dealt(range(10), {"test": 2}, seed=seed)["test"] != parts["test"] for seed in range(2, 5))
