"""The kinds of cell and of squashing function that come with the package, by name.

Without NumPy, so that the command line can name them without waiting for it; `network.cells` has what they are.
"""

CELLS = ("elman", "gru", "lstm")
"""The cells, by their names in the model file; one that is registered (`network.cells.register`) is not among them."""

ACTIVATIONS = ("tanh", "relu", "identity")
"""The functions that a cell can be given, the usual one first."""
