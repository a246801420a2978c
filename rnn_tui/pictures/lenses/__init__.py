"""The lenses, drawn."""
