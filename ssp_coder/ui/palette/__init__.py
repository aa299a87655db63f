"""Find anything: one list over commands, codes, places and help."""
