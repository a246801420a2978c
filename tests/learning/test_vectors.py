"""Word vectors to start from, in both formats."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from rnn_tui.learning import vectors
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.vectors import initial_embedding, principal_directions, vectors_of

GLOVE = "dog 1 2 3\ncat -1 0.5 2\nfish 0 0 1\n"


def as_npz(path, **arrays):
    np.savez(path, **arrays)
    return path


def test_only_the_words_that_are_asked_for(written):
    found = vectors_of(written("glove.txt", GLOVE), ["cat", "dog", "bird"])
    assert set(found) == {"cat", "dog"}
    np.testing.assert_array_equal(found["cat"], [-1, 0.5, 2])


def test_a_first_line_of_two_sizes_is_no_word(written):
    assert set(vectors_of(written("w2v.txt", "3 3\n" + GLOVE), ["3", "dog"])) == {"dog"}


def test_npz(tmp_path):
    path = as_npz(tmp_path / "v.npz", words=np.array(["dog", "cat"]), vectors=np.array([[1.0, 2], [3, 4]]))
    np.testing.assert_array_equal(vectors_of(path, ["cat"])["cat"], [3, 4])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("dog 1 2\ncat 1\n", "row 2: has 1 numbers, expected 2"),
        ("dog 1 2\ncat 1 x\n", "row 2: holds something that is no finite number"),
        ("dog\ncat\n", "row 1: has a word without numbers"),
        ("bird 1 2\n", "has a vector for none of the words"),
        ("dog 1 2\n", "has vectors of 2 numbers, and the embedding is to have 3"),
    ],
)
def test_faults_of_a_text_file(written, content, says):
    with pytest.raises(RowError, match=says):
        vectors_of(written("glove.txt", content), ["dog", "cat"], least=3 if "3" in says else 1)


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({"words": np.array(["dog"])}, "lacks an array"),
        ({"words": np.array(["dog"]), "vectors": np.ones((2, 3))}, r"words is <U3 \(1,\), vectors \(2, 3\)"),
        ({"words": np.array([1]), "vectors": np.ones((1, 3))}, "words is int64"),
        ({"words": np.array(["dog"]), "vectors": np.full((1, 3), np.nan)}, "no finite number"),
        ({"words": np.array(["dog"], object), "vectors": np.ones((1, 3))}, "can't be read as a .npz"),
    ],
)
def test_faults_of_an_npz(tmp_path, arrays, says):
    with pytest.raises(RowError, match=says):
        vectors_of(as_npz(tmp_path / "v.npz", **arrays), ["dog"])


def test_no_npz_at_all(written, tmp_path):
    with pytest.raises(RowError, match="can't be read as a"):
        vectors_of(written("v.npz", "dog 1 2"), ["dog"])
    with pytest.raises(RowError, match="no such file"):
        vectors_of(tmp_path / "nowhere.npz", ["dog"])


def test_vectors_as_long_as_the_embedding_are_scaled_alone():
    drawn = np.full((3, 2), 9, np.float32)
    found = {"dog": np.array([1.0, 2]), "cat": np.array([3.0, 6])}
    embedding = initial_embedding(found, ("<unk>", "dog", "cat"), drawn)
    rows = np.array([[1, 2], [3, 6]])
    np.testing.assert_array_equal(embedding[0], [9, 9])
    np.testing.assert_allclose(embedding[1:], rows / rows.std(), rtol=1e-6)


def test_longer_vectors_keep_the_directions_in_which_the_words_differ():
    # given words that differ along one direction of three alone
    found = {word: np.array([place, 2.0 * place, 5]) for place, word in enumerate("abcd")}
    # when the embedding has one number a word
    embedding = initial_embedding(found, tuple("abcd"), np.zeros((4, 1), np.float32))
    # then it is their place along that direction
    steps = np.diff(embedding[:, 0])
    assert abs(steps[0]) > 0.5
    np.testing.assert_allclose(steps, steps[0], rtol=1e-5)


def test_fewer_words_than_numbers():
    embedding = initial_embedding({"a": np.arange(5.0), "b": np.ones(5)}, ("a", "b"), np.zeros((2, 3), np.float32))
    assert np.isfinite(embedding).all()
    assert not np.allclose(embedding[0], embedding[1])


def test_principal_directions_are_those_in_which_rows_differ_most():
    rows = np.array([[0.0, 9, 1], [4, 9, 1], [8, 9, 1], [4, 9.5, 1], [4, 8.5, 1]])

    directions = principal_directions(rows, 2)

    np.testing.assert_allclose(np.abs(directions), [[1, 0, 0], [0, 1, 0]], atol=1e-12)


def test_directions_that_too_few_rows_do_not_span_are_zeros():
    directions = principal_directions(np.array([[0.0, 0, 0, 0], [1, 0, 0, 0]]), 4)

    assert directions.shape == (4, 4)
    np.testing.assert_array_equal(directions[2:], 0)


def test_a_damaged_archive_is_one_line(tmp_path):
    path = tmp_path / "vectors.npz"
    np.savez_compressed(path, words=np.array([f"word{n}" for n in range(200)]), vectors=np.ones((200, 3), np.float32))
    whole, lines = path.read_bytes(), []
    for place in range(30, len(whole) - 4, 7):
        path.write_bytes(whole[:place] + bytes(byte ^ 0xFF for byte in whole[place : place + 4]) + whole[place + 4 :])
        try:
            vectors_of(path, ["word1"])
        except RowError as error:
            lines.append(str(error).splitlines())
    assert len(lines) > 10
    assert all(len(one) == 1 for one in lines)


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "bomb.npz"
    np.savez_compressed(path, words=np.array(["dog"]), vectors=np.zeros((1, 2**16)))
    monkeypatch.setattr(vectors, "MOST_BYTES", 2**17)
    assert path.stat().st_size < vectors.MOST_BYTES
    with pytest.raises(RowError, match="unpacks to 0 GiB, more than the 0 that are read"):
        vectors_of(path, ["dog"])


@pytest.mark.parametrize("said", [{"descr": "<U8", "shape": (10**15,)}, {"descr": "<f8", "shape": (10**9, 10**9)}])
def test_an_array_smaller_than_it_says(tmp_path, said):
    path = tmp_path / "v.npz"
    with zipfile.ZipFile(path, "w") as archive:
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(header, {"fortran_order": False, **said})
        archive.writestr("words.npy", header.getvalue())
    with pytest.raises(RowError, match=r"can't be read as a \.npz .*has not the size that it says"):
        vectors_of(path, ["dog"])
