"""The window: what is where, and which command does what."""
