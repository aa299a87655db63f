"""Dialogs of the window: a new session, the import of events, a reason."""
