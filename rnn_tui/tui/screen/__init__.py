"""The parts that all screens share: state and history, layout, drawing, motion, playing, measuring, keys, dialogs."""
