"""Lessons: Markdown files of prose, scenes and questions, read, checked, and told."""
