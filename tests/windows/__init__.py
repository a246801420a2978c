"""The program with what Windows lacks taken away from it; see `lacking`."""
