"""The terminal itself: what arrives from it, its size, what is written to it, and how it is given back.

Textual's driver for POSIX terminals ends the program at a byte that is no UTF-8, types a late reply to a query as keys,
takes COLUMNS and LINES for the terminal's size, leaves its modes on when a signal ends it, and draws nothing after a
stop. Each file here mends one of these, and says which; nothing else in the program knows of it.
"""
