"""The only way a coding changes: frozen edits, a pure `apply`, history and the open document."""
