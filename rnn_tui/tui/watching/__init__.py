"""The screen of a training that goes on: its course, one text's answer and memory, and the weights while they move."""
