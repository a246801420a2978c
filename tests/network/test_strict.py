"""JSON is read as the slow way reads it, which looks at every object: a key that is there twice is always found."""

from __future__ import annotations

import json
import random

import pytest

from rnn_tui.network.storage.strict import parsed

KEYS = ['"a"', '"b"', '"c:"', '"\\u0061"', '"\\""']
LEAVES = ["1", '"a:b"', '"{\\"x\\":1}"', "null", "1.5", '""', '"\\\\"', '":"', "[]", "{}"]


def once(pairs):
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("twice")
    return dict(pairs)


def drawn(chance, depth=0):
    """A JSON text, in about one of six with a key that is there twice."""
    kind = chance.random()
    if depth > 3 or kind < 0.4:
        return chance.choice(LEAVES)
    inner = [drawn(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    if kind < 0.7:
        return f"[{','.join(inner)}]"
    return "{" + ",".join(f"{chance.choice(KEYS)}: {value}" for value in inner) + "}"


@pytest.mark.parametrize("seed", range(4))
def test_a_key_that_is_there_twice_is_found_wherever_it_is(seed):
    chance, twice = random.Random(seed), 0
    for _ in range(2_000):
        text = drawn(chance)
        try:
            expected = json.loads(text, object_pairs_hook=once)
        except ValueError:
            twice += 1
            with pytest.raises(ValueError, match="is there twice"):
                parsed(text)
        else:
            assert parsed(text) == expected
    assert twice > 100
