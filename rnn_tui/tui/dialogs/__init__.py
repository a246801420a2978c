"""Dialogs: each asks for one thing, gives it back, and knows no caller."""
