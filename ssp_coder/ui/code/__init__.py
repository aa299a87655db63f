"""The code step: board, keys, table and form of events."""
