"""Pictures of the presenter view: one phase and one unit, as large as the terminal allows."""
