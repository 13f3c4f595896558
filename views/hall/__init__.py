"""Scenes drawn for a hall of three hundred: one idea a screen, 28 px and more at 1080 lines, three colours at most."""
