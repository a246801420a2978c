"""What the network is and computes: NumPy and the standard library alone."""
