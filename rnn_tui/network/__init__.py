"""The network and all that it computes: NumPy and the standard library alone."""
