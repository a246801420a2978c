"""Pure functions of arrays and a width to rows of styled text; no state, no application."""
