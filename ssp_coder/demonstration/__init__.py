"""The demonstration session: a drawn film of the procedure, made from a story in a text file."""
