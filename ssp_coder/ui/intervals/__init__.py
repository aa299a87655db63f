"""The interval sheet: frequency measures of an episode, from events or marked directly."""
