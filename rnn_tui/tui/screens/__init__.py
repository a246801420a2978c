"""Screens: the main one, which owns the scene, and those that are put over it."""
