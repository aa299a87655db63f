"""The dialog in which the cameras of a session are added, found and placed on its time."""
