"""From a file of examples to a trained model: reading, encoding, baselines. Pure NumPy, as the network is."""
