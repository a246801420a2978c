"""The kinds of cell, of readout and of squashing function that come with the package, by name.

Without NumPy, so that the command line can name them without waiting for it; `network.cells`,
`network.readouts` and `network.heads` have what they are.
"""

CELLS = ("elman", "gru", "lstm")
"""The cells, by their names in the model file; one that is registered (`network.cells.register`) is not among them."""

ACTIVATIONS = ("tanh", "relu", "identity")
"""The functions that a cell can be given, the usual one first."""

READOUTS = ("last", "last_step", "each", "mean", "max", "attention")
"""The readouts, the usual one first; with one forward layer `last_step` is the same as `last`."""

OUTPUTS = ("classes", "yes_no", "number")
"""The kinds of output, the usual one first."""

MERGES = ("concat", "sum")
"""The ways in which the outputs of two directions become one."""

HEAD_FUNCTIONS = ("relu", "tanh", "sigmoid", "identity")
"""The functions that an entry of a head can have."""
