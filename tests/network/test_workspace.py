"""Arrays that are used again."""

import numpy as np

from rnn_tui.network.workspace import Workspace


def test_the_same_name_gives_the_same_memory_and_another_name_another():
    room = Workspace(np.dtype(np.float32))

    first = room.array("a", 4, 5)

    assert first.dtype == np.float32
    assert np.shares_memory(first, room.array("a", 5, 4))
    assert np.shares_memory(first, room.array("a", 2, 3))
    assert not np.shares_memory(first, room.array("b", 4, 5))


def test_memory_grows_to_the_largest_array():
    room = Workspace(np.dtype(np.float64))
    small = room.array("a", 2)

    large = room.array("a", 3, 4)

    assert large.shape == (3, 4)
    assert not np.shares_memory(small, large)


def test_a_part_has_memory_of_its_own_the_same_every_time():
    room = Workspace(np.dtype(np.float32))

    part = room.part("lane")

    assert part.array("a", 3).dtype == np.float32
    assert part is room.part("lane")
    assert np.shares_memory(part.array("a", 3), room.part("lane").array("a", 3))
    assert not np.shares_memory(part.array("a", 3), room.array("a", 3))
    assert not np.shares_memory(part.array("a", 3), room.part("other").array("a", 3))
