"""The options that name a scene: on a command line, and in a lesson, which holds the same words."""
