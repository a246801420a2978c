"""Hostile files, texts, keys, terminals and moments, drawn from a seed and counted; see the conftest."""
