"""Panels: thin widgets, each reads its size and colours and calls one picture."""
