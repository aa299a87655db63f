"""Faces in a clip covered before it leaves the lab: a detector proposes, a person decides."""
