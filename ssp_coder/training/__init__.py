"""Training of coders: packs of references, attempts, feedback, pass rules, progress."""
