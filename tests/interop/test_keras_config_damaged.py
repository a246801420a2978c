"""What a whole Keras model says of itself, damaged: it is believed, or refused in one line."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.interop.keras_config import said_in
from rnn_tui.network.errors import UserError
from tests.interop.test_files import outcome
from tests.interop.test_keras_config import DENSE, EMBEDDING, MASK, SEQUENCES, SIMPLE, config, functional, layer


@pytest.mark.parametrize("text", ["", "{", "7", "[]", "{}", '{"class_name": "Sequential"}', "[" * 100_000])
def test_a_description_that_is_damaged(text):
    with pytest.raises(UserError, match=r"m\.h5: its model_config can't be read; save the model again"):
        said_in(text, "m.h5")


@pytest.mark.parametrize("depth", [500, 900, 950, 1200, 2000, 100_000])
def test_inputs_that_are_nested_without_end(depth):
    # given inputs that may be read as JSON, and are deeper than they can be followed
    text = config(EMBEDDING, {**SIMPLE, "inbound_nodes": "nested"}, DENSE)
    said, complaint = outcome(said_in, text.replace('"nested"', "[" * depth + "]" * depth), "m.h5")
    deep = "m.h5: its model_config can't be read; save the model again"
    assert complaint == deep or (said is not None and depth < 1000)


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
ANYTHING = VALUES | st.dictionaries(
    st.sampled_from(["class_name", "config", "name", "layers", "keras_history"]), VALUES, max_size=3
)


def exchanged(value, draw):
    """A JSON value in which some of the values are others."""
    if draw(st.integers(0, 9)) == 0:
        return draw(ANYTHING)
    if isinstance(value, dict):
        return {key: exchanged(inner, draw) for key, inner in value.items()}
    return [exchanged(inner, draw) for inner in value] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None)
@given(drawn=st.data())
def test_any_description_is_believed_or_refused(drawn):
    chain = (EMBEDDING, SEQUENCES, layer("TimeDistributed", layer=DENSE))
    layers = drawn.draw(st.sampled_from([chain, functional(SIMPLE, 0, mask=MASK), functional(SIMPLE, 1, old=True)]))
    whole = json.loads(config(*layers, loss={"class_name": "mse"}))
    said, complaint = outcome(said_in, json.dumps(exchanged(whole, drawn.draw)), "m.h5")
    assert said is not None or (complaint.startswith("m.h5: ") and "\n" not in complaint)
