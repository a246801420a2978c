"""What all screens share: state and its history, layout, drawing, motion, playing, measuring, keys and dialogs."""
