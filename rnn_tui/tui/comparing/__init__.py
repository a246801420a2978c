"""The screen on which two readings are walked through in lockstep."""
