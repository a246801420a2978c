"""The lenses, told: what is seen on this sentence, and so what."""
