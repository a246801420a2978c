"""From a file of examples to a trained model: reading, encoding, making, baselines and what a card says. Pure NumPy."""
