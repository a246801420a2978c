"""The screen of practice: questions without end over the panels of the walk."""
