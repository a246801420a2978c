"""Records what Keras computes, for tests where it is not installed: python -m tests.network.record_keras.

Made with Keras 3.15.1 on the torch backend (KERAS_BACKEND=torch). Writes recorded/keras-KIND.safetensors: the weights
by their paths, the tokens, and the hidden states and probabilities after every word; and what save_weights and save
make of the GRU, recorded/keras-gru.weights.h5 and recorded/keras-gru-whole.h5.
"""

from pathlib import Path

import numpy as np

RECORDED = Path(__file__).parent / "recorded"
KINDS = {
    "simple-tanh": ("SimpleRNN", {}),
    "simple-relu": ("SimpleRNN", {"activation": "relu"}),
    "gru": ("GRU", {}),
    "lstm": ("LSTM", {}),
    "lstm-no-bias": ("LSTM", {"use_bias": False}),
}
VOCAB_SIZE, INPUT_SIZE, UNITS, OUTPUT_SIZE, LENGTH = 7, 4, 5, 3, 9
RESULTS = ("tokens", "h", "probs")


def build(kind, seed=7):
    """A Keras model that gives its hidden states and its probabilities at every word, all weights random."""
    import keras

    name, options = KINDS[kind]
    text = keras.Input((None,), dtype="int32")
    x = keras.layers.Embedding(VOCAB_SIZE, INPUT_SIZE)(text)
    h = getattr(keras.layers, name)(UNITS, return_sequences=True, **options)(keras.layers.Dropout(0.5)(x))
    model = keras.Model(text, [h, keras.layers.Dense(OUTPUT_SIZE, activation="softmax")(h)])
    rng = np.random.default_rng(seed)
    for weight in model.weights:  # Keras begins with biases of 0, which would prove nothing
        if weight.dtype == "float32":
            weight.assign(rng.normal(0, 0.8, weight.shape))
    return model


def compute(kind):
    """The weights by path and the results by name."""
    import keras

    keras.utils.clear_session()
    model = build(kind)
    tokens = np.random.default_rng(3).integers(0, VOCAB_SIZE, (1, LENGTH))
    h, probs = model(tokens, training=False)
    recorded = {weight.path: weight.numpy() for weight in model.weights}
    return recorded | {"tokens": tokens[0], "h": h[0].detach().numpy(), "probs": probs[0].detach().numpy()}


if __name__ == "__main__":
    from safetensors.numpy import save_file

    for kind in KINDS:
        tensors = {name: np.ascontiguousarray(tensor) for name, tensor in compute(kind).items()}
        save_file(tensors, RECORDED / f"keras-{kind}.safetensors")
    model = build("gru")
    model.compile("adam", "mse")
    model.save_weights(RECORDED / "keras-gru.weights.h5")
    model.save(RECORDED / "keras-gru-whole.h5")
