"""A training in a process of its own, which somebody looks on at: the messages between the two, and their two ends."""
