"""What leaves the program: a trace as JSON and as a table."""
