"""The screen of a lesson: the walk with its prose beside it, card by card."""
