"""The screen on which one reading is walked through, phase by phase."""
