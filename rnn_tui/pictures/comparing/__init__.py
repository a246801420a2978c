"""Pictures of two traces in lockstep."""
