"""Words and tables for people who read results outside the window."""
