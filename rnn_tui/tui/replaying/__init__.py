"""The screen of a training run: the walk at one of its epochs, under the course of the training."""
