"""Colours, type, icons and the little style sheet that every widget shares."""
