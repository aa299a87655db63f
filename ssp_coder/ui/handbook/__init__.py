"""The coder's handbook beside the work."""
