"""Pictures of the screen, and walks of it, made from the console: the program itself, without a terminal."""
