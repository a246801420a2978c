"""The terminal program: the only rooms that know Textual."""
