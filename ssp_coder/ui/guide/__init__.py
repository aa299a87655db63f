"""The guided first run on the demonstration session."""
